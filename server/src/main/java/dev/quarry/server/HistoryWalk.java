package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.graphdb.StoreCopies;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.ingest.GitTree;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexProgress.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Gives a store the history of its git repository.
 *
 * <p>Commits that the history lacks are indexed one after the other into a store of its own in a private directory, which
 * begins as the main store was before them; then the main store takes the states in, in one transaction, between those that
 * it has. So nobody who reads the main store ever sees an old commit, and a walk that is ended leaves nothing behind. The
 * files of each commit come from git's objects; the working tree is not looked at.
 */
final class HistoryWalk {
    private static final String HEAD = "HEAD";

    private final Path directory;
    private final GraphStore graph;

    /** With the store that gets the history, and is at a state. */
    HistoryWalk(Path directory, GraphStore graph) {
        this.directory = directory;
        this.graph = graph;
    }

    /**
     * Walks, unless the store has a state for each of the commits.
     *
     * @throws QuarryException BAD_INPUT outside of git, or if the range names no commits
     */
    void run(Path root, HistoryRequest request, IndexOptions options, IndexProgress progress) {
        try (GitHistory git = HistoryRequest.git(root)) {
            List<GitCommit> line = request.line(git);
            List<HistoryState> states = graph.history().states();
            List<GitCommit> missing = HistoryGap.missing(states, line).stream()
                    .filter(commit -> GitTree.of(git, commit).hasJava())
                    .toList();
            Steps steps = new Steps(missing.size(), progress);
            List<HistoryGap> gaps = missing.isEmpty() ? List.of() : HistoryGap.of(states, order(git, line), missing);
            // A walk that begins with nothing has no store that remembers the limit.
            IndexOptions limited =
                    options.withMaxFileBytes(FileLimit.of(graph, options).bytes());
            for (HistoryGap gap : gaps) {
                fill(git, gap, limited, steps);
            }
            steps.tell();
        }
    }

    /** All commits that are older or younger than these on the way to {@code HEAD}, if they lie on it. */
    private static List<GitCommit> order(GitHistory git, List<GitCommit> line) {
        List<GitCommit> all = git.commit(HEAD).isEmpty() ? List.of() : git.line(HEAD, HistoryRequest.NO_LIMIT);
        return all.contains(line.getLast()) ? all : line;
    }

    private void fill(GitHistory git, HistoryGap gap, IndexOptions options, Steps steps) {
        List<HistoryState> states = graph.history().states();
        int place = states.size() - gap.behind();
        HistoryState next = states.get(place);
        try (StagedDirectory staged = StagedDirectory.beside(directory.resolve("history"))) {
            Path folder = Files.createDirectory(staged.path().resolve("walked"));
            if (place > 0) {
                StoreCopies.linkInto(directory, folder);
            }
            try (GraphStore walked = GraphStore.open(folder, StoreOptions.DEFAULT)) {
                if (place > 0) {
                    walked.history().rewind(states.get(place - 1));
                }
                try (SearchIndex text = SearchIndex.open(folder.resolve(Workspace.SEARCH_DIRECTORY));
                        KeptAnalysis kept = new KeptAnalysis()) {
                    IndexPipeline pipeline = new IndexPipeline(walked, text, kept);
                    walk(pipeline, new CommitTree(git, staged.path()), gap, options, steps);
                }
                if (graph.history().isNow(next)) {
                    graph.history().insert(walked, next, graph);
                } else {
                    insertBefore(
                            next, walked, Files.createDirectory(staged.path().resolve("next")));
                }
            }
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the history cannot be made beside the store " + directory + " (" + e
                            + "): check the space and the permissions of the disk",
                    e);
        }
    }

    private void insertBefore(HistoryState next, GraphStore walked, Path folder) {
        StoreCopies.linkInto(directory, folder);
        try (GraphStore at = GraphStore.open(folder, StoreOptions.DEFAULT)) {
            at.history().rewind(next);
            graph.history().insert(walked, next, at);
        }
    }

    private static void walk(IndexPipeline pipeline, CommitTree tree, HistoryGap gap, IndexOptions options, Steps steps)
            throws IOException {
        IndexOptions quiet = options.withEmbed(false).withResolve(false).withKept(true);
        for (GitCommit commit : gap.commits()) {
            steps.tell();
            tree.moveTo(commit);
            pipeline.run(tree.root(), quiet, silent(steps.progress), CommitTree.marks(commit));
            steps.done++;
            if (steps.progress.cancelled()) {
                throw new CancellationException("the index run was cancelled");
            }
        }
    }

    /** How far the walk is. */
    private static final class Steps {
        private final int total;
        private final IndexProgress progress;
        private int done;

        Steps(int total, IndexProgress progress) {
            this.total = total;
            this.progress = progress;
        }

        void tell() {
            if (total > 0) {
                progress.progress(Phase.HISTORY, done, total);
            }
        }
    }

    /** Passes on the wish to end alone: the phases of each commit's run are of no interest. */
    private static IndexProgress silent(IndexProgress progress) {
        return new IndexProgress() {
            @Override
            public void progress(Phase phase, long done, long total) {}

            @Override
            public boolean cancelled() {
                return progress.cancelled();
            }
        };
    }
}
