package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.ingest.GitCommit;
import dev.quarry.ingest.GitHistory;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Indexes the commit that a repository without a work tree has as its {@code HEAD}. Nothing is written there. */
final class BareRepository {
    private static final String HEAD = "HEAD";

    private final Path directory;
    private final GraphStore graph;
    private final SearchIndex search;

    /** With the store. */
    BareRepository(Path directory, GraphStore graph, SearchIndex search) {
        this.directory = directory;
        this.graph = graph;
        this.search = search;
    }

    /**
     * Brings the store to the files of {@code HEAD}, by way of a private folder.
     *
     * @throws QuarryException BAD_INPUT if there is no commit yet, or no Java file in it
     */
    IndexReport index(Path repository, IndexOptions options, IndexProgress progress) {
        try (GitHistory git = GitHistory.of(repository).orElseThrow(() -> empty(repository));
                StagedDirectory staged = StagedDirectory.beside(directory.resolve("head"));
                KeptAnalysis nothing = new KeptAnalysis()) {
            GitCommit commit = git.commit(HEAD).orElseThrow(() -> empty(repository));
            CommitTree tree = new CommitTree(git, staged.path());
            if (!tree.moveTo(commit)) {
                throw new QuarryException(
                        ErrorCode.BAD_INPUT,
                        "the commit " + commit.id().substring(0, 12) + ", HEAD of " + repository
                                + ", has no Java file: give a repository that holds .java files");
            }
            IndexReport report = new IndexPipeline(graph, search, nothing)
                    .run(tree.root(), options.withKept(false), progress, CommitTree.marks(commit));
            graph.putMeta(Map.of(StoreKeys.REPOSITORY, repository.toRealPath().toString()));
            return report;
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the files of " + repository + " cannot be written below the store " + directory + " (" + e
                            + "): check the space and the permissions of the disk",
                    e);
        }
    }

    private static QuarryException empty(Path repository) {
        return new QuarryException(
                ErrorCode.BAD_INPUT, "the repository " + repository + " has no commit at its HEAD: push one");
    }
}
