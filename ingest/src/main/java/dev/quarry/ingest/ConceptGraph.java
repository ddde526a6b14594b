package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Gathers what the extractors find: each concept once, each edge once with all its places and details. */
final class ConceptGraph {
    private record Key(NodeId from, EdgeKind kind, String role, NodeId to) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = from.compareTo(other.from);
            order = order != 0 ? order : kind.compareTo(other.kind);
            order = order != 0 ? order : role.compareTo(other.role);
            return order != 0 ? order : to.compareTo(other.to);
        }
    }

    private final Map<NodeId, Node> nodes = new TreeMap<>();
    private final Map<Key, Edge> edges = new TreeMap<>();

    /** The node of a concept; of two with one name the first detail in the order of the alphabet stays. */
    NodeId concept(NodeKind kind, String name, String signature, String detail) {
        Node node = Node.withoutSyntax(kind, name, name, signature, detail);
        nodes.merge(node.id(), node, (one, other) -> one.detail().compareTo(other.detail()) <= 0 ? one : other);
        return node.id();
    }

    /** Adds an edge, or further places and a further detail of one. */
    void edge(NodeId from, EdgeKind kind, String role, NodeId to, Sites sites, String detail) {
        edges.merge(
                new Key(from, kind, role, to),
                new Edge(from, kind, role, to, Found.FRAMEWORK, sites, detail),
                ConceptGraph::join);
    }

    private static Edge join(Edge one, Edge other) {
        int[] places = IntStream.concat(
                        Arrays.stream(one.sites().toPacked()),
                        Arrays.stream(other.sites().toPacked()))
                .toArray();
        List<String> details = new ArrayList<>(List.of(one.detail().split(" \\| ", -1)));
        if (!details.contains(other.detail())) {
            details.add(other.detail());
        }
        details.removeIf(String::isEmpty);
        details.sort(null);
        return new Edge(
                one.from(),
                one.kind(),
                one.role(),
                one.to(),
                one.found(),
                Sites.ofPacked(places),
                String.join(" | ", details));
    }

    /** What was gathered, in the order of ids. */
    DerivedFacts facts() {
        return new DerivedFacts(new ArrayList<>(nodes.values()), new ArrayList<>(edges.values()));
    }
}
