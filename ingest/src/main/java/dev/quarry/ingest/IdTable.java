package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import java.util.Arrays;

/**
 * Small numbers for ids, from 0 in the order of arrival: 24 bytes or so for each id, where a map of objects takes four
 * times as much.
 */
final class IdTable {
    private static final int START = 1 << 10;

    private long[] high = new long[START];
    private long[] low = new long[START];
    /** Numbers plus 1 by the bits of their ids, with linear probing; 0 is free. At most half full. */
    private int[] slots = new int[2 * START];

    private int count;

    int size() {
        return count;
    }

    /** The number of an id; a new one if it has none. */
    int add(NodeId id) {
        int slot = slot(id.high(), id.low());
        if (slots[slot] != 0) {
            return slots[slot] - 1;
        }
        if (count == high.length) {
            grow();
            slot = slot(id.high(), id.low());
        }
        high[count] = id.high();
        low[count] = id.low();
        slots[slot] = ++count;
        return count - 1;
    }

    /** The number of an id, or -1. */
    int find(NodeId id) {
        return slots[slot(id.high(), id.low())] - 1;
    }

    /** The id with this number. */
    NodeId id(int number) {
        return new NodeId(high[number], low[number]);
    }

    private int slot(long idHigh, long idLow) {
        int slot = (int) idLow & (slots.length - 1);
        while (slots[slot] != 0 && (high[slots[slot] - 1] != idHigh || low[slots[slot] - 1] != idLow)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        high = Arrays.copyOf(high, 2 * count);
        low = Arrays.copyOf(low, 2 * count);
        slots = new int[4 * count];
        for (int number = 0; number < count; number++) {
            slots[slot(high[number], low[number])] = number + 1;
        }
    }
}
