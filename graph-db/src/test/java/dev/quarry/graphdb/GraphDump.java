package dev.quarry.graphdb;

import dev.quarry.schema.EdgeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All that a store holds, a line for each thing, so that two stores can be compared. Times are left out. */
final class GraphDump {
    private GraphDump() {}

    static List<String> of(GraphStore graph) {
        List<String> lines = new ArrayList<>();
        lines.add("sequence " + graph.sequence());
        graph.files()
                .values()
                .forEach(file -> lines.add(file + " " + graph.text(file.file().raw())));
        graph.forEachNode(node -> lines.add(node.node().toString()));
        for (EdgeKind kind : EdgeKind.values()) {
            graph.forEachEdge(kind, edge -> lines.add(edge.toString()));
        }
        graph.forEachNodeText((id, text) -> lines.add(id + " " + text + " "
                + Arrays.toString(graph.vectors("model@1", List.of(text)).get(text))));
        return lines;
    }
}
