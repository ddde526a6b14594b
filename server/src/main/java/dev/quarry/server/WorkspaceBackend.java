package dev.quarry.server;

import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.QueryLimits;
import dev.quarry.graphdb.QueryResult;
import dev.quarry.graphdb.Reach;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.rag.ContextRequest;
import dev.quarry.rag.PackedContext;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.SearchResult;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SchemaVersions;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers from a workspace. */
final class WorkspaceBackend implements Backend {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Workspace workspace;
    private final GraphStore graph;

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
        Map<FileStatus, Integer> files = new EnumMap<>(FileStatus.class);
        Coverage calls = Coverage.NONE;
        for (StoredFile stored : graph.files().values()) {
            files.merge(stored.file().status(), 1, Integer::sum);
            calls = calls.plus(stored.file().coverage());
        }
        return new Standing(files, calls, workspace.freshness());
    }

    @Override
    public Engine engine() {
        return new Engine("mnestic on RocksDB", SchemaVersions.CURRENT, workspace.loadedModel());
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
        Map<NodeId, String> paths = new HashMap<>();
        graph.nodes(files).forEach(file -> paths.put(file.node().id(), file.node().qualifiedName()));
        return paths;
    }

    @Override
    public Rows related(Relationship relationship, StampedNode start, int depth, int limit) {
        NodeId id = start.node().id();
        return switch (relationship) {
            case CALLERS -> rows(graph.reach(id, Direction.IN, EnumSet.of(EdgeKind.CALLS), depth, limit));
            case CALLEES -> rows(graph.reach(id, Direction.OUT, EnumSet.of(EdgeKind.CALLS), depth, limit));
            case IMPLEMENTATIONS -> implementations(start.node(), depth, limit);
            case SUBTYPES -> rows(graph.reach(
                    id, Direction.IN, EnumSet.of(EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS), depth, limit));
            case IMPACT -> rows(graph.impact(id, depth, limit));
        };
    }

    private Rows implementations(Node start, int depth, int limit) {
        if (!start.kind().isType()) {
            return rows(graph.reach(start.id(), Direction.IN, EnumSet.of(EdgeKind.OVERRIDES), depth, limit));
        }
        Rows all = rows(graph.reach(
                start.id(), Direction.IN, EnumSet.of(EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS), depth, limit));
        return new Rows(
                all.rows().stream()
                        .filter(row -> row.node().node().kind() != NodeKind.INTERFACE)
                        .toList(),
                all.truncated());
    }

    private static Rows rows(Reach reach) {
        return new Rows(
                reach.nodes().stream()
                        .map(reached -> new Row(reached.node(), reached.depth(), reached.edge()))
                        .toList(),
                reach.truncated());
    }

    @Override
    public Optional<List<Row>> way(NodeId from, NodeId to, int depth) {
        return graph.path(from, to, EnumSet.of(EdgeKind.CALLS), depth).map(edges -> {
            List<Row> rows = new ArrayList<>();
            for (Edge edge : edges) {
                graph.node(edge.to()).ifPresent(node -> rows.add(new Row(node, rows.size() + 1, edge)));
            }
            return rows;
        });
    }

    @Override
    public Hits search(Question question) {
        SearchResult result = workspace.retriever().search(SearchRequest.of(question.text(), question.limit(), filter()));
        Map<String, String> skipped = new TreeMap<>();
        result.legs().stream()
                .filter(leg -> !leg.ran())
                .forEach(leg -> skipped.put(leg.leg().name(), leg.note()));
        return new Hits(result.hits().stream().map(WorkspaceBackend::hit).toList(), skipped);
    }

    private static Hit hit(SearchResult.Hit hit) {
        Map<String, Integer> ranks = new TreeMap<>();
        hit.legs().forEach((leg, score) -> ranks.put(leg.name(), score.rank()));
        return new Hit(hit.node().node(), hit.score(), ranks);
    }

    private static SearchFilter filter() {
        return SearchFilter.all();
    }

    @Override
    public Packed pack(ContextQuestion question) {
        PackedContext packed = workspace
                .packer()
                .pack(new ContextRequest(question.text().orElse(""), question.symbols(), question.tokens(), filter()));
        Map<NodeId, Node> nodes = new HashMap<>();
        graph.nodes(packed.pieces().stream().map(PackedContext.Piece::id).toList())
                .forEach(node -> nodes.put(node.node().id(), node.node()));
        List<Piece> pieces = new ArrayList<>();
        for (PackedContext.Piece piece : packed.pieces()) {
            Node node = nodes.get(piece.id());
            if (node != null) {
                pieces.add(new Piece(
                        node, piece.path(), piece.startLine(), piece.endLine(), piece.content(), piece.reason(), 0, piece.text()));
            }
        }
        return new Packed(pieces, packed.tokens(), packed.markdown());
    }

    @Override
    public Table query(String script, Map<String, @Nullable Object> params, QueryBounds bounds) {
        QueryLimits defaults = QueryLimits.DEFAULT;
        QueryResult result = graph.query(
                script,
                params,
                new QueryLimits(
                        bounds.rows(), seconds(bounds.time()), defaults.memoryBytes(), defaults.scriptLength()));
        return new Table(result.headers(), result.rows(), result.truncated());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / MILLIS_PER_SECOND;
    }

    @Override
    public IndexReport index(Path root, IndexOptions options, IndexProgress progress) {
        return workspace.index(root, options, progress);
    }
}
