package dev.quarry.bench;

import dev.quarry.bench.Truth.Kind;
import java.util.EnumSet;
import java.util.Set;

/**
 * An edge of a graph, as it is compared.
 *
 * @param kinds the kinds that the graph gives it
 * @param certain whether the graph says that the compiler's rules leave no other choice
 */
record GraphEdge(Set<Kind> kinds, boolean certain) {
    /** Both as one, where a source has the same target at several places. */
    GraphEdge and(GraphEdge other) {
        Set<Kind> all = EnumSet.noneOf(Kind.class);
        all.addAll(kinds);
        all.addAll(other.kinds);
        return new GraphEdge(all, certain || other.certain);
    }
}
