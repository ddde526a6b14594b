package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** What frameworks and module descriptors make of all files: concluded as a whole, and compared with what it was before. */
final class FurtherFacts {
    private final Map<NodeId, Node> nodes = new TreeMap<>();
    private final Map<NodeId, List<Edge>> bySource = new TreeMap<>();
    private final Set<NodeId> ends = new HashSet<>();

    /** Of several conclusions; a node or an edge that several name is the first one's. */
    FurtherFacts(List<DerivedFacts> all) {
        List<Edge> edges = new ArrayList<>();
        for (DerivedFacts facts : all) {
            facts.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
            edges.addAll(facts.edges());
        }
        for (Edge edge : Derivations.sorted(edges)) {
            bySource.computeIfAbsent(edge.from(), _ -> new ArrayList<>(1)).add(edge);
            ends.add(edge.from());
            ends.add(edge.to());
        }
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    List<Edge> edges() {
        return bySource.values().stream().flatMap(List::stream).toList();
    }

    /** The edges of a kind that start at a node. */
    List<Edge> edges(NodeId source, EdgeKind kind) {
        return bySource.getOrDefault(source, List.of()).stream()
                .filter(edge -> edge.kind() == kind)
                .toList();
    }

    /** Whether an edge starts or ends at the node. */
    boolean hasEnd(NodeId id) {
        return ends.contains(id);
    }

    /** The nodes that were not there before, or were others. */
    List<Node> nodesSince(FurtherFacts before) {
        return Identity.same(this, before)
                ? List.of()
                : nodes.values().stream()
                        .filter(node -> !node.equals(before.nodes.get(node.id())))
                        .toList();
    }

    /** The ids of the nodes that others do not have. */
    Set<NodeId> nodesNotIn(FurtherFacts after) {
        Set<NodeId> gone = new HashSet<>(nodes.keySet());
        gone.removeAll(after.nodes.keySet());
        return gone;
    }

    /** Takes each source and kind whose edges are others than before. */
    void forEachChange(FurtherFacts before, BiConsumer<NodeId, EdgeKind> taker) {
        if (Identity.same(this, before)) {
            return;
        }
        Set<NodeId> sources = new HashSet<>(bySource.keySet());
        sources.addAll(before.bySource.keySet());
        for (NodeId source : sources) {
            Map<EdgeKind, List<Edge>> now = byKind(source);
            Map<EdgeKind, List<Edge>> then = before.byKind(source);
            Set<EdgeKind> kinds = new HashSet<>(now.keySet());
            kinds.addAll(then.keySet());
            kinds.stream()
                    .filter(kind -> !now.getOrDefault(kind, List.of()).equals(then.getOrDefault(kind, List.of())))
                    .forEach(kind -> taker.accept(source, kind));
        }
    }

    private Map<EdgeKind, List<Edge>> byKind(NodeId source) {
        Map<EdgeKind, List<Edge>> kinds = new HashMap<>();
        bySource.getOrDefault(source, List.of())
                .forEach(edge -> kinds.computeIfAbsent(edge.kind(), _ -> new ArrayList<>(1))
                        .add(edge));
        return kinds;
    }
}
