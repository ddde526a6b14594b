package dev.quarry.ingest;

import java.util.BitSet;

/** Numbers that are marked, and those whose mark came or went since this was settled. For one thread. */
final class IntMarks {
    private final BitSet marked = new BitSet();
    private BitSet flipped = new BitSet();

    boolean get(int number) {
        return marked.get(number);
    }

    void set(int number, boolean isMarked) {
        if (marked.get(number) != isMarked) {
            marked.set(number, isMarked);
            flipped.flip(number);
        }
    }

    /** All that are marked; a copy. */
    BitSet all() {
        return (BitSet) marked.clone();
    }

    /** The numbers whose mark is another than at the last call. */
    BitSet settle() {
        BitSet changed = flipped;
        flipped = new BitSet();
        return changed;
    }
}
