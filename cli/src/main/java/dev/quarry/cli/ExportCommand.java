package dev.quarry.cli;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.GroundTruthLines;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** {@code quarry export KIND}: all edges of a kind, as lines that graphs of different tools are compared by. */
final class ExportCommand implements Command {
    private static final String KINDS = Arrays.stream(GroundTruthLines.Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));

    @Override
    public CommandSpec spec() {
        return new CommandSpec(
                "export",
                "write all edges of a kind, from and to separated by a tab",
                List.of("KIND"),
                List.of(CommonOptions.AT),
                "KIND is one of " + KINDS + ". Types have their binary names, methods their erased parameter types."
                        + " With --json the rows are an array of arrays.");
    }

    @Override
    public ExitCode run(Arguments arguments, Terminal terminal) {
        GroundTruthLines.Kind kind = kind(arguments.operand(0));
        boolean json = arguments.has(CommonOptions.JSON);
        Path store = StoreLocation.existing(arguments.value(CommonOptions.STORE), terminal.directory());
        try (Workspace workspace = Stores.reading(store)) {
            Optional<String> at = arguments.value(CommonOptions.AT);
            if (at.isEmpty()) {
                return write(workspace.graph(), kind, json, terminal);
            }
            return workspace.at(at.get(), false, view -> write(view.graph(), kind, json, terminal));
        }
    }

    private static ExitCode write(GraphStore graph, GroundTruthLines.Kind kind, boolean json, Terminal terminal) {
        Map<NodeId, Node> nodes = new HashMap<>();
        graph.forEachNode((StampedNode node) -> nodes.put(node.node().id(), node.node()));
        Consumer<String> rows = json ? new JsonRows(terminal) : terminal::line;
        if (json) {
            terminal.line("[");
        }
        for (EdgeKind edgeKind : EdgeKind.values()) {
            if (kind.includes(edgeKind)) {
                graph.forEachEdge(edgeKind, edge -> {
                    GroundTruthLines.line(kind, edge, id -> Optional.ofNullable(nodes.get(id)))
                            .ifPresent(rows);
                    AnswerStream.check(terminal.out());
                });
            }
        }
        if (json) {
            terminal.line("\n]");
        }
        return ExitCode.OK;
    }

    /** Writes each row as an array of its values, one a line, as they come. */
    private static final class JsonRows implements Consumer<String> {
        private final Terminal terminal;
        private boolean isFirst = true;

        JsonRows(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void accept(String row) {
            terminal.out().print((isFirst ? "" : ",\n") + Json.line(List.of(row.split("\t", -1))));
            isFirst = false;
        }
    }

    private static GroundTruthLines.Kind kind(String name) {
        for (GroundTruthLines.Kind kind : GroundTruthLines.Kind.values()) {
            if (kind.name().equalsIgnoreCase(name)) {
                return kind;
            }
        }
        throw new UsageException("'" + name + "' cannot be exported: name one of " + KINDS);
    }
}
