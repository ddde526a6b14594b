package dev.quarry.mcp;

import dev.quarry.schema.Edge;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tool {@code relations}: what stands around a symbol. One tool, because its five questions differ in one word. */
final class RelationsTool {
    static final String NAME = "relations";
    private static final int DEPTH_MAX = 32;
    private static final int IMPACT_DEPTH = 3;
    private static final int ROWS = 200;
    private static final int ROWS_MAX = 5_000;
    private static final int LINES_MAX = 10;

    private RelationsTool() {}

    static Tool over(Graphs graphs) {
        return new Tool(
                NAME,
                "Follow relations",
                "Shows what stands around a symbol, nearest first, as the compiler sees it (overrides, dispatch,"
                        + " lambdas and frameworks included): callers, callees, implementations (of a type or method),"
                        + " subtypes, or impact (all that a change of it may reach, tests too). Complete where text search"
                        + " is not.",
                Schemas.arguments(
                        List.of("symbol", "relation"),
                        "symbol",
                        Schemas.symbolName("where to start"),
                        "relation",
                        Schemas.choice("what to follow", relations()),
                        "depth",
                        Map.of(
                                "type",
                                "integer",
                                "description",
                                "how many steps; by default 1, for impact " + IMPACT_DEPTH,
                                "minimum",
                                1,
                                "maximum",
                                DEPTH_MAX),
                        "limit",
                        Schemas.number("how many rows in all", ROWS, ROWS_MAX),
                        "cursor",
                        Schemas.cursor()),
                Schemas.reply(
                        List.of("symbol", "relation", "rows", "truncated"),
                        "symbol",
                        Schemas.symbol(),
                        "relation",
                        Schemas.text("as asked"),
                        "rows",
                        Schemas.list(
                                "nearest first",
                                Schemas.symbol(
                                        "depth", Map.of("type", "integer", "description", "steps from the start"),
                                        "via", edge())),
                        "truncated",
                        Map.of("type", "boolean", "description", "whether 'limit' left rows out")),
                Answers.asking(graphs, RelationsTool::answer));
    }

    private static Map<String, Object> edge() {
        return Schemas.object(
                List.of("kind", "found"),
                "kind",
                Schemas.text("CALLS, OVERRIDES, …"),
                "role",
                Schemas.text("further said of the kind"),
                "found",
                Schemas.text("COMPILER, SYNTAX, FRAMEWORK, …"),
                "of",
                Schemas.text("the id at its other end, if that is not the start"),
                "lines",
                Schemas.list("where it is written, in the file of what it starts from", Map.of("type", "integer")));
    }

    private static List<String> relations() {
        return Stream.of(Backend.Relationship.values())
                .map(relation -> relation.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Answers answer(Backend backend, Arguments arguments) {
        long sequence = backend.standing().freshness().sequence();
        Backend.Relationship relation = relation(arguments.text("relation"));
        StampedNode start = Symbols.find(backend, arguments.text("symbol"));
        int depth = arguments.number("depth", relation == Backend.Relationship.IMPACT ? IMPACT_DEPTH : 1, DEPTH_MAX);
        Backend.Rows reached = backend.related(relation, start, depth, arguments.number("limit", ROWS, ROWS_MAX));
        List<Node> nodes = new ArrayList<>(List.of(start.node()));
        reached.rows().forEach(row -> nodes.add(row.node().node()));
        Map<NodeId, String> paths = Symbols.paths(backend, nodes);
        List<Map<String, @Nullable Object>> rows = reached.rows().stream()
                .map(row -> row(row, start.node().id(), paths))
                .toList();
        Paging.Page<Map<String, @Nullable Object>> page =
                new Paging(NAME, arguments, sequence).page(rows, arguments.optional(Arguments.CURSOR));
        Map<String, @Nullable Object> symbol = Symbols.tree(start.node(), paths);
        Answers answers = new Answers()
                .put("symbol", symbol)
                .put("relation", name(relation))
                .put("rows", page.rows())
                .put("truncated", reached.truncated())
                .line(rows.size() + (reached.truncated() ? " or more " : " ") + name(relation) + " of "
                        + Symbols.line(symbol));
        page.rows().forEach(row -> answers.line(line(row)));
        if (reached.truncated()) {
            answers.hint("'limit' left rows out: ask with a larger one, or with a smaller depth");
        }
        return hints(answers.next(page.next()), relation, rows.isEmpty());
    }

    private static Answers hints(Answers answers, Backend.Relationship relation, boolean isEmpty) {
        if (!isEmpty) {
            return answers.hint(
                    "symbol with the id of a row reads it; path shows how one symbol comes to call another");
        }
        return switch (relation) {
            case CALLERS ->
                answers.hint(
                        "nothing calls it in the repository: relation=impact shows other uses; what it overrides or"
                                + " what a framework calls has its callers there");
            case CALLEES -> answers.hint("it calls nothing");
            default -> answers.hint("there are none in the repository");
        };
    }

    private static String line(Map<String, @Nullable Object> row) {
        StringBuilder line = new StringBuilder("- ").append(Symbols.line(row));
        if (row.get("via") instanceof Map<?, ?> via) {
            line.append("  ").append(via.get("kind"));
            if (via.get("lines") != null) {
                line.append(" at lines ").append(via.get("lines"));
            }
        }
        return line.append("  step ").append(row.get("depth")).toString();
    }

    /** A row of what a traversal reaches. */
    static Map<String, @Nullable Object> row(Backend.Row row, NodeId start, Map<NodeId, String> paths) {
        Edge edge = row.via();
        NodeId id = row.node().node().id();
        NodeId other = edge.from().equals(id) ? edge.to() : edge.from();
        List<Integer> lines = IntStream.range(
                        0, Math.min(LINES_MAX, edge.sites().count()))
                .mapToObj(edge.sites()::line)
                .distinct()
                .toList();
        Map<String, @Nullable Object> tree = Symbols.tree(row.node().node(), paths);
        tree.put("depth", row.depth());
        tree.put(
                "via",
                Trees.object(
                        "kind", edge.kind().name(),
                        "role", edge.role(),
                        "found", edge.found().name(),
                        "of", other.equals(start) ? null : other.toString(),
                        "lines", lines.isEmpty() ? null : lines));
        return tree;
    }

    private static String name(Backend.Relationship relation) {
        return relation.name().toLowerCase(Locale.ROOT);
    }

    private static Backend.Relationship relation(String name) {
        for (Backend.Relationship relation : Backend.Relationship.values()) {
            if (name(relation).equals(name)) {
                return relation;
            }
        }
        throw new QuarryException(
                ErrorCode.BAD_INPUT, "'" + name + "' is no relation: use one of " + String.join(", ", relations()));
    }
}
