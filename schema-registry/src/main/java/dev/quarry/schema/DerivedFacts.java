package dev.quarry.schema;

import java.util.List;

/**
 * What follows from the facts of all files together: dispatch, tests, and what frameworks make of the code.
 *
 * @param nodes the concepts that the edges lead to or start from ({@link NodeKind#isConcept})
 * @param edges edges of the derived kinds ({@link EdgeKind#isDerived}) and no others; they may start at any node
 */
public record DerivedFacts(List<Node> nodes, List<Edge> edges) {
    /** Nothing. */
    public static final DerivedFacts NONE = new DerivedFacts(List.of(), List.of());

    /** Copies the lists. */
    public DerivedFacts {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
