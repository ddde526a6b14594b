package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.NodeId;
import java.util.BitSet;

/** Which types lie below a type: those of the repository, and those outside that its code names. */
final class Subtypes {
    private final IdTable types = new IdTable();
    private final IntRelation below = new IntRelation();

    /** Notes what a file says, or takes it back. */
    void file(FileFacts facts, boolean comes) {
        for (Edge edge : facts.edges()) {
            if (edge.kind() == EdgeKind.EXTENDS || edge.kind() == EdgeKind.IMPLEMENTS) {
                note(edge.from(), edge.to(), comes);
            }
        }
    }

    /** Notes that a type lies below another, or takes it back. */
    void note(NodeId type, NodeId supertype, boolean comes) {
        if (comes) {
            below.add(types.add(supertype), types.add(type));
        } else {
            below.remove(types.add(supertype), types.add(type));
        }
    }

    /** To be called once, when all is added. */
    void close() {
        below.close();
    }

    /** The types that have others below them than at the last call. */
    BitSet changes() {
        BitSet changed = new BitSet();
        below.settle().forEach(pair -> changed.set(pair.from()));
        return below.leadingTo(changed);
    }

    /** The number of a type; a new one if it has none. */
    int number(NodeId type) {
        return types.add(type);
    }

    /** The type with this number. */
    NodeId id(int number) {
        return types.id(number);
    }

    /** The type itself and all below it. */
    BitSet of(int type) {
        BitSet found = new BitSet();
        found.set(type);
        return of(found);
    }

    /** These types and all below them. */
    BitSet of(BitSet above) {
        return below.reachedFrom(above);
    }
}
