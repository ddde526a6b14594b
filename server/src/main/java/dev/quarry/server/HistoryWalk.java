package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.graphdb.StateMark;
import dev.quarry.graphdb.StateMark.Kind;
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
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Gives a store the history of its git repository.
 *
 * <p>The commits of one line of first parents are indexed one after the other into a store of its own in a private
 * directory, which ends at what the main store holds; then the main store takes over the other's history in one
 * transaction. So nobody who reads the main store ever sees an old commit, and a walk that is ended leaves nothing behind.
 * The files of each commit come from git's objects; the working tree is only read.
 */
final class HistoryWalk {
    private static final int ATTEMPTS = 5;

    private final Path directory;
    private final GraphStore graph;
    private final SearchIndex search;
    private final KeptAnalysis now;

    /** With the store that gets the history, and what its index runs keep. */
    HistoryWalk(Path directory, GraphStore graph, SearchIndex search, KeptAnalysis now) {
        this.now = now;
        this.directory = directory;
        this.graph = graph;
        this.search = search;
    }

    /**
     * Walks, unless the main store has a state for each of the commits.
     *
     * @throws QuarryException BAD_INPUT outside of git, or if the range names no commits; BUSY if the files change faster
     *     than they can be indexed
     */
    void run(Path root, HistoryRequest request, IndexOptions options, IndexProgress progress) {
        try (GitHistory git = GitHistory.of(root).orElseThrow(() -> noGit(root))) {
            List<GitCommit> line = git.line(request.range(), request.limit());
            if (line.isEmpty()) {
                throw new QuarryException(
                        ErrorCode.BAD_INPUT,
                        "the range '" + request.range() + "' has no commit: the older end comes first, as in v1..HEAD");
            }
            Set<String> known = graph.history().states().stream()
                    .map(HistoryState::mark)
                    .filter(mark -> mark.kind() == Kind.COMMIT)
                    .map(StateMark::commit)
                    .collect(Collectors.toSet());
            if (!line.stream().map(GitCommit::id).allMatch(known::contains)) {
                walk(git, line, root, options, progress);
            }
        }
    }

    private static QuarryException noGit(Path root) {
        return new QuarryException(
                ErrorCode.BAD_INPUT,
                root + " lies in no git repository, so that it has no history: leave --history out");
    }

    private void walk(GitHistory git, List<GitCommit> line, Path root, IndexOptions options, IndexProgress progress) {
        IndexOptions quiet = options.withEmbed(false).withResolve(false).withKept(true);
        try (StagedDirectory staged = StagedDirectory.beside(directory.resolve("history"));
                GraphStore walked = GraphStore.open(staged.path(), StoreOptions.DEFAULT);
                SearchIndex text = SearchIndex.open(staged.path().resolve(Workspace.SEARCH_DIRECTORY));
                KeptAnalysis kept = new KeptAnalysis()) {
            IndexPipeline pipeline = new IndexPipeline(walked, text, kept);
            follow(git, line, staged.path().resolve("tree").resolve(git.name()), pipeline, quiet, progress);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                pipeline.run(root, quiet, silent(progress));
                new IndexPipeline(graph, search, now).run(root, quiet, silent(progress));
                if (graph.history().takeOver(walked.history())) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the history cannot be made beside the store " + directory + " (" + e
                            + "): check the space and the permissions of the disk",
                    e);
        }
        throw new QuarryException(
                ErrorCode.BUSY, "the files of " + root + " change while they are indexed: try again when they rest");
    }

    private static void follow(
            GitHistory git,
            List<GitCommit> line,
            Path scratch,
            IndexPipeline pipeline,
            IndexOptions options,
            IndexProgress progress)
            throws IOException {
        Path gitFolder = Files.createDirectories(scratch.resolve(".git"));
        GitTree before = GitTree.empty(git);
        int done = 0;
        for (GitCommit commit : line) {
            progress.progress(Phase.HISTORY, done++, line.size());
            GitTree tree = GitTree.of(git, commit);
            tree.writeTo(scratch, before);
            before = tree;
            // The scan takes the scratch folder for a work tree of its own, with this commit checked out.
            Files.writeString(gitFolder.resolve("HEAD"), commit.id() + "\n");
            if (tree.hasJava()) {
                StateMark mark = new StateMark(commit.id(), commit.time(), Kind.COMMIT);
                pipeline.run(git.inside(scratch), options, silent(progress), (_, _) -> mark);
            }
            if (progress.cancelled()) {
                throw new CancellationException("the index run was cancelled");
            }
        }
        progress.progress(Phase.HISTORY, done, line.size());
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
