package dev.quarry.server;

import dev.quarry.graphdb.History;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StateMark;
import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.schema.QuarryException;
import java.time.Instant;
import java.util.Optional;

/**
 * The states of a working tree: a commit's, if the files that were scanned are those of the commit that is checked out, else
 * a save's. Files are compared when another commit is checked out than in the last state, and until they once were the
 * commit's; what is edited afterwards is a save.
 */
final class WorkingTreeMarks implements StateMarks {
    private final History history;

    WorkingTreeMarks(History history) {
        this.history = history;
    }

    @Override
    public StateMark of(RepositoryScan scan, String commit) {
        return commit.isEmpty() || !isWorthALook(commit) ? save(commit) : compared(scan, commit);
    }

    private boolean isWorthALook(String commit) {
        Optional<HistoryState> last = history.last();
        return last.isEmpty()
                || !last.get().mark().commit().equals(commit)
                || history.states().stream()
                        .map(HistoryState::mark)
                        .noneMatch(mark -> mark.commit().equals(commit) && mark.kind() == Kind.COMMIT);
    }

    private static StateMark compared(RepositoryScan scan, String commit) {
        try (GitHistory git = GitHistory.of(scan.root()).orElse(null)) {
            Optional<GitCommit> found = git == null ? Optional.empty() : git.commit(commit);
            return git != null
                            && found.isPresent()
                            && GitTree.of(git, found.get()).isScanned(scan)
                    ? new StateMark(commit, found.get().time(), Kind.COMMIT)
                    : save(commit);
        } catch (QuarryException _) {
            // What git keeps cannot be read, which is no reason to fail: the files were read.
            return save(commit);
        }
    }

    private static StateMark save(String commit) {
        return new StateMark(commit, Instant.now(), Kind.SAVE);
    }
}
