package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Gathers what the extractors find: each concept once, each edge once with all its places and details. */
final class ConceptGraph {
    private static final Set<NodeKind> OUTSIDE = Set.of(NodeKind.LIBRARY_TYPE, NodeKind.JDK_TYPE, NodeKind.UNRESOLVED);

    private record Key(NodeId from, EdgeKind kind, String role, NodeId to) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = from.compareTo(other.from);
            order = order != 0 ? order : kind.compareTo(other.kind);
            order = order != 0 ? order : role.compareTo(other.role);
            return order != 0 ? order : to.compareTo(other.to);
        }
    }

    /** Where an edge is written, and what is said of it. */
    private static final class Said {
        private int[] places = new int[0];
        private final Set<String> details = new TreeSet<>();

        void add(Sites sites, String detail) {
            int[] more = sites.toPacked();
            if (more.length > 0) {
                int known = places.length;
                places = Arrays.copyOf(places, known + more.length);
                System.arraycopy(more, 0, places, known, more.length);
            }
            if (!detail.isEmpty()) {
                details.add(detail);
            }
        }
    }

    private final Map<NodeId, Node> nodes = new TreeMap<>();
    private final Map<Key, Said> edges = new TreeMap<>();
    private final Map<String, NodeId> leaves = new HashMap<>();
    private final Map<String, NodeId> modules = new HashMap<>();

    /** An empty graph beside what all files share: its leaves and modules can be led to. */
    ConceptGraph(SharedFacts shared) {
        for (Node node : shared.nodes()) {
            if (OUTSIDE.contains(node.kind())) {
                leaves.putIfAbsent(node.qualifiedName(), node.id());
            } else if (node.kind() == NodeKind.MODULE && node.signature().isEmpty()) {
                modules.put(node.qualifiedName(), node.id());
            } else if (node.kind() == NodeKind.REPOSITORY) {
                modules.put("", node.id());
            }
        }
    }

    /** The node of a concept; of two with one name the first detail in the order of the alphabet stays. */
    NodeId concept(NodeKind kind, String name, String signature, String detail) {
        Node node = Node.withoutSyntax(kind, name, name, signature, detail);
        nodes.merge(node.id(), node, (one, other) -> isBetter(one.detail(), other.detail()) ? one : other);
        return node.id();
    }

    /** Something said outweighs nothing, and a meaning outweighs that none is known. */
    private static boolean isBetter(String one, String other) {
        boolean oneOpen = one.isEmpty() || one.startsWith("unresolved");
        boolean otherOpen = other.isEmpty() || other.startsWith("unresolved");
        return oneOpen == otherOpen ? one.compareTo(other) <= 0 : otherOpen;
    }

    /** The names of the concepts of a kind. */
    List<String> names(NodeKind kind) {
        return nodes.values().stream()
                .filter(node -> node.kind() == kind)
                .map(Node::qualifiedName)
                .toList();
    }

    /** A type that the repository does not declare: the leaf that code names, or a bean of that name where none does. */
    NodeId outside(String type) {
        NodeId leaf = leaves.get(type);
        return leaf != null ? leaf : concept(NodeKind.BEAN, type, "", "unresolved: no code names this type");
    }

    /** The module that holds a file, or the repository. */
    NodeId home(String path) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            NodeId module = modules.get(path.substring(0, slash));
            if (module != null) {
                return module;
            }
        }
        NodeId root = modules.getOrDefault(".", modules.get(""));
        if (root == null) {
            throw new IllegalStateException("the shared facts have no repository");
        }
        return root;
    }

    /** Adds an edge, or further places and a further detail of one. */
    void edge(NodeId from, EdgeKind kind, String role, NodeId to, Sites sites, String detail) {
        edges.computeIfAbsent(new Key(from, kind, role, to), _ -> new Said()).add(sites, detail);
    }

    /** What was gathered, in the order of ids. Several details of one edge have a bar between them. */
    DerivedFacts facts() {
        List<Edge> all = new ArrayList<>(edges.size());
        edges.forEach((key, said) -> all.add(new Edge(
                key.from(),
                key.kind(),
                key.role(),
                key.to(),
                Found.FRAMEWORK,
                said.places.length == 0 ? Sites.NONE : Sites.ofPacked(said.places),
                String.join(" | ", said.details))));
        return new DerivedFacts(new ArrayList<>(nodes.values()), all);
    }
}
