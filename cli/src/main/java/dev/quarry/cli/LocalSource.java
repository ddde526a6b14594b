package dev.quarry.cli;

import dev.quarry.ask.AskRequest;
import dev.quarry.graphdb.CloneGroups;
import dev.quarry.graphdb.CloneKind;
import dev.quarry.graphdb.CloneRequest;
import dev.quarry.graphdb.Duplicate;
import dev.quarry.graphdb.StoreStatus;
import dev.quarry.llm.ConfigFile;
import dev.quarry.rag.RepositoryMap;
import dev.quarry.schema.Edge;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.Sites;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend;
import dev.quarry.server.Freshness;
import dev.quarry.server.Resolution;
import dev.quarry.server.TraceSettings;
import dev.quarry.server.Traces;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the store itself. */
final class LocalSource implements Source {
    private static final Duration QUERY_TIME = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final Backend backend;
    private final Places places;

    LocalSource(Workspace workspace, Places places) {
        this.workspace = workspace;
        this.backend = Backend.of(workspace);
        this.places = places;
    }

    @Override
    public Answer.Rows related(Relationship relationship, String symbol, int depth, int limit) {
        StampedNode start = resolve(symbol);
        Backend.Rows rows = backend.related(backendRelationship(relationship), start, depth, limit);
        Map<NodeId, String> paths = paths(start, rows.rows());
        return new Answer.Rows(
                symbol(start.node(), paths),
                rows.rows().stream().map(row -> row(row, paths)).toList(),
                rows.truncated(),
                standing());
    }

    @Override
    public Answer.Way path(String from, String to, int depth) {
        StampedNode start = resolve(from);
        StampedNode end = resolve(to);
        Optional<List<Backend.Row>> way =
                backend.way(start.node().id(), end.node().id(), depth);
        Map<NodeId, String> paths = paths(start, way.orElse(List.of()));
        paths.putAll(paths(end, List.of()));
        return new Answer.Way(
                symbol(start.node(), paths),
                symbol(end.node(), paths),
                way.isPresent(),
                way.orElse(List.of()).stream().map(row -> row(row, paths)).toList(),
                standing());
    }

    @Override
    public Answer.CloneGroups clones(CloneQuery query) {
        Set<CloneKind> kinds = query.kind()
                .map(kind -> Set.of(CloneKind.valueOf(kind.toUpperCase(Locale.ROOT))))
                .orElse(EnumSet.allOf(CloneKind.class));
        CloneGroups found = backend.clones(new CloneRequest(kinds, query.minLines(), query.minTokens(), query.limit()));
        Map<NodeId, String> paths = pathsOf(found.groups().stream()
                .flatMap(group -> group.members().stream().map(Duplicate::node)));
        return new Answer.CloneGroups(
                found.groups().stream()
                        .map(group -> new Answer.CloneGroup(
                                name(group.kind()),
                                group.saving(),
                                group.members().size(),
                                duplicates(group.members(), paths)))
                        .toList(),
                found.truncated(),
                standing());
    }

    @Override
    public Answer.Clones clonesOf(String symbol, int limit) {
        Node original = resolve(symbol).node();
        List<Duplicate> found = backend.clonesOf(original.id());
        List<Duplicate> told = found.subList(0, Math.min(limit, found.size()));
        Map<NodeId, String> paths =
                pathsOf(Stream.concat(Stream.of(original), told.stream().map(Duplicate::node)));
        return new Answer.Clones(symbol(original, paths), duplicates(told, paths), found.size() > limit, standing());
    }

    private static List<Answer.Clone> duplicates(List<Duplicate> duplicates, Map<NodeId, String> paths) {
        return duplicates.stream()
                .map(duplicate -> new Answer.Clone(
                        symbol(duplicate.node(), paths),
                        name(duplicate.kind()),
                        duplicate.similarity(),
                        duplicate.tokens()))
                .toList();
    }

    private static String name(CloneKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Map<NodeId, String> pathsOf(Stream<Node> nodes) {
        return backend.paths(nodes.map(Node::file)
                .filter(file -> !file.equals(NodeId.NONE))
                .distinct()
                .toList());
    }

    @Override
    public Answer.Hits search(String text, int limit, Backend.Filter filter) {
        Backend.Hits hits = backend.search(new Backend.Question(text, limit, filter));
        Map<NodeId, String> paths = backend.paths(
                hits.hits().stream().map(hit -> hit.node().file()).distinct().toList());
        return new Answer.Hits(
                hits.shape(),
                hits.hits().stream()
                        .map(hit -> new Answer.Hit(symbol(hit.node(), paths), hit.score(), legs(hit), hit.bonuses()))
                        .toList(),
                hits.skipped(),
                standing());
    }

    private static List<Answer.LegPoints> legs(Backend.Hit hit) {
        return hit.legs().stream()
                .map(leg -> new Answer.LegPoints(leg.leg(), leg.rank(), leg.score(), leg.points()))
                .toList();
    }

    @Override
    public Answer.Packed context(String text, int tokens, boolean markdown, Backend.Filter filter, String model) {
        Backend.Packed packed = backend.pack(
                new Backend.ContextQuestion(Optional.of(text), List.of(), tokens, markdown, filter, model));
        Backend.Counter counter = Backend.Counter.of(model);
        return new Answer.Packed(
                markdown
                        ? List.of()
                        : packed.pieces().stream().map(LocalSource::piece).toList(),
                packed.omitted().stream()
                        .map(each ->
                                new Answer.Omission(each.symbol(), each.id().toString(), each.reason()))
                        .toList(),
                packed.tokens(),
                tokens,
                new Answer.Counter(counter.model(), counter.vocabulary(), counter.marginPercent()),
                markdown ? packed.markdown() : "",
                standing());
    }

    @Override
    public Answer.Tree map(int tokens) {
        RepositoryMap map = backend.map(tokens);
        return new Answer.Tree(
                Json.object(
                        "tokens", map.tokens(),
                        "budget", tokens,
                        "shown", map.shown(),
                        "declarations", map.declarations(),
                        "markdown", map.markdown()),
                standing());
    }

    @Override
    public Answer.Tree ask(AskRequest request, Supplier<ConfigFile> config, Consumer<String> text) {
        return new Answer.Tree(LocalAsk.ask(request, config.get(), backend, text), standing());
    }

    @Override
    public JsonObject traces(String words, int limit) {
        try (Traces kept = kept()) {
            return new JsonObject(Json.object("traces", kept.find(words, limit)));
        }
    }

    @Override
    public JsonObject trace(String id) {
        try (Traces kept = kept()) {
            return new JsonObject(kept.get(id));
        }
    }

    private Traces kept() {
        return Traces.of(backend.storeDirectory(), TraceSettings.DEFAULT);
    }

    @Override
    public Answer.Table query(String script, int rows) {
        Backend.Table table = backend.query(script, Map.of(), new Backend.QueryBounds(rows, QUERY_TIME));
        return new Answer.Table(
                table.headers(),
                table.rows().stream().map(LocalSource::values).toList(),
                table.truncated(),
                standing());
    }

    @Override
    public Answer.Tree log(String symbol, int limit) {
        Resolution resolution = backend.resolve(symbol).orGone(() -> backend.gone(symbol));
        return new Answer.Tree(backend.log(one(symbol, resolution).node(), limit), standing());
    }

    @Override
    public Answer.Tree diff(String from, String to, int limit) {
        return new Answer.Tree(backend.diff(from, to, limit), standing());
    }

    @Override
    public Answer.Tree diffImpact(String from, String to, int depth, int limit) {
        return new Answer.Tree(backend.diffImpact(from, to, depth, limit), standing());
    }

    @Override
    public Places places() {
        return places;
    }

    @Override
    public Answer.Status status() {
        StoreStatus status = workspace.graph().status();
        Answer.Standing standing = standing();
        return new Answer.Status(
                workspace.repositoryRoot().map(Path::toString).orElse(""),
                status.schemaVersion(),
                byName(status.nodes()),
                byName(status.edges()),
                status.vectors(),
                workspace.missingArtifacts(),
                UnreadFiles.of(this, standing),
                "",
                standing);
    }

    @Override
    public void close() {
        workspace.close();
    }

    /** The one node that this name stands for. */
    private StampedNode resolve(String name) {
        return one(name, backend.resolve(name));
    }

    private StampedNode one(String name, Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found(StampedNode node) -> node;
            case Resolution.Missing(String hint) -> throw new QuarryException(ErrorCode.NOT_FOUND, hint);
            case Resolution.Ambiguous(List<StampedNode> candidates) -> {
                Map<NodeId, String> paths = backend.paths(candidates.stream()
                        .map(candidate -> candidate.node().file())
                        .distinct()
                        .toList());
                throw Candidates.ambiguous(
                        name,
                        candidates.stream()
                                .map(candidate -> symbol(candidate.node(), paths))
                                .toList(),
                        places);
            }
        };
    }

    private static Backend.Relationship backendRelationship(Relationship relationship) {
        return switch (relationship) {
            case CALLERS -> Backend.Relationship.CALLERS;
            case CALLEES -> Backend.Relationship.CALLEES;
            case IMPLEMENTATIONS -> Backend.Relationship.IMPLEMENTATIONS;
            case SUBTYPES -> Backend.Relationship.SUBTYPES;
            case IMPACT -> Backend.Relationship.IMPACT;
        };
    }

    private Map<NodeId, String> paths(StampedNode start, List<Backend.Row> rows) {
        Set<NodeId> files = new HashSet<>();
        files.add(start.node().file());
        rows.forEach(row -> files.add(row.node().node().file()));
        files.remove(NodeId.NONE);
        return new LinkedHashMap<>(backend.paths(files));
    }

    private static Answer.Row row(Backend.Row row, Map<NodeId, String> paths) {
        Edge edge = row.via();
        return new Answer.Row(
                symbol(row.node().node(), paths),
                row.depth(),
                new Answer.Via(
                        edge.kind().name(),
                        edge.role(),
                        edge.from().toString(),
                        edge.to().toString(),
                        edge.found().name()),
                sites(edge.sites()));
    }

    private static List<Answer.Site> sites(Sites sites) {
        return IntStream.range(0, sites.count())
                .mapToObj(index -> new Answer.Site(sites.line(index), sites.column(index)))
                .toList();
    }

    private static Answer.Symbol symbol(Node node, Map<NodeId, String> paths) {
        boolean isFile = node.kind() == NodeKind.FILE;
        String path = isFile ? node.qualifiedName() : paths.getOrDefault(node.file(), "");
        return new Answer.Symbol(
                node.symbol(),
                node.id().toString(),
                node.kind().name(),
                path,
                path.isEmpty() ? 0 : Math.max(1, node.span().startLine()),
                path.isEmpty() ? 0 : Math.max(1, node.span().endLine()),
                node.declaration());
    }

    private static Answer.Piece piece(Backend.Piece piece) {
        return new Answer.Piece(
                new Answer.Symbol(
                        piece.symbol(),
                        piece.id().toString(),
                        piece.kind().name(),
                        piece.file(),
                        piece.startLine(),
                        piece.endLine(),
                        ""),
                piece.content().toString(),
                piece.extent(),
                piece.why(),
                piece.text());
    }

    private static List<@Nullable Object> values(List<@Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>(row.size());
        for (Object value : row) {
            values.add(value(value));
        }
        return values;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case List<?> list -> {
                List<@Nullable Object> elements = new ArrayList<>();
                list.forEach(element -> elements.add(value(element)));
                yield elements;
            }
            case null, default -> value;
        };
    }

    private Answer.Standing standing() {
        Backend.Standing standing = backend.standing();
        Freshness freshness = standing.freshness();
        Map<String, Integer> files = new LinkedHashMap<>();
        standing.files().forEach((status, count) -> files.put(status.name(), count));
        return new Answer.Standing(
                files,
                ReportText.callCounts(standing.calls()),
                ReportText.reasons(standing.calls()),
                freshness.sequence(),
                freshness.indexedAt().map(Instant::toString).orElse(""),
                freshness.complete(),
                freshness.textSequence(),
                freshness.vectorSequence(),
                freshness.embedded(),
                freshness.embeddable(),
                freshness.instant(),
                freshness.commit().orElse(""),
                freshness.problems(),
                Answer.Watch.OFF);
    }

    private static Map<String, Long> byName(Map<? extends Enum<?>, Long> counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((kind, count) -> named.put(kind.name(), count));
        return named;
    }
}
