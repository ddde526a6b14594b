package dev.quarry.server;

import dev.quarry.graphdb.History;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StateMark;
import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScannedFile;
import dev.quarry.schema.QuarryException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The states of a working tree: a commit's, if the files that were scanned are those of the commit that is checked out, else
 * a save's. All files are compared when another commit is checked out than in the last state, until they once were the
 * commit's, and when all that a run finds changed has become the commit's; other edits are told by the first changed file.
 */
final class WorkingTreeMarks implements StateMarks {
    private final History history;

    WorkingTreeMarks(History history) {
        this.history = history;
    }

    @Override
    public StateMark of(RepositoryScan scan, String commit, Map<String, StoredFile> stored) {
        if (commit.isEmpty()) {
            return save(commit);
        }
        if (isNew(commit)) {
            return compared(scan, commit, Set.of());
        }
        Set<String> changed = changed(scan, stored);
        return changed.isEmpty() ? save(commit) : compared(scan, commit, changed);
    }

    /** The files that a scan found otherwise than the store has them, those that are gone among them. */
    private static Set<String> changed(RepositoryScan scan, Map<String, StoredFile> stored) {
        Set<String> changed = new TreeSet<>(stored.keySet());
        for (ScannedFile file : scan.files()) {
            StoredFile before = stored.get(file.path());
            if (before != null && before.file().raw().equals(file.raw())) {
                changed.remove(file.path());
            } else {
                changed.add(file.path());
            }
        }
        return changed;
    }

    /** Whether there is no state of this commit's files that the last state followed. */
    private boolean isNew(String commit) {
        Optional<HistoryState> last = history.last();
        return last.isEmpty()
                || !last.get().mark().commit().equals(commit)
                || history.states().stream()
                        .map(HistoryState::mark)
                        .noneMatch(mark -> mark.commit().equals(commit) && mark.kind() == Kind.COMMIT);
    }

    private StateMark compared(RepositoryScan scan, String commit, Set<String> changed) {
        try (GitHistory git = GitHistory.of(scan.root()).orElse(null)) {
            Optional<GitCommit> found = git == null ? Optional.empty() : git.commit(commit);
            return git != null
                            && found.isPresent()
                            && GitTree.areThere(git, found.get(), scan.root(), changed)
                            && GitTree.of(git, found.get()).isScanned(scan)
                    ? new StateMark(commit, since(found.get()), Kind.COMMIT)
                    : save(commit);
        } catch (QuarryException _) {
            // What git keeps cannot be read, which is no reason to fail: the files were read.
            return save(commit);
        }
    }

    /** The commit's time, unless another state came after it: then that of its return. */
    private Instant since(GitCommit commit) {
        boolean isBack = history.last()
                .map(last -> commit.time().isBefore(last.mark().instant()))
                .orElse(false);
        return isBack ? Instant.now() : commit.time();
    }

    private static StateMark save(String commit) {
        return new StateMark(commit, Instant.now(), Kind.SAVE);
    }
}
