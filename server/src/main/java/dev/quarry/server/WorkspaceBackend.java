package dev.quarry.server;

import dev.quarry.ask.Retrieval;
import dev.quarry.graphdb.CloneGroups;
import dev.quarry.graphdb.CloneRequest;
import dev.quarry.graphdb.Duplicate;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.QueryLimits;
import dev.quarry.graphdb.QueryResult;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.ContextRequest;
import dev.quarry.rag.Leg;
import dev.quarry.rag.PackedContext;
import dev.quarry.rag.RepositoryMap;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.SearchResult;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SchemaVersions;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchFilter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A backend over a workspace. */
final class WorkspaceBackend implements Backend {
    private static final String ENGINE = "mnestic (CozoDB)";
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Workspace workspace;
    private final GraphStore graph;

    /** Paths by the id of the file: an id is made of the path, so that no entry can become wrong. */
    private final Map<NodeId, String> paths = new ConcurrentHashMap<>();

    private volatile Supplier<WorkingTree> watcher = () -> WorkingTree.UNWATCHED;

    private volatile @Nullable Counted counted;

    /** What is counted over all files, as of a sequence. */
    private record Counted(long sequence, Map<FileStatus, Integer> files, Coverage calls) {}

    WorkspaceBackend(Workspace workspace) {
        this.workspace = workspace;
        this.graph = workspace.graph();
    }

    @Override
    public Path storeDirectory() {
        return workspace.storeDirectory();
    }

    @Override
    public Optional<Path> repositoryRoot() {
        return workspace.repositoryRoot();
    }

    @Override
    public Standing standing() {
        while (true) {
            Freshness freshness = workspace.freshness();
            Counted now = counted;
            if (now == null || now.sequence() != freshness.sequence()) {
                now = count(freshness.sequence());
            }
            Coverage calls = now.calls().withReasons(CallCoverage.reasons(graph));
            if (graph.sequence() == freshness.sequence()) {
                counted = now;
                return new Standing(now.files(), calls, freshness, watcher.get());
            }
            // A run has written meanwhile: what was counted may be of two states.
        }
    }

    @Override
    public long sequence() {
        return graph.sequence();
    }

    @Override
    public void watchedBy(Supplier<WorkingTree> other) {
        watcher = other;
    }

    private Counted count(long sequence) {
        Map<FileStatus, Integer> files = new EnumMap<>(FileStatus.class);
        Coverage calls = Coverage.NONE;
        for (StoredFile stored : graph.files().values()) {
            FileRecord file = stored.file();
            files.merge(file.status(), 1, Integer::sum);
            calls = calls.plus(file.coverage());
        }
        return new Counted(sequence, files, calls);
    }

    @Override
    public Engine engine() {
        return new Engine(ENGINE, SchemaVersions.CURRENT, workspace.loadedModel());
    }

    @Override
    public Optional<StampedNode> node(NodeId id) {
        return graph.node(id);
    }

    @Override
    public Resolution resolve(String name) {
        return workspace.symbols().resolve(name);
    }

    @Override
    public Map<NodeId, String> paths(Collection<NodeId> files) {
        Map<NodeId, String> known = new HashMap<>();
        List<NodeId> unknown = new ArrayList<>();
        for (NodeId file : files) {
            String path = paths.get(file);
            if (path == null) {
                unknown.add(file);
            } else {
                known.put(file, path);
            }
        }
        if (!unknown.isEmpty()) {
            for (StampedNode file : graph.nodes(unknown)) {
                String path = file.node().qualifiedName();
                paths.put(file.node().id(), path);
                known.put(file.node().id(), path);
            }
        }
        return known;
    }

    @Override
    public Optional<String> text(String path) {
        StoredFile file = graph.files().get(path);
        return file == null ? Optional.empty() : graph.text(file.file().raw());
    }

    @Override
    public List<StampedNode> declaredIn(NodeId file) {
        return graph.declaredIn(file);
    }

    @Override
    public Rows related(Relationship relationship, StampedNode start, int depth, int limit) {
        return new Surroundings(graph).related(relationship, start, depth, limit);
    }

    @Override
    public Optional<List<Row>> way(NodeId from, NodeId to, int depth) {
        Optional<List<Row>> way =
                graph.path(from, to, Surroundings.CALLS, depth).map(this::steps);
        if (way.isEmpty()) {
            graph.nodes(List.of(from, to)).forEach(end -> Surroundings.requireCode(end.node()));
        }
        return way;
    }

    private List<Row> steps(List<Edge> edges) {
        Map<NodeId, StampedNode> nodes = graph
                .nodes(edges.stream().map(Edge::to).toList())
                .stream()
                .collect(Collectors.toMap(node -> node.node().id(), Function.identity(), (a, _) -> a));
        List<Row> rows = new ArrayList<>();
        for (Edge edge : edges) {
            StampedNode node = nodes.get(edge.to());
            if (node != null) {
                rows.add(new Row(node, rows.size() + 1, edge));
            }
        }
        return rows;
    }

    @Override
    public CloneGroups clones(CloneRequest request) {
        return graph.clones(request);
    }

    @Override
    public List<Duplicate> clonesOf(NodeId id) {
        return graph.clonesOf(id);
    }

    @Override
    public Hits search(Question question) {
        SearchFilter filter = new SearchFilters(workspace).of(question.filter());
        SearchResult result = workspace.retriever().search(SearchRequest.of(question.text(), question.limit(), filter));
        Map<String, String> skipped = new LinkedHashMap<>();
        for (SearchResult.LegReport leg : result.legs()) {
            if (!leg.note().isEmpty()) {
                skipped.put(named(leg.leg()), leg.note());
            }
        }
        List<Retrieval.LegRun> legs = result.legs().stream()
                .map(leg -> new Retrieval.LegRun(
                        named(leg.leg()), leg.ran(), leg.candidates(), leg.note(), leg.startNanos(), leg.nanos()))
                .toList();
        return new Hits(result.shape(), result.hits().stream().map(this::hit).toList(), skipped, legs);
    }

    private Hit hit(SearchResult.Hit found) {
        Node node = found.node().node();
        if (!found.path().isEmpty()) {
            paths.put(node.file(), found.path());
        }
        List<LegPoints> legs = new ArrayList<>();
        for (Leg leg : Leg.values()) {
            SearchResult.LegScore score = found.legs().get(leg);
            if (score != null) {
                legs.add(new LegPoints(named(leg), score.rank(), score.score(), score.points()));
            }
        }
        Map<String, Double> bonuses = new TreeMap<>();
        found.bonuses().forEach((bonus, points) -> bonuses.put(named(bonus), points));
        return new Hit(node, found.score(), legs, bonuses);
    }

    private static String named(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Packed pack(ContextQuestion question) {
        PackedContext packed = workspace
                .packer()
                .pack(new ContextRequest(
                        question.text().orElse(""),
                        question.symbols(),
                        question.tokens(),
                        new SearchFilters(workspace).of(question.filter()),
                        question.model(),
                        Provenances.of(standing())));
        List<Piece> pieces =
                packed.pieces().stream().map(WorkspaceBackend::piece).toList();
        List<Omission> omitted = packed.omitted().stream()
                .map(omission -> new Omission(omission.id(), omission.symbol(), omission.reason()))
                .toList();
        return new Packed(pieces, omitted, packed.tokens(), question.markdown() ? packed.markdown() : "");
    }

    private static Piece piece(PackedContext.Piece piece) {
        return new Piece(
                piece.id(),
                piece.kind(),
                piece.symbol(),
                piece.path(),
                piece.startLine(),
                piece.endLine(),
                piece.extent().name(),
                piece.reason(),
                piece.content(),
                piece.text());
    }

    @Override
    public List<Piece> quote(List<NodeId> symbols) {
        return workspace.packer().quote(symbols).stream()
                .map(WorkspaceBackend::piece)
                .toList();
    }

    @Override
    public RepositoryMap map(int tokens) {
        return workspace.mapper().map(tokens, Provenances.of(standing()));
    }

    @Override
    public Table query(String script, Map<String, @Nullable Object> params, QueryBounds bounds) {
        QueryLimits limits = new QueryLimits(
                bounds.rows(),
                bounds.time().toMillis() / MILLIS_PER_SECOND,
                QueryLimits.DEFAULT.memoryBytes(),
                QueryLimits.DEFAULT.scriptLength());
        QueryResult result = graph.query(script, params, limits);
        return new Table(result.headers(), result.rows(), result.truncated());
    }

    @Override
    public Map<String, @Nullable Object> log(Node symbol, int limit) {
        return new HistoryReport(workspace).log(symbol, limit);
    }

    @Override
    public List<StampedNode> gone(String name) {
        return new GoneSymbols(graph.history()).named(name);
    }

    @Override
    public Map<String, @Nullable Object> diff(String from, String to, int limit) {
        return new HistoryReport(workspace).diff(from, to, limit);
    }

    @Override
    public Map<String, @Nullable Object> diffImpact(String from, String to, int depth, int limit) {
        return new HistoryReport(workspace).impact(from, to, depth, limit);
    }

    @Override
    public <T> T at(String revision, boolean searches, Function<Backend, T> question) {
        return workspace.at(
                revision, searches, view -> question.apply(view == workspace ? this : new WorkspaceBackend(view)));
    }

    @Override
    public IndexReport index(Path root, IndexOptions options, IndexProgress progress) {
        return workspace.index(root, options, progress);
    }

    @Override
    public Optional<float[]> vector(String question) {
        return workspace.retriever().vector(question);
    }

    @Override
    public AnswerCache answers() {
        return workspace.answers();
    }

    @Override
    public List<ModelState> models() {
        return workspace.models();
    }

    @Override
    public void useModel(String id) {
        workspace.useModel(id);
    }

    @Override
    public GarbageReport collectGarbage(GarbageOptions options) {
        return workspace.collectGarbage(options, IndexProgress.NONE);
    }
}
