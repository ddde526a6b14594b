package dev.quarry.schema;

import java.util.List;

/**
 * What no single file says: repository, modules, packages, and the leaves that files' edges end in. Its edges start at its
 * own nodes.
 */
public record SharedFacts(List<Node> nodes, List<Edge> edges) {
    /** Copies the lists. */
    public SharedFacts {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
