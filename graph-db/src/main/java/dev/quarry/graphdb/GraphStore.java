package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.schema.Version;
import dev.quarry.schema.VersionClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store of one repository's graph: a directory that one process has open at a time.
 *
 * <p>Safe for use by several threads. Writes go one after the other, each in one transaction that is on disk when the call
 * returns; a read sees the graph before or after a write, never between. Reads that page through a relation see each page
 * so. All methods throw {@link QuarryException}: {@link ErrorCode#STORAGE} if the disk fails or is full, and
 * {@link ErrorCode#STORE_DAMAGED} if the files are not what was written. After a write that the disk failed, reads go on,
 * and the next write finds out whether the disk is well again; what failed may then be found written, whole.
 */
public final class GraphStore implements AutoCloseable {
    /** How many elements each vector has. */
    public static final int VECTOR_LENGTH = VectorWrites.DIMENSION;

    private final @Nullable StoreDirectory directory;
    private final StoreState state;
    private final GraphReads reads;
    private final Traversal traversal;
    private final CloneSearch cloneSearch;
    private final VectorReads vectorReads;
    private final VectorWrites vectorWrites;
    private final VersionClock clock;
    private final History history;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private GraphStore(@Nullable StoreDirectory directory, StoreState state) {
        this.directory = directory;
        this.state = state;
        this.reads = new GraphReads(state.engine());
        this.traversal = new Traversal(reads);
        this.cloneSearch = new CloneSearch(state, reads);
        this.vectorReads = new VectorReads(state.engine());
        this.vectorWrites = new VectorWrites(state, vectorReads);
        String last = state.meta().get(Meta.LAST_VERSION);
        this.clock = new VersionClock(last == null ? null : Version.parse(last));
        this.history = new History(this, state, reads);
    }

    /**
     * Opens the store in this directory and brings it to the current schema; makes a new one where there is none.
     *
     * @throws QuarryException {@link ErrorCode#BUSY} if another opener has it, {@link ErrorCode#STORE_TOO_NEW},
     *     {@link ErrorCode#STORE_DAMAGED}, or {@link ErrorCode#STORAGE} if the directory cannot be written
     */
    public static GraphStore open(Path directory, StoreOptions options) {
        StoreDirectory held = StoreDirectory.hold(directory);
        try {
            Path files = held.engine();
            return open(held, held.place(), () -> Engine.open(files, options.cacheBytes()));
        } catch (RuntimeException | Error e) {
            held.close();
            throw e;
        }
    }

    /** A new store in memory, gone when it is closed. */
    public static GraphStore inMemory() {
        return open(null, "in memory", Engine::inMemory);
    }

    private static GraphStore open(@Nullable StoreDirectory held, String place, Supplier<Engine> opener) {
        return EngineFailures.translating(place, () -> {
            Engine engine = opener.get();
            try {
                return new GraphStore(held, new StoreState(engine, place, new StoreSchema(engine, place).bringUp()));
            } catch (RuntimeException | Error e) {
                engine.close();
                throw e;
            }
        });
    }

    /** Whether there is a store in this directory. */
    public static boolean exists(Path directory) {
        return StoreDirectory.holdsStore(directory);
    }

    /** Closes the store when all calls that are in progress have ended, be it the building of an index. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            try {
                state.engine().close();
            } finally {
                if (directory != null) {
                    directory.close();
                }
            }
        }
    }

    private <T> T read(Supplier<T> work) {
        return EngineFailures.translating(state.place(), work);
    }

    /** Does work that no write may interrupt. */
    <T> T write(Supplier<T> work) {
        writing.lock();
        try {
            return EngineFailures.translating(state.place(), () -> {
                state.recover();
                return work.get();
            });
        } finally {
            writing.unlock();
        }
    }

    private void writeOnly(Runnable work) {
        write(() -> {
            work.run();
            return true;
        });
    }

    /** All files that the store knows, by path in order. */
    public Map<String, StoredFile> files() {
        return read(state::files);
    }

    /** Whether the store has a file with just these facts, so that writing them would change nothing. */
    public boolean holds(FileFacts facts) {
        StoredFile stored = files().get(facts.file().path());
        return stored != null
                && stored.file().equals(facts.file())
                && stored.facts().equals(FactsDigest.of(facts));
    }

    /** Writes what a delta changes, in one transaction; rows that are equal already are left alone. */
    public WriteResult apply(Delta delta) {
        return write(() -> new DeltaWriter(state, reads, clock, delta, null).write());
    }

    /** The same for the last write of a run: it leads to a state that the history keeps, unless it is the last state. */
    public WriteResult apply(Delta delta, StateMark mark) {
        return write(() -> new DeltaWriter(state, reads, clock, delta, mark).write());
    }

    /** The states that this store was in. */
    public History history() {
        return history;
    }

    /** What was noted under this key. */
    public Optional<String> meta(String key) {
        return Optional.ofNullable(state.meta().get(key));
    }

    /** Notes these values, in one transaction. They are no part of a state: a former one has them as they are now. */
    public void putMeta(Map<String, String> values) {
        Meta.requireForeign(values.keySet());
        writeOnly(() -> state.commit(new WriteBatch(), values));
    }

    /** How many writes have changed the graph. */
    public long sequence() {
        return state.number(Meta.SEQUENCE);
    }

    /** How many writes have changed vectors, or which texts stand for nodes. */
    public long vectorSequence() {
        return state.number(Meta.VECTOR_SEQUENCE);
    }

    /** The node with this id. */
    public Optional<StampedNode> node(NodeId id) {
        return nodes(List.of(id)).stream().findFirst();
    }

    /** The nodes with these ids, in that order; missing ones are left out. */
    public List<StampedNode> nodes(Collection<NodeId> ids) {
        Map<NodeId, StampedNode> found = read(() -> reads.nodes(ids));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** The nodes with this simple name. */
    public List<StampedNode> named(String simpleName) {
        return read(() -> reads.named(simpleName));
    }

    /**
     * The nodes whose name fits a pattern: {@code *} stands for any text, {@code ?} for any one character. A pattern with a
     * {@code .}, {@code #} or {@code $} is one of qualified names, any other one of simple names. Case matters.
     */
    public List<StampedNode> matching(String namePattern, int limit) {
        return nodes(read(() -> reads.matching(NamePattern.of(namePattern), limit)));
    }

    /** What a file declares, in the order of the text. */
    public List<StampedNode> declaredIn(NodeId file) {
        List<StampedNode> declared =
                new ArrayList<>(read(() -> reads.declaredIn(List.of(file))).values());
        declared.sort(Comparator.comparingInt(
                        (StampedNode stamped) -> stamped.node().span().start())
                .thenComparing(stamped -> stamped.node().span().end(), Comparator.reverseOrder())
                .thenComparing(stamped -> stamped.node().id()));
        return declared;
    }

    /** The file with this path below the repository's root. */
    public Optional<FileRecord> file(String path) {
        return Optional.ofNullable(files().get(path)).map(StoredFile::file);
    }

    /** Hands over all nodes, in the order of their ids. */
    public void forEachNode(Consumer<StampedNode> consumer) {
        read(() -> {
            reads.forEachNode(consumer);
            return true;
        });
    }

    /** Hands over all edges of a kind, in the order of their sources. */
    public void forEachEdge(EdgeKind kind, Consumer<Edge> consumer) {
        forEachEdge(Set.of(kind), consumer);
    }

    /** Hands over all edges of these kinds, in the order of their sources; that costs no more than those of one kind. */
    public void forEachEdge(Set<EdgeKind> kinds, Consumer<Edge> consumer) {
        read(() -> {
            reads.forEachEdge(kinds, consumer);
            return true;
        });
    }

    /** The text of the indexed files whose bytes have this hash. */
    public Optional<String> text(ContentHash raw) {
        return Optional.ofNullable(texts(List.of(raw)).get(raw));
    }

    /** The same for several; missing ones are left out. */
    public Map<ContentHash, String> texts(Collection<ContentHash> raws) {
        return read(() -> reads.texts(raws));
    }

    /** The edges of these kinds at a node with the nodes at their other ends, in the order of their keys. */
    public List<Neighbour> neighbours(NodeId id, Direction direction, Set<EdgeKind> kinds, int limit) {
        return read(() -> traversal.neighbours(id, direction, kinds, limit));
    }

    /** The edges of these kinds at several nodes, in one read; of each no more than the first ones by their keys. */
    public Map<NodeId, List<Link>> links(Collection<NodeId> ids, Direction direction, Set<EdgeKind> kinds, int limit) {
        return read(() -> traversal.links(ids, direction, kinds, limit));
    }

    /**
     * What can be reached from a node over edges of these kinds, nearest first, each node once.
     *
     * @param depth how many steps at most
     * @param limit how many nodes at most
     */
    public Reach reach(NodeId start, Direction direction, Set<EdgeKind> kinds, int depth, int limit) {
        return read(() -> traversal.reach(start, direction, kinds, depth, limit));
    }

    /** What a change of a node may affect: its users, their users, and for each type also those of its members. */
    public Reach impact(NodeId start, int depth, int limit) {
        return impact(List.of(start), depth, limit);
    }

    /** What a change of any of these nodes may affect. */
    public Reach impact(Collection<NodeId> starts, int depth, int limit) {
        return read(() -> traversal.impact(starts, depth, limit));
    }

    /** The edges of a shortest path over edges of these kinds, of at most this many; no edges from a node to itself. */
    public Optional<List<Edge>> path(NodeId from, NodeId to, Set<EdgeKind> kinds, int maxDepth) {
        return read(() -> new PathSearch(reads, kinds, from, to).find(maxDepth));
    }

    /**
     * Groups of types, methods and constructors that are alike. The first call after a change of the graph reads all
     * sources; near duplicates of a similarity of 0.8 are found with a probability of 0.9996.
     */
    public CloneGroups clones(CloneRequest request) {
        return read(() -> cloneSearch.index().groups(request));
    }

    /**
     * What is like a type, method or constructor, the most alike first; nothing for one that has less than {@link
     * CloneRequest#FEWEST_TOKENS} tokens, that a tool wrote or that is not in the text.
     */
    public List<Duplicate> clonesOf(NodeId id) {
        return read(() -> cloneSearch.index().of(id));
    }

    /**
     * Runs a user's CozoScript, which can read and not write.
     *
     * @param params values that the script calls {@code $name}: null, booleans, numbers, text, bytes, float[] and lists
     * @throws QuarryException {@link ErrorCode#BAD_INPUT} if the script is wrong or would write, {@link ErrorCode#LIMIT} if
     *     it takes more time or memory than it may, or is too long or too deep to be read
     */
    public QueryResult query(String script, Map<String, ?> params, QueryLimits limits) {
        ScriptGuard.check(script, limits);
        Params encoded = Params.of(params);
        try (Rows rows = state.engine().read(script, encoded, limits)) {
            List<List<@Nullable Object>> table = new ArrayList<>(rows.count());
            int columns = rows.headers().size();
            for (int row = 0; row < rows.count(); row++) {
                List<@Nullable Object> cells = new ArrayList<>(columns);
                for (int column = 0; column < columns; column++) {
                    cells.add(rows.value(column, row));
                }
                table.add(cells);
            }
            return new QueryResult(rows.headers(), table, rows.isTruncated());
        } catch (EngineException e) {
            throw EngineFailures.ofQuery(state.place(), e, limits);
        }
    }

    /** How the call sites of all files ended. */
    public Coverage coverage() {
        return files().values().stream().map(stored -> stored.file().coverage()).reduce(Coverage.NONE, Coverage::plus);
    }

    /** What the store holds, counted as it was written. */
    public StoreStatus status() {
        Map<NodeKind, Long> nodes = new EnumMap<>(NodeKind.class);
        for (NodeKind kind : NodeKind.values()) {
            putCount(nodes, kind, Meta.count(kind));
        }
        Map<EdgeKind, Long> edges = new EnumMap<>(EdgeKind.class);
        for (EdgeKind kind : EdgeKind.values()) {
            putCount(edges, kind, Meta.count(kind));
        }
        Map<FileStatus, Long> files = new EnumMap<>(FileStatus.class);
        files().values().forEach(stored -> files.merge(stored.file().status(), 1L, Long::sum));
        return new StoreStatus(
                (int) state.number(Meta.SCHEMA),
                sequence(),
                vectorSequence(),
                nodes,
                edges,
                files,
                vectorWrites.count());
    }

    private <K> void putCount(Map<K, Long> counts, K kind, String key) {
        long count = state.number(key);
        if (count > 0) {
            counts.put(kind, count);
        }
    }

    /** Those of these texts that have a vector under a model, with the vectors' numbers in the relation {@code vec}. */
    public Map<ContentHash, Long> knownTexts(String model, Collection<ContentHash> texts) {
        return read(() -> vectorReads.known(model, texts));
    }

    /**
     * Adds the vectors of these texts under a model, in one transaction; texts that have one keep it.
     *
     * <p>The index over the vectors is dropped; {@link #buildVectorIndex()} makes it anew.
     *
     * @param vectors one for each text, of 384 elements
     */
    public void putVectors(String model, List<ContentHash> texts, float[][] vectors) {
        writeOnly(() -> vectorWrites.put(model, texts, vectors));
    }

    /** Notes which embedded text stands for each of these nodes. */
    public void putNodeTexts(Map<NodeId, ContentHash> texts) {
        writeOnly(() -> vectorWrites.link(texts));
    }

    /** Notes that no text stands for these nodes any more. Nodes that are removed lose theirs by themselves. */
    public void removeNodeTexts(Collection<NodeId> ids) {
        writeOnly(() -> vectorWrites.unlink(ids));
    }

    /** Which text stands for each of these nodes; nodes without one are left out. */
    public Map<NodeId, ContentHash> nodeTexts(Collection<NodeId> ids) {
        return read(() -> vectorReads.texts(ids));
    }

    /** Hands over all nodes for which a text stands, a page at a time. */
    public void forEachNodeText(BiConsumer<NodeId, ContentHash> consumer) {
        byte[] after = {};
        while (true) {
            byte[] from = after;
            Map<NodeId, ContentHash> page = read(() -> vectorReads.textPage(from));
            if (page.isEmpty()) {
                return;
            }
            page.forEach(consumer);
            after = page.keySet().stream()
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .toBytes();
        }
    }

    /** The vectors of these texts under a model; texts without one are left out. */
    public Map<ContentHash, float[]> vectors(String model, Collection<ContentHash> texts) {
        return read(() -> vectorReads.vectors(model, texts));
    }

    /** All vectors that the store holds, whether a node's text leads to them or not. */
    public List<StoredVector> storedVectors() {
        return read(vectorReads::all);
    }

    /** How many vectors the store holds of each model, by the model's id. */
    public Map<String, Long> vectorsByModel() {
        return read(vectorReads::models);
    }

    /**
     * Removes vectors, in one transaction; the texts that they are of must stand for no node, or have a vector of the
     * model that is served.
     *
     * <p>The index over the vectors is dropped; {@link #buildVectorIndex()} makes it anew.
     */
    public void removeVectors(Collection<StoredVector> vectors) {
        writeOnly(() -> vectorWrites.remove(vectors));
    }

    /**
     * Has the engine merge its files, which gives the space back that removed rows took; it takes as long as copying the
     * store. Files that a linked copy shares are no longer shared afterwards.
     */
    public void compact() {
        writeOnly(() -> state.engine().execute(StoreCopies.MERGE, new Params()));
    }

    /**
     * Builds the index {@code vec:ann} over all vectors, with which scripts search as {@code ~vec:ann}; does nothing if it
     * stands. It takes minutes for many vectors; reads go on meanwhile, writes wait.
     */
    public void buildVectorIndex() {
        writeOnly(vectorWrites::buildIndex);
    }

    /**
     * Whether the rows of a file have the digest of its facts: not if they are damaged, or if another file declares the
     * same and has the rows.
     */
    public boolean isWhole(StoredFile file) {
        return read(() -> new GraphCheck(state, reads, new Findings()).isWhole(file));
    }

    /**
     * Checks the store's rows against each other and against the digests that were stored with them. Nobody should write
     * meanwhile: a check that sees two states reports the difference.
     *
     * @param isComplete whether the last index run came to its end; before, edges may lead to what is not yet written
     * @param findings takes what was checked and what does not hold
     * @return the paths of files whose rows have not the digest of their facts: damaged, unless another file of the
     *     repository declares the same and has the rows
     */
    public List<String> check(boolean isComplete, Findings findings) {
        return read(() -> new GraphCheck(state, reads, findings).run(isComplete));
    }
}
