package dev.quarry.server;

import dev.quarry.graphdb.History;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the state that people mean by a commit or an instant. */
final class StateFinder {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{4,40}");
    private static final Comparator<HistoryState> BY_TIME = Comparator.comparing(
                    (HistoryState state) -> state.mark().instant())
            .thenComparingLong(HistoryState::number);

    private final History history;
    private final Optional<Path> repository;

    StateFinder(History history, Optional<Path> repository) {
        this.history = history;
        this.repository = repository;
    }

    /**
     * The state of a commit, by its id, the beginning of it, a tag, a branch or {@code HEAD~N}; or the one that was current
     * at an instant.
     *
     * @throws QuarryException NOT_FOUND if there is none
     */
    HistoryState find(String revision) {
        Optional<Instant> instant = instant(revision);
        if (instant.isPresent()) {
            return at(instant.get(), revision);
        }
        List<HistoryState> states = history.states();
        if (ID.matcher(revision).matches()) {
            Optional<HistoryState> known = known(states, revision);
            if (known.isPresent()) {
                return known.get();
            }
        }
        GitCommit commit = commit(revision);
        return latest(states, state -> state.mark().commit().equals(commit.id()))
                .orElseThrow(() -> hasJava(commit) ? unknown(states, commit.id(), revision) : empty(commit.id()));
    }

    private static Optional<HistoryState> known(List<HistoryState> states, String prefix) {
        List<String> commits = states.stream()
                .filter(state -> state.mark().kind() == Kind.COMMIT)
                .map(state -> state.mark().commit())
                .filter(commit -> commit.startsWith(prefix))
                .distinct()
                .toList();
        if (commits.size() > 1) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + prefix + "' is the beginning of " + commits.size() + " commits: write more of it");
        }
        return latest(states, state -> commits.contains(state.mark().commit()));
    }

    /** The last state of a commit that fits. */
    private static Optional<HistoryState> latest(List<HistoryState> states, Predicate<HistoryState> fits) {
        return states.stream()
                .filter(state -> state.mark().kind() == Kind.COMMIT)
                .filter(fits)
                .max(Comparator.comparingLong(HistoryState::number));
    }

    private HistoryState at(Instant instant, String written) {
        return at(history.states(), instant)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.NOT_FOUND,
                        "the history begins after " + written + ": 'quarry index --history' takes older commits in"));
    }

    /** The one of these states that was current at an instant; empty if all are younger. */
    static Optional<HistoryState> at(List<HistoryState> states, Instant instant) {
        return states.stream()
                .filter(state -> !state.mark().instant().isAfter(instant))
                .max(BY_TIME);
    }

    /** The instant that a text names; empty if it is none. */
    static Optional<Instant> instant(String text) {
        if (text.indexOf('T') != "2000-01-01".length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private GitCommit commit(String revision) {
        Optional<Path> root = repository.filter(Files::isDirectory);
        if (root.isPresent()) {
            try (GitHistory git = GitHistory.of(root.get()).orElse(null)) {
                Optional<GitCommit> found = git == null ? Optional.empty() : git.commit(revision);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        throw new QuarryException(
                ErrorCode.NOT_FOUND,
                "'" + revision + "' names no commit that is known here: give an id, a tag or a branch of "
                        + root.map(Path::toString).orElse("the repository")
                        + ", or an instant as in 2030-01-31T12:00:00Z");
    }

    private boolean hasJava(GitCommit commit) {
        try (GitHistory git =
                repository.filter(Files::isDirectory).flatMap(GitHistory::of).orElse(null)) {
            return git == null || GitTree.of(git, commit).hasJava();
        }
    }

    private static QuarryException empty(String commit) {
        return new QuarryException(
                ErrorCode.NOT_FOUND,
                "commit " + commit.substring(0, 12)
                        + " has no Java file, so that the history has no state of it: name another commit");
    }

    private static QuarryException unknown(List<HistoryState> states, String commit, String revision) {
        boolean isEdited =
                states.stream().anyMatch(state -> state.mark().commit().equals(commit));
        return new QuarryException(
                ErrorCode.NOT_FOUND,
                "commit " + commit.substring(0, 12)
                        + (isEdited ? " was indexed only with edited files" : " was never indexed or is forgotten")
                        + ": take it into the history with 'quarry index --history=" + revision
                        + " --history-limit 1', or"
                        + " all commits with 'quarry index --history'");
    }
}
