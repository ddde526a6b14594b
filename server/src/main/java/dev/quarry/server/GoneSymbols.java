package dev.quarry.server;

import dev.quarry.graphdb.History;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import java.util.List;
import java.util.function.Predicate;

/** Finds what a person's text named in former states and is gone by now; names are understood as those of today. */
record GoneSymbols(History history) {
    /** The nodes that may be meant, as they were last; none if the history knows none. */
    List<StampedNode> named(String text) {
        String name = text.strip();
        if (NodeId.isNodeId(name)) {
            NodeId id = NodeId.parse(name);
            return history.gone(node -> node.id().equals(id));
        }
        SymbolPattern pattern = SymbolPattern.parse(name);
        List<StampedNode> fitting = history.gone(
                node -> node.symbol().equals(name) || node.qualifiedName().equals(name) || pattern.matches(node));
        List<StampedNode> exact = preferred(fitting, node -> node.symbol().equals(name));
        return preferred(preferred(exact, node -> !node.kind().isLeaf()), pattern::isWhole);
    }

    private static List<StampedNode> preferred(List<StampedNode> nodes, Predicate<Node> preference) {
        List<StampedNode> kept =
                nodes.stream().filter(node -> preference.test(node.node())).toList();
        return kept.isEmpty() ? nodes : kept;
    }
}
