package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.List;
import java.util.Map;

/**
 * What differs between two states, net: what came and went in between is not in it.
 *
 * @param nodes in the order of their ids
 * @param edges in the order of their sources, kinds, roles and targets
 * @param around nodes that did not change and that these edges start or end at, or that enclose these nodes
 */
public record Difference(List<Change<Node>> nodes, List<Change<Edge>> edges, Map<NodeId, Node> around) {
    /** Copies the collections. */
    public Difference {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        around = Map.copyOf(around);
    }
}
