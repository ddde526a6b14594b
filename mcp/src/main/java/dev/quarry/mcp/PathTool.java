package dev.quarry.mcp;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.server.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tool {@code path}: how one symbol comes to call another. */
final class PathTool {
    static final String NAME = "path";
    private static final int DEPTH = 12;
    private static final int DEPTH_MAX = 32;

    private PathTool() {}

    static Tool over(Graphs graphs) {
        return new Tool(
                NAME,
                "Find a way of calls",
                "Shows a shortest chain of calls from one method or constructor to another, with the lines of each"
                        + " call; says so if there is none.",
                Schemas.arguments(
                        List.of("from", "to"),
                        "from",
                        Schemas.symbolName("the caller"),
                        "to",
                        Schemas.symbolName("what is called in the end"),
                        "depth",
                        Schemas.number("how many calls at most", DEPTH, DEPTH_MAX)),
                Schemas.reply(
                        List.of("from", "to", "found", "steps"),
                        "from",
                        Schemas.symbol(),
                        "to",
                        Schemas.symbol(),
                        "found",
                        Map.of("type", "boolean"),
                        "steps",
                        Schemas.list("each called by the one before", Schemas.symbol())),
                Answers.asking(graphs, PathTool::answer));
    }

    private static Answers answer(Backend backend, Arguments arguments) {
        Node from = Symbols.find(backend, arguments.text("from")).node();
        Node to = Symbols.find(backend, arguments.text("to")).node();
        int depth = arguments.number("depth", DEPTH, DEPTH_MAX);
        Optional<List<Backend.Row>> way = backend.way(from.id(), to.id(), depth);
        List<Node> nodes = new ArrayList<>(List.of(from, to));
        way.orElse(List.of()).forEach(row -> nodes.add(row.node().node()));
        Map<NodeId, String> paths = Symbols.paths(backend, nodes);
        List<Map<String, @Nullable Object>> steps = new ArrayList<>();
        NodeId before = from.id();
        for (Backend.Row row : way.orElse(List.of())) {
            steps.add(RelationsTool.row(row, before, paths));
            before = row.node().node().id();
        }
        Answers answers = new Answers()
                .put("from", Symbols.tree(from, paths))
                .put("to", Symbols.tree(to, paths))
                .put("found", way.isPresent())
                .put("steps", steps)
                .line(Symbols.line(Symbols.tree(from, paths)));
        if (way.isEmpty()) {
            return answers.line("does not call, in at most " + depth + " steps,")
                    .line(Symbols.line(Symbols.tree(to, paths)))
                    .hint("try the other direction, a larger depth, or relations with relation=callers of the target");
        }
        for (Map<String, @Nullable Object> step : steps) {
            Object lines = step.get("via") instanceof Map<?, ?> via ? via.get("lines") : null;
            answers.line("→ " + Symbols.line(step) + (lines == null ? "" : "  called at lines " + lines));
        }
        return answers.hint("context with these symbols packs the source of the whole chain");
    }
}
