package dev.quarry.schema;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the facts of all files together: dispatch, tests, and what frameworks make of the code.
 *
 * @param nodes the concepts that the edges lead to or start from ({@link NodeKind#isConcept})
 * @param edges edges of the derived kinds ({@link EdgeKind#isDerived}) and no others; they may start at any node
 * @param part which nodes and edges these are; null for all that there are
 */
public record DerivedFacts(
        List<Node> nodes, List<Edge> edges, @Nullable Part part) {
    /** Nothing. */
    public static final DerivedFacts NONE = new DerivedFacts(List.of(), List.of());

    /**
     * A part of the derived facts: what else there is stays as it was.
     *
     * @param sources where the edges start, by their kind: these are all of the kind that start there from now on
     * @param gone the concepts that are no more; the nodes are those that are new or others than before
     */
    public record Part(Map<EdgeKind, Set<NodeId>> sources, Set<NodeId> gone) {
        /** Copies the map and the sets. */
        public Part {
            Map<EdgeKind, Set<NodeId>> copy = new EnumMap<>(EdgeKind.class);
            sources.forEach((kind, ids) -> copy.put(kind, Set.copyOf(ids)));
            sources = Collections.unmodifiableMap(copy);
            gone = Set.copyOf(gone);
        }

        /** Whether an edge of this kind that starts at this node is replaced. */
        public boolean replaces(EdgeKind kind, NodeId source) {
            return sources.getOrDefault(kind, Set.of()).contains(source);
        }
    }

    /** Copies the lists. */
    public DerivedFacts {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /** All that follows. */
    public DerivedFacts(List<Node> nodes, List<Edge> edges) {
        this(nodes, edges, null);
    }
}
