package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.NodeId;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** Which types lie below a type: those of the repository, and those outside that its code names. */
final class Subtypes {
    private final IdTable types = new IdTable();
    private IntPairs below = new IntPairs();

    void file(FileFacts facts) {
        for (Edge edge : facts.edges()) {
            if (edge.kind() == EdgeKind.EXTENDS || edge.kind() == EdgeKind.IMPLEMENTS) {
                add(edge.from(), edge.to());
            }
        }
    }

    void add(NodeId type, NodeId supertype) {
        below.add(types.add(supertype), types.add(type));
    }

    /** To be called once, when all is added. */
    void close() {
        below = below.sorted();
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
        Deque<Integer> open = new ArrayDeque<>();
        open.add(type);
        found.set(type);
        while (!open.isEmpty()) {
            int next = open.pop();
            for (int i = below.firstOf(next); i < below.size() && below.from(i) == next; i++) {
                if (!found.get(below.to(i))) {
                    found.set(below.to(i));
                    open.add(below.to(i));
                }
            }
        }
        return found;
    }
}
