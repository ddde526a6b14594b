package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.ingest.GitHistory;
import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CacheRules;
import dev.quarry.rag.ContextPacker;
import dev.quarry.rag.RepositoryMapper;
import dev.quarry.rag.Retriever;
import dev.quarry.rag.StoredAnswerCache;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexProgress.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One store directory, opened: the graph, the serving index beside it, and the model.
 *
 * <p>Questions may be asked by several threads, also while a run writes. Runs exclude each other.
 */
public final class Workspace implements AutoCloseable {
    static final String SEARCH_DIRECTORY = "search";
    private static final String ANSWERS_DIRECTORY = "answers";

    private final Path directory;
    private final StoreFolder folder;
    private final GraphStore graph;
    private final SearchIndex search;
    private final WorkspaceModels models;
    private final Retriever retriever;
    private final ContextPacker packer;
    private final RepositoryMapper mapper;
    private final SymbolResolver symbols;
    private final AnswerCache answers;
    private final Views views;
    private final ReentrantLock writing = new ReentrantLock();
    private final KeptAnalysis kept = new KeptAnalysis();
    /** Of a view, the sequence that its graph had before it went back; none of a store's own. */
    private volatile long linkedAt = -1;

    private Workspace(Path directory, GraphStore graph, SearchIndex search, Models models) {
        this.directory = directory;
        this.folder = StoreFolder.of(directory);
        this.graph = graph;
        this.search = search;
        this.models = new WorkspaceModels(graph, search, models);
        this.views = new Views(this);
        this.retriever = new Retriever(graph, search, this.models::served);
        this.packer = new ContextPacker(graph, retriever);
        this.mapper = new RepositoryMapper(graph);
        this.symbols = new SymbolResolver(graph);
        this.answers = StoredAnswerCache.of(directory.resolve(ANSWERS_DIRECTORY), CacheRules.DEFAULT, graph);
    }

    /**
     * Opens a store, or makes it where the options allow writing.
     *
     * @throws QuarryException NOT_FOUND if there is no store and none is to be made; BUSY if another process holds it
     */
    public static Workspace open(Path directory, WorkspaceOptions options) {
        if (!options.writable() && !GraphStore.exists(directory)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "there is no index at " + directory
                            + ": make one with 'quarry index DIR', or name another with --store");
        }
        GraphStore graph = GraphStore.open(directory, options.store());
        try {
            Path searchDirectory = directory.resolve(SEARCH_DIRECTORY);
            SearchIndex search =
                    options.writable() ? SearchIndex.open(searchDirectory) : SearchIndex.openReadOnly(searchDirectory);
            return new Workspace(directory, graph, search, new Models(options.models(), options.threads()));
        } catch (RuntimeException failure) {
            graph.close();
            throw failure;
        }
    }

    /**
     * Brings the store to the state of a directory of sources, or to the {@code HEAD} of a bare repository of git; blocks
     * until that is done.
     *
     * @throws QuarryException BAD_INPUT if there is nothing to index; BUSY if a run is at work already
     * @throws java.util.concurrent.CancellationException if the progress said so, or the thread was interrupted
     */
    public IndexReport index(Path root, IndexOptions options, IndexProgress progress) {
        IndexReport report = exclusively(() -> {
            options.history().ifPresent(request -> request.requireCommits(root));
            int before = options.history().isPresent() ? states() : 0;
            IndexOptions allowed = models.isConfigured() ? options : options.withEmbed(false);
            IndexReport run = GitHistory.isBare(root)
                    ? new BareRepository(directory, graph, search).index(root, allowed, progress)
                    : new IndexPipeline(graph, search, kept).run(root, allowed, progress);
            options.history()
                    .ifPresent(request -> new HistoryWalk(directory, graph).run(root, request, options, progress));
            return options.history().isPresent() ? run.withStates(before, states()) : run;
        });
        IndexReport whole = report;
        if (options.embed()) {
            progress.progress(Phase.EMBED, 0, 0);
            whole = report.withVectors(embed(progress));
        }
        if (options.remembers() && !GitHistory.isBare(root)) {
            exclusively(() -> new IndexPipeline(graph, search, kept).remember(root, options, progress));
        }
        return whole;
    }

    private int states() {
        return graph.history().states().size();
    }

    /**
     * Makes the vectors that are missing, publishes them, and builds the engine's vector index; blocks until that is done.
     *
     * @return how many vectors were made
     * @throws QuarryException MODEL_REFUSED if the model is not on this machine
     */
    public long embed(IndexProgress progress) {
        return exclusively(() -> models.embed(progress));
    }

    /**
     * The same without the engine's vector index, which only scripts ask: for who indexes many states in turn.
     *
     * @throws QuarryException MODEL_REFUSED if the model is not on this machine
     */
    public long embedForSearches(IndexProgress progress) {
        return exclusively(() -> models.embedForSearches(progress));
    }

    /**
     * Has index runs, and {@link #embed}, use this model from now on. Searches go on with the one that they use until all
     * vectors of the new one are there. Where they are there already, {@code embed} only switches.
     *
     * @throws QuarryException NOT_FOUND if the model is not on this machine; MODEL_REFUSED if its vectors do not fit
     */
    public void useModel(String id) {
        folder.requireThere();
        models.use(id);
    }

    /** The models on this machine, and those of which the store has vectors. */
    public List<ModelState> models() {
        return models.states();
    }

    /**
     * Makes the serving index anew where it is behind the graph, of what the store holds; blocks until that is done. Makes
     * no vectors: where some are missing, and where the last run did not end, the next index run does its part.
     */
    public void catchUp(IndexProgress progress) {
        exclusively(() -> {
            if (!graph.meta(StoreKeys.STATE).equals(Optional.of(StoreKeys.COMPLETE))) {
                return false;
            }
            new TextIndexer(graph, search, InstantTier.of(search, false)).catchUp();
            models.catchUp(progress);
            return true;
        });
    }

    /**
     * Removes what the store holds for nothing; blocks until that is done. Questions are answered meanwhile.
     *
     * @throws QuarryException BUSY if an index run is at work; BAD_INPUT if the model to be dropped is in use
     * @throws java.util.concurrent.CancellationException if the progress said so; what is removed by then is gone
     */
    public GarbageReport collectGarbage(GarbageOptions options, IndexProgress progress) {
        return exclusively(() -> new GarbageCollection(graph, search, directory, options).run(progress));
    }

    /** Runs what writes, alone, and only where the store still lies where it was opened. */
    private <T> T exclusively(java.util.function.Supplier<T> run) {
        if (!writing.tryLock()) {
            throw new QuarryException(
                    ErrorCode.BUSY, "an index run is at work on " + directory + " already: wait for it, or cancel it");
        }
        try {
            folder.requireThere();
            return run.get();
        } finally {
            writing.unlock();
        }
    }

    /** A workspace over a copy of a store, with this one's models, which stay this one's to close. */
    Workspace over(Path copy, StoreOptions options) {
        GraphStore other = GraphStore.open(copy, options);
        try {
            Workspace view =
                    new Workspace(copy, other, SearchIndex.open(copy.resolve(SEARCH_DIRECTORY)), models.shared());
            view.linkedAt = other.sequence();
            return view;
        } catch (RuntimeException failure) {
            other.close();
            throw failure;
        }
    }

    /**
     * Asks this workspace as it was at a commit or an instant; what it is asked must have ended when the call returns.
     *
     * @param revision a commit's id or its beginning, a tag, a branch, {@code HEAD~N}, or an ISO instant
     * @param searches whether words are asked for, so that the serving index is wanted too
     * @throws QuarryException NOT_FOUND if the history has no such state
     */
    public <T> T at(String revision, boolean searches, Function<Workspace, T> question) {
        folder.requireThere();
        return views.at(revision, searches, question);
    }

    /** Brings the serving index of a view to its graph, and its vectors if there are any. */
    void serve(Map<String, StoredFile> linked, boolean isLinkedCurrent) {
        new TextIndexer(graph, search, InstantTier.of(search, false)).follow(linked, isLinkedCurrent);
        if (!graph.meta(StoreKeys.EMBEDDED).orElse("").isEmpty()) {
            models.embedFormer();
        }
    }

    /** Whether the serving index has the graph's words. */
    boolean isTextCurrent() {
        return search.textSequence() == graph.sequence();
    }

    /** Closes what a view has of its own. */
    void closeView() {
        answers.close();
        views.close();
        search.close();
        graph.close();
    }

    /** The graph. */
    public GraphStore graph() {
        return graph;
    }

    /** Finds nodes by words, meaning and neighbourhood. */
    public Retriever retriever() {
        return retriever;
    }

    /** Packs what was found for a reader with a limited budget. */
    public ContextPacker packer() {
        return packer;
    }

    /** Draws overviews of the repository. */
    public RepositoryMapper mapper() {
        return mapper;
    }

    /** Finds nodes by their names. */
    public SymbolResolver symbols() {
        return symbols;
    }

    /** Answers that were given about this store; opened when it is first asked. */
    public AnswerCache answers() {
        return answers;
    }

    /** The directory of the store. */
    public Path storeDirectory() {
        return directory;
    }

    /** The root of the repository that was indexed last. */
    public Optional<Path> repositoryRoot() {
        return graph.meta(StoreKeys.REPOSITORY).map(Path::of);
    }

    /** What the repository names and this machine lacked in the last run: coordinates, and declarations not understood. */
    public List<String> missingArtifacts() {
        return graph.meta(StoreKeys.MISSING_ARTIFACTS).stream()
                .flatMap(String::lines)
                .toList();
    }

    /** What the last scan passed over: {@code reason=count}. */
    public List<String> skipped() {
        return graph.meta(StoreKeys.SKIPPED).stream().flatMap(String::lines).toList();
    }

    /** The id of the model that searches use, if it is loaded. */
    public Optional<String> loadedModel() {
        return models.loaded();
    }

    /** How current the answers are. */
    public Freshness freshness() {
        return new Freshness(
                graph.sequence(),
                reached(search.textSequence()),
                reached(search.vectorSequence()),
                graph.meta(StoreKeys.INDEXED_AT).map(Instant::parse),
                graph.meta(StoreKeys.STATE).filter(StoreKeys.COMPLETE::equals).isPresent(),
                graph.meta(StoreKeys.COMMIT).filter(commit -> !commit.isEmpty()),
                search.vectorCount(),
                embeddable(),
                search.instant().count(),
                Stream.of(folder.problem(), search.textProblem(), search.vectorProblem())
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** A view's index that had all of the graph is brought to the state that it went back to, as soon as words are asked. */
    private long reached(long sequence) {
        return sequence == linkedAt ? graph.sequence() : sequence;
    }

    /** Before the first vectors are all made, those of the instant tier tell how many there will be. */
    private long embeddable() {
        int instant = search.instant().count();
        return instant == 0 || search.vectorSequence() == graph.sequence()
                ? graph.meta(StoreKeys.EMBEDDABLE).map(Long::parseLong).orElse(0L)
                : instant;
    }

    /**
     * Closes model, serving index and graph, in this order, after the run at work has ended. What cannot be written any more
     * where the store is gone is no failure.
     */
    @Override
    public void close() {
        writing.lock();
        try {
            close(List.of(kept::close, answers::close, views::close, models::close, search::close, graph::close));
        } finally {
            writing.unlock();
        }
    }

    private void close(List<Runnable> parts) {
        RuntimeException failure = null;
        for (Runnable part : parts) {
            try {
                part.run();
            } catch (RuntimeException failed) {
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
        if (failure != null && folder.problem().isEmpty()) {
            throw failure;
        }
    }
}
