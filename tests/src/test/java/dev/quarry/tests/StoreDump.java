package dev.quarry.tests;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All that a store says of its repository, in an order of its own: two stores of the same sources dump the same. */
final class StoreDump {
    private StoreDump() {}

    /** One line for each file, node and edge; without the versions, which tell when and not what. */
    static List<String> of(Path store) {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            return of(graph);
        }
    }

    /** The same, and which text with a vector stands for each node; without the vectors' elements. */
    static List<String> withVectors(Path store) {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            List<String> lines = new ArrayList<>(of(graph));
            String model =
                    graph.meta("embedded").map(mark -> mark.split(" ")[0]).orElse("");
            graph.forEachNodeText((node, text) -> {
                if (graph.knownTexts(model, List.of(text)).containsKey(text)) {
                    lines.add("vector " + node + " " + text);
                }
            });
            lines.sort(null);
            return lines;
        }
    }

    /** An edge with its ends. */
    record Line(Edge edge, Node from, Node to) {}

    /** All edges. */
    static List<Line> edges(Path store) {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            Map<NodeId, Node> nodes = new HashMap<>();
            graph.forEachNode(node -> nodes.put(node.node().id(), node.node()));
            List<Line> lines = new ArrayList<>();
            for (EdgeKind kind : EdgeKind.values()) {
                graph.forEachEdge(
                        kind,
                        edge -> lines.add(new Line(
                                edge,
                                Objects.requireNonNull(nodes.get(edge.from()), "an edge from nowhere"),
                                Objects.requireNonNull(nodes.get(edge.to()), "an edge to nowhere"))));
            }
            return lines;
        }
    }

    /** The same of an open store. */
    static List<String> of(GraphStore graph) {
        List<String> lines = new ArrayList<>();
        graph.files()
                .forEach((path, file) ->
                        lines.add("file " + path + " " + file.file().withoutReasons() + " " + file.facts()));
        Map<NodeId, String> names = new HashMap<>();
        graph.forEachNode(node -> {
            names.put(node.node().id(), node.node().kind() + " " + node.node().symbol());
            lines.add("node " + node.node());
        });
        for (EdgeKind kind : EdgeKind.values()) {
            graph.forEachEdge(
                    kind,
                    edge -> lines.add("edge " + kind + " " + edge.role() + " " + names.get(edge.from()) + " -> "
                            + names.get(edge.to()) + " " + edge.found() + " " + edge.sites() + " " + edge.detail()));
        }
        lines.sort(null);
        return lines;
    }
}
