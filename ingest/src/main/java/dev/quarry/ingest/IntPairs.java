package dev.quarry.ingest;

import java.util.Arrays;

/** Pairs of numbers in the order of arrival: edges between nodes that an {@link IdTable} numbers. */
final class IntPairs {
    private long[] pairs = new long[1 << 10];
    private int count;

    /** A pair as one number, in the order of its first number, then of its second. */
    static long pair(int from, int to) {
        return (long) from << Integer.SIZE | Integer.toUnsignedLong(to);
    }

    void add(int from, int to) {
        if (count == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * count);
        }
        pairs[count++] = pair(from, to);
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

    boolean is(int index, int from, int to) {
        return pairs[index] == pair(from, to);
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

    /** The index of the first pair that is this one or comes after it; only for sorted pairs. */
    int firstOf(int from, int to) {
        long wanted = pair(from, to);
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (pairs[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
