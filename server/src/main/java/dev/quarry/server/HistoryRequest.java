package dev.quarry.server;

import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which commits are to be in the history.
 *
 * @param range {@code A..B} as git understands it, or {@code B} for all behind it; empty for {@code HEAD}
 * @param limit how many of the newest at most
 */
public record HistoryRequest(String range, int limit) {
    /** All commits, as far as nobody wants less. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;

    /**
     * Refuses, before anything is written, what a run could not do.
     *
     * @throws QuarryException BAD_INPUT outside of git, or if the range names no commits
     */
    public void requireCommits(Path root) {
        try (GitHistory git = git(root)) {
            new HistoryRequest(range, 1).line(git);
        }
    }

    /** The repository of a folder; to be closed. */
    static GitHistory git(Path root) {
        return GitHistory.of(root)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.BAD_INPUT,
                        root + " lies in no git repository, so that it has no history: leave --history out"));
    }

    /** The commits, the oldest first; at least one. */
    List<GitCommit> line(GitHistory git) {
        List<GitCommit> line = git.line(range, limit);
        if (line.isEmpty()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the range '" + range + "' has no commit: the older end comes first, as in v1..HEAD");
        }
        return line;
    }
}
