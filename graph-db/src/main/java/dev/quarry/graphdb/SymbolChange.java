package dev.quarry.graphdb;

import dev.quarry.schema.Node;
import java.util.Set;

/**
 * What a state brought for one node.
 *
 * @param node the node before and after
 * @param what in which respects it changed
 * @param callersAdded how many edges from callers it gained
 * @param callersRemoved how many it lost
 */
public record SymbolChange(
        HistoryState state, Change<Node> node, Set<Aspect> what, int callersAdded, int callersRemoved) {
    /** Copies the set. */
    public SymbolChange {
        what = Set.copyOf(what);
    }

    /** In what respect a node can change. */
    public enum Aspect {
        /** It is there as far back as the history goes. */
        FIRST,
        ADDED,
        REMOVED,
        /** Its tokens: its body, its declaration, for a type also its members. */
        CONTENT,
        /** The head of its declaration: modifiers, return type, type parameters, supertypes. */
        DECLARATION,
        /** Its documentation comment. */
        DOC,
        /** The file that it is in. */
        PLACE,
        /** What else is known of it. */
        DETAIL,
        /** What calls it. */
        CALLERS
    }
}
