package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.StampedNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a store calls the repository and the module at its root: as the directory, which may be renamed; work trees with
 * equal files differ in it.
 */
final class StoredNames {
    /** The repository's node. */
    static final NodeId REPOSITORY = NodeId.of(NodeKind.REPOSITORY, "", "");

    /** What the module at the root is called. */
    static final String ROOT_MODULE = ".";

    private final GraphStore graph;

    StoredNames(GraphStore graph) {
        this.graph = graph;
    }

    /** What no single file says, as the store has it but named as this directory; empty where the store names it so. */
    Optional<SharedFacts> renamed(Path root) {
        Path last = root.getFileName();
        String name = last == null ? "" : last.toString();
        boolean isNamed = graph.nodes(List.of(REPOSITORY)).stream()
                .allMatch(stored -> stored.node().name().equals(name));
        return isNamed ? Optional.empty() : Optional.of(shared(name));
    }

    private SharedFacts shared(String name) {
        Map<NodeId, Node> nodes = new TreeMap<>();
        for (StampedNode stored : graph.declaredIn(NodeId.NONE)) {
            Node node = stored.node();
            // A file that could not be read is declared nowhere, and concepts follow from all files: neither is shared.
            if (node.kind() != NodeKind.FILE && !node.kind().isConcept()) {
                nodes.put(node.id(), isRoot(node) ? named(node, name) : node);
            }
        }
        List<Edge> edges = new ArrayList<>();
        Set<EdgeKind> analysed = EnumSet.allOf(EdgeKind.class);
        analysed.removeIf(EdgeKind::isDerived);
        graph.forEachEdge(analysed, edge -> {
            if (nodes.containsKey(edge.from())) {
                edges.add(edge);
            }
        });
        edges.sort(Comparator.comparing(Edge::from).thenComparing(Edge::kind).thenComparing(Edge::to));
        return new SharedFacts(new ArrayList<>(nodes.values()), edges);
    }

    private static boolean isRoot(Node node) {
        return node.kind() == NodeKind.REPOSITORY
                || (node.kind() == NodeKind.MODULE && node.qualifiedName().equals(ROOT_MODULE));
    }

    private static Node named(Node node, String name) {
        String shown = name.isEmpty() ? node.qualifiedName() : name;
        return Node.withoutSyntax(node.kind(), shown, node.qualifiedName(), node.signature(), node.detail());
    }
}
