package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What the frameworks make of a small repository, bound without any jar; for tests. */
final class Concepts {
    private final Graph graph;

    private Concepts(Graph graph) {
        this.graph = graph;
    }

    static Concepts of(Path root) {
        return new Concepts(Graph.of(root));
    }

    /** Writes Java files, each introduced by a line {@code // path}. */
    static void write(Path root, String files) {
        for (String file : files.split("(?m)^// ")) {
            if (!file.isBlank()) {
                int line = file.indexOf('\n');
                Graph.write(root, file.substring(0, line).strip(), file.substring(line + 1));
            }
        }
    }

    /** The edges of a kind: {@code from -> to}, then role and detail as far as there are any, each behind a bar. */
    NavigableSet<String> edges(EdgeKind kind) {
        NavigableSet<String> lines = new TreeSet<>();
        for (Edge edge : graph.edges) {
            if (edge.kind() == kind) {
                String role = edge.role().isEmpty() ? "" : " | " + edge.role();
                String detail = edge.detail().isEmpty() ? "" : " | " + edge.detail();
                lines.add(symbol(edge.from()) + " -> " + symbol(edge.to()) + role + detail);
            }
        }
        return lines;
    }

    private String symbol(NodeId id) {
        Node node = graph.nodes.get(id);
        String detail = node != null && node.kind().isConcept() ? node.detail() : "";
        return graph.symbol(id) + (detail.isEmpty() ? "" : " [" + detail + "]");
    }
}
