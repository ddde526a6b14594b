package dev.quarry.ingest;

import java.util.Arrays;

/** Pairs of numbers in the order of arrival: edges between nodes that an {@link IdTable} numbers. */
final class IntPairs {
    private long[] pairs = new long[1 << 10];
    private int count;

    void add(int from, int to) {
        if (count == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * count);
        }
        pairs[count++] = (long) from << Integer.SIZE | Integer.toUnsignedLong(to);
    }

    int size() {
        return count;
    }

    int from(int index) {
        return (int) (pairs[index] >>> Integer.SIZE);
    }

    int to(int index) {
        return (int) pairs[index];
    }

    /** The same pairs, sorted by their first number, then by their second. */
    IntPairs sorted() {
        IntPairs sorted = new IntPairs();
        sorted.pairs = Arrays.copyOf(pairs, Math.max(1, count));
        sorted.count = count;
        Arrays.sort(sorted.pairs, 0, count);
        return sorted;
    }

    /** The pairs the other way round, sorted. */
    IntPairs reversed() {
        IntPairs reversed = new IntPairs();
        reversed.pairs = new long[Math.max(1, count)];
        reversed.count = count;
        for (int i = 0; i < count; i++) {
            reversed.pairs[i] = pairs[i] << Integer.SIZE | pairs[i] >>> Integer.SIZE;
        }
        Arrays.sort(reversed.pairs, 0, count);
        return reversed;
    }

    /** The index of the first pair that begins with this number; only for sorted pairs. */
    int firstOf(int from) {
        int at = Arrays.binarySearch(pairs, 0, count, (long) from << Integer.SIZE);
        return at < 0 ? -at - 1 : at;
    }
}
