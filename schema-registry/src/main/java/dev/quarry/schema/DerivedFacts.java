package dev.quarry.schema;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the facts of all files together: dispatch, tests, and what frameworks make of the code.
 *
 * @param nodes the concepts that the edges lead to or start from ({@link NodeKind#isConcept})
 * @param edges edges of the derived kinds ({@link EdgeKind#isDerived}) and no others; they may start at any node
 * @param part which edges these are; null for all that there are
 */
public record DerivedFacts(
        List<Node> nodes, List<Edge> edges, @Nullable Part part) {
    /** Nothing. */
    public static final DerivedFacts NONE = new DerivedFacts(List.of(), List.of());

    /**
     * A part of the derived facts: what else there is stays as it was.
     *
     * @param kind the kind of the edges
     * @param sources where they start
     */
    public record Part(EdgeKind kind, Set<NodeId> sources) {
        /** Copies the set. */
        public Part {
            sources = Set.copyOf(sources);
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
