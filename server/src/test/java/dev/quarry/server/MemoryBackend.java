package dev.quarry.server;

import dev.quarry.ask.Retrieval;
import dev.quarry.graphdb.CloneGroup;
import dev.quarry.graphdb.CloneGroups;
import dev.quarry.graphdb.CloneKind;
import dev.quarry.graphdb.CloneRequest;
import dev.quarry.graphdb.Duplicate;
import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CacheRules;
import dev.quarry.rag.RepositoryMap;
import dev.quarry.rag.StoredAnswerCache;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.Sites;
import dev.quarry.schema.StampedNode;
import dev.quarry.schema.UnresolvedReason;
import dev.quarry.schema.VersionClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A backend over a handful of nodes in memory, for what a real workspace cannot be made to do at will: to be slow, to
 * fail, to be in the middle of an index run.
 */
final class MemoryBackend implements Backend {
    /** The models whose tokens contexts were counted in, in the order in which they were packed. */
    final List<String> countedFor = new CopyOnWriteArrayList<>();

    static final String FILE = "src/a/Text.java";

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** While this is not counted down, index runs and scripts called "wait" do not end. */
    final CountDownLatch release = new CountDownLatch(1);

    /** Counted down where a run that makes vectors may stand still. */
    final CountDownLatch resting = new CountDownLatch(1);

    /** What the script "fail" throws. */
    volatile Supplier<RuntimeException> failure = () -> new IllegalStateException("secret detail");

    /** What index runs throw instead of going on; none while this is null. */
    volatile @Nullable Supplier<RuntimeException> indexFailure;

    /** What embedding a question throws; nothing while this is null. */
    volatile @Nullable Supplier<RuntimeException> embedderFailure;

    /** How many index runs have begun. */
    final AtomicInteger runs = new AtomicInteger();

    private volatile String model = "model@1";

    private static final Map<String, @Nullable Object> STATE =
            Map.of("number", 1, "commit", COMMIT, "instant", "2020-01-01T00:00:00Z", "kind", "COMMIT");

    private final Path store;
    private final AnswerCache answers;
    private final Map<NodeId, StampedNode> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final VersionClock clock = new VersionClock(null);
    private final AtomicLong sequence = new AtomicLong(1);
    private volatile boolean complete = true;
    private volatile Supplier<WorkingTree> watcher = () -> WorkingTree.UNWATCHED;

    MemoryBackend(Path store) {
        this.store = store;
        this.answers =
                new StoredAnswerCache(store.resolve("answers"), CacheRules.DEFAULT, _ -> Map.of(), Clock.systemUTC());
        StampedNode file = add(NodeKind.FILE, FILE, FILE, "");
        StampedNode text = add(NodeKind.CLASS, "Text", "a.Text", "");
        StampedNode sub = add(NodeKind.CLASS, "RichText", "a.RichText", "");
        StampedNode isBlank = add(NodeKind.METHOD, "isBlank", "a.Text#isBlank", "(java.lang.CharSequence)");
        StampedNode trim = add(NodeKind.METHOD, "trim", "a.Text#trim", "(java.lang.String)");
        StampedNode trimTo = add(NodeKind.METHOD, "trim", "a.Text#trim", "(java.lang.String,int)");
        StampedNode main = add(NodeKind.METHOD, "main", "a.Main#main", "(java.lang.String[])");
        link(file, EdgeKind.CONTAINS, text);
        link(sub, EdgeKind.EXTENDS, text);
        link(trim, EdgeKind.CALLS, isBlank);
        link(trimTo, EdgeKind.CALLS, trim);
        link(main, EdgeKind.CALLS, trimTo);
    }

    private StampedNode add(NodeKind kind, String name, String qualifiedName, String signature) {
        Node node = Node.withoutSyntax(kind, name, qualifiedName, signature, "");
        StampedNode stamped = new StampedNode(node, clock.next());
        nodes.put(node.id(), stamped);
        return stamped;
    }

    private void link(StampedNode from, EdgeKind kind, StampedNode to) {
        edges.add(new Edge(from.node().id(), kind, "", to.node().id(), Found.COMPILER, Sites.at(3, 5), ""));
    }

    @Override
    public Path storeDirectory() {
        return store;
    }

    @Override
    public Optional<Path> repositoryRoot() {
        return Optional.of(store);
    }

    @Override
    public Standing standing() {
        return new Standing(
                Map.of(FileStatus.INDEXED, 1),
                new Coverage(3, 0, 1, 2, Map.of(UnresolvedReason.MISSING_TYPE, 2)),
                new Freshness(
                        sequence.get(),
                        sequence.get(),
                        0,
                        Optional.of(Instant.EPOCH),
                        complete,
                        Optional.of(COMMIT),
                        0,
                        4,
                        4,
                        List.of()),
                watcher.get());
    }

    @Override
    public long sequence() {
        return sequence.get();
    }

    @Override
    public void watchedBy(Supplier<WorkingTree> other) {
        watcher = other;
    }

    @Override
    public Engine engine() {
        return new Engine("memory", 1, Optional.empty());
    }

    @Override
    public Optional<StampedNode> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    @Override
    public Resolution resolve(String name) {
        SymbolPattern pattern = SymbolPattern.parse(name);
        List<StampedNode> found =
                nodes.values().stream().filter(n -> pattern.matches(n.node())).toList();
        return switch (found.size()) {
            case 0 -> new Resolution.Missing("nothing is called '" + name + "': look for it with a search");
            case 1 -> new Resolution.Found(found.getFirst());
            default -> new Resolution.Ambiguous(found);
        };
    }

    @Override
    public Map<NodeId, String> paths(Collection<NodeId> files) {
        Map<NodeId, String> paths = new HashMap<>();
        for (NodeId id : files) {
            node(id).ifPresent(node -> paths.put(id, node.node().qualifiedName()));
        }
        return paths;
    }

    @Override
    public Optional<String> text(String path) {
        return path.equals(FILE) ? Optional.of("package a;") : Optional.empty();
    }

    @Override
    public List<StampedNode> declaredIn(NodeId file) {
        return List.of();
    }

    @Override
    public Rows related(Relationship relationship, StampedNode start, int depth, int limit) {
        Set<EdgeKind> kinds = switch (relationship) {
            case CALLERS, CALLEES -> Set.of(EdgeKind.CALLS);
            case IMPLEMENTATIONS -> Set.of(EdgeKind.IMPLEMENTS, EdgeKind.OVERRIDES);
            case SUBTYPES -> Set.of(EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS);
            case IMPACT -> Set.of(EdgeKind.CALLS, EdgeKind.EXTENDS);
        };
        List<Row> rows = reach(start, relationship == Relationship.CALLEES, kinds, depth);
        return new Rows(rows.subList(0, Math.min(limit, rows.size())), rows.size() > limit);
    }

    private List<Row> reach(StampedNode start, boolean forward, Set<EdgeKind> kinds, int depth) {
        List<Row> rows = new ArrayList<>();
        Set<NodeId> seen = new HashSet<>(Set.of(start.node().id()));
        Set<NodeId> ring = Set.copyOf(seen);
        for (int level = 1; level <= depth && !ring.isEmpty(); level++) {
            Set<NodeId> next = new HashSet<>();
            for (Edge edge : edges) {
                NodeId near = forward ? edge.from() : edge.to();
                NodeId far = forward ? edge.to() : edge.from();
                StampedNode node = nodes.get(far);
                if (node != null && kinds.contains(edge.kind()) && ring.contains(near) && seen.add(far)) {
                    rows.add(new Row(node, level, edge));
                    next.add(far);
                }
            }
            ring = next;
        }
        return rows;
    }

    @Override
    public Optional<List<Row>> way(NodeId from, NodeId to, int depth) {
        StampedNode start = nodes.get(from);
        if (start == null || from.equals(to)) {
            return Optional.of(List.of());
        }
        List<Row> rows = reach(start, true, Set.of(EdgeKind.CALLS), depth);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).node().node().id().equals(to)) {
                return Optional.of(rows.subList(0, i + 1));
            }
        }
        return Optional.empty();
    }

    @Override
    public CloneGroups clones(CloneRequest request) {
        List<Duplicate> members =
                nodes.values().stream().map(MemoryBackend::duplicate).limit(2).toList();
        return new CloneGroups(List.of(new CloneGroup(CloneKind.NEAR, 7, members)), false);
    }

    @Override
    public List<Duplicate> clonesOf(NodeId id) {
        return nodes.values().stream().map(MemoryBackend::duplicate).toList();
    }

    private static Duplicate duplicate(StampedNode stamped) {
        return new Duplicate(stamped.node(), CloneKind.NEAR, 0.875, 60);
    }

    @Override
    public Hits search(Question question) {
        List<Hit> hits = nodes.values().stream()
                .map(StampedNode::node)
                .filter(node -> question.text().contains(node.name()))
                .filter(node -> question.filter().kinds().isEmpty()
                        || question.filter().kinds().contains(node.kind()))
                .limit(question.limit())
                .map(node -> new Hit(node, 0.5, List.of(new LegPoints("text", 1, 7.5, 0.4)), Map.of("prior", 0.1)))
                .toList();
        return new Hits(
                "words",
                hits,
                Map.of("vector", "no model is loaded"),
                List.of(new Retrieval.LegRun("text", true, hits.size(), "", System.nanoTime(), 1_000)));
    }

    @Override
    public List<Piece> quote(List<NodeId> symbols) {
        return symbols.stream()
                .map(nodes::get)
                .map(StampedNode::node)
                .map(node -> new Piece(
                        node.id(),
                        node.kind(),
                        node.symbol(),
                        FILE,
                        1,
                        2,
                        "BODY",
                        "match",
                        node.content(),
                        node.name()))
                .toList();
    }

    @Override
    public Packed pack(ContextQuestion question) {
        countedFor.add(question.model());
        List<Piece> pieces = quote(question.symbols());
        List<Omission> omitted = List.of(new Omission(NodeId.NONE, "a.Other", "the budget is used up"));
        return new Packed(
                pieces, omitted, 3 * pieces.size(), "# " + question.text().orElse("symbols"));
    }

    @Override
    public RepositoryMap map(int tokens) {
        return new RepositoryMap("# map", 3, 1, nodes.size(), sequence.get(), Coverage.NONE);
    }

    @Override
    public Table query(String script, Map<String, @Nullable Object> params, QueryBounds bounds) {
        if (script.equals("fail")) {
            throw failure.get();
        }
        if (script.equals("wait")) {
            await();
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> param : params.entrySet()) {
            rows.add(Arrays.asList(param.getKey(), param.getValue()));
        }
        rows.add(Arrays.asList("bounds", List.of(bounds.rows(), bounds.time().toMillis())));
        return new Table(List.of("name", "value"), rows, false);
    }

    private void await() {
        try {
            if (!release.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released the backend");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Map<String, @Nullable Object> log(Node symbol, int limit) {
        Map<String, @Nullable Object> entry = Map.of("state", STATE, "what", List.of("added"));
        return Map.of("symbol", tree(symbol), "entries", List.of(entry), "truncated", false);
    }

    @Override
    public List<StampedNode> gone(String name) {
        return List.of();
    }

    @Override
    public Map<String, @Nullable Object> diff(String from, String to, int limit) {
        return Map.of(
                "from", STATE,
                "to", STATE,
                "breaking", List.of(),
                "symbols", List.of(),
                "edgeCounts", Map.of("CALLS", Map.of("added", 1, "removed", 0, "changed", 0)),
                "edges", List.of(Map.of("change", "ADDED", "kind", "CALLS", "from", "a", "to", "b")),
                "truncated", false);
    }

    @Override
    public Map<String, @Nullable Object> diffImpact(String from, String to, int depth, int limit) {
        return Map.of(
                "from",
                STATE,
                "to",
                STATE,
                "changed",
                List.of(),
                "rows",
                List.of(),
                "tests",
                List.of(),
                "truncated",
                false);
    }

    private static Map<String, @Nullable Object> tree(Node node) {
        return Map.of(
                "symbol",
                node.symbol(),
                "id",
                node.id().toString(),
                "kind",
                node.kind().name());
    }

    @Override
    public <T> T at(String revision, boolean searches, Function<Backend, T> question) {
        return question.apply(this);
    }

    @Override
    public IndexReport index(Path root, IndexOptions options, IndexProgress progress) {
        if (!Files.exists(root)) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "no such directory");
        }
        runs.incrementAndGet();
        Supplier<RuntimeException> wanted = indexFailure;
        if (wanted != null) {
            throw wanted.get();
        }
        complete = false;
        for (int done = 0; done <= 10; done++) {
            progress.progress(IndexProgress.Phase.SCAN, done, 10);
        }
        progress.progress(IndexProgress.Phase.INDEX, 0, 2);
        while (!progress.cancelled() && release.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        if (progress.cancelled()) {
            throw new CancellationException();
        }
        progress.progress(IndexProgress.Phase.INDEX, 2, 2);
        if (options.embed()) {
            embed(progress);
        }
        sequence.incrementAndGet();
        complete = true;
        return new IndexReport(
                Map.of(FileStatus.INDEXED, 1, FileStatus.PARTIAL, 2),
                Map.of("gitignore", 4),
                1,
                0,
                5,
                6,
                0,
                1,
                2,
                new Coverage(3, 0, 1, 2, Map.of(UnresolvedReason.MISSING_TYPE, 2)),
                List.of("org.example:missing:1.0"),
                sequence.get(),
                Duration.ofMillis(12));
    }

    private void embed(IndexProgress progress) {
        progress.progress(IndexProgress.Phase.EMBED, 0, 1);
        resting.countDown();
        progress.rest();
        if (progress.cancelled()) {
            throw new CancellationException();
        }
    }

    @Override
    public Optional<float[]> vector(String question) {
        Supplier<RuntimeException> wanted = embedderFailure;
        if (wanted != null) {
            throw wanted.get();
        }
        return Optional.of(new float[] {1, 2, 3});
    }

    @Override
    public AnswerCache answers() {
        return answers;
    }

    @Override
    public List<ModelState> models() {
        return List.of(new ModelState(model, true, true, true, 2));
    }

    @Override
    public void useModel(String id) {
        model = id;
    }

    @Override
    public GarbageReport collectGarbage(GarbageOptions options) {
        return new GarbageReport(
                options.dryRun(), List.of(new GarbageReport.Item(GarbageReport.Kind.VECTORS, 2, 3_200)), 1);
    }
}
