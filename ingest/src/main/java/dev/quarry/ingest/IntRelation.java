package dev.quarry.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A relation between numbers that is gathered pair by pair, closed, and then follows edits: pairs come and go, and it knows
 * which did since it was settled. What is noted several times goes when it was taken back as often. For one thread.
 *
 * <p>The pairs that were there when it was closed are a sorted array; what has changed since lies beside it, and is brought
 * in once it is much.
 */
final class IntRelation {
    private static final int FEW_CHANGES = 1 << 12;
    private static final int SHARE = 8;

    private IntPairs gathered = new IntPairs();
    private @Nullable Side forth;
    private @Nullable Side back;
    private final Map<Long, Integer> changes = new HashMap<>();

    /** The pairs in one direction. */
    private static final class Side {
        private IntPairs pairs;
        /** How much more often a pair is noted than the array has it; never 0. */
        private final TreeMap<Long, Integer> further = new TreeMap<>();

        Side(IntPairs sorted) {
            pairs = sorted;
        }

        void change(int from, int to, int by) {
            further.merge(IntPairs.pair(from, to), by, (one, other) -> one + other == 0 ? null : one + other);
        }

        int count(int from, int to) {
            int count = further.getOrDefault(IntPairs.pair(from, to), 0);
            for (int i = pairs.firstOf(from, to); i < pairs.size() && pairs.is(i, from, to); i++) {
                count++;
            }
            return count;
        }

        void forEach(int from, IntConsumer taker) {
            for (int i = pairs.firstOf(from, 0); i < pairs.size() && pairs.from(i) == from; i++) {
                boolean isFirst = i == 0 || !pairs.is(i - 1, from, pairs.to(i));
                if (isFirst && (further.isEmpty() || count(from, pairs.to(i)) > 0)) {
                    taker.accept(pairs.to(i));
                }
            }
            if (!further.isEmpty()) {
                further.subMap(IntPairs.pair(from, 0), IntPairs.pair(from + 1, 0))
                        .forEach((pair, count) -> {
                            int to = pair.intValue();
                            int at = pairs.firstOf(from, to);
                            if (count > 0 && (at == pairs.size() || !pairs.is(at, from, to))) {
                                taker.accept(to);
                            }
                        });
            }
        }

        Side reversed() {
            Side reversed = new Side(pairs.reversed());
            further.forEach((pair, count) -> reversed.change(pair.intValue(), (int) (pair >>> Integer.SIZE), count));
            return reversed;
        }

        /** Brings in what has changed, if it is much. */
        void tidy() {
            if (further.size() > Math.max(FEW_CHANGES, pairs.size() / SHARE)) {
                IntPairs all = new IntPairs();
                for (int i = 0; i < pairs.size(); i++) {
                    long pair = IntPairs.pair(pairs.from(i), pairs.to(i));
                    int left = further.getOrDefault(pair, 0);
                    if (left < 0) {
                        further.put(pair, left + 1);
                    } else {
                        all.add(pairs.from(i), pairs.to(i));
                    }
                }
                further.forEach((pair, count) -> {
                    for (int i = 0; i < count; i++) {
                        all.add((int) (pair >>> Integer.SIZE), pair.intValue());
                    }
                });
                further.clear();
                pairs = all.sorted();
            }
        }
    }

    /** Notes a pair; numbers count from 0. */
    void add(int from, int to) {
        if (forth == null) {
            gathered.add(from, to);
        } else {
            change(forth, from, to, 1);
        }
    }

    /** Takes back one note of a pair; only when it is closed. */
    void remove(int from, int to) {
        change(side(), from, to, -1);
    }

    private void change(Side side, int from, int to, int by) {
        side.change(from, to, by);
        if (back != null) {
            back.change(to, from, by);
        }
        changes.merge(IntPairs.pair(from, to), by, Integer::sum);
    }

    /** To be called once, when all pairs are gathered. */
    void close() {
        forth = new Side(gathered.sorted());
        gathered = new IntPairs();
    }

    private Side side() {
        Side side = forth;
        if (side == null) {
            throw new IllegalStateException("the relation is not closed");
        }
        return side;
    }

    /** Takes each number that this one is paired with, once, in no order. */
    void forEach(int from, IntConsumer taker) {
        side().forEach(from, taker);
    }

    /** Takes each number that is paired with this one, once, in no order. */
    void forEachTo(int to, IntConsumer taker) {
        if (back == null) {
            back = side().reversed();
        }
        back.forEach(to, taker);
    }

    boolean has(int from, int to) {
        return side().count(from, to) > 0;
    }

    /** These numbers and all that pairs lead to from them. */
    BitSet reachedFrom(BitSet numbers) {
        return reach(numbers, this::forEach);
    }

    /** These numbers and all from which pairs lead to them. */
    BitSet leadingTo(BitSet numbers) {
        return reach(numbers, this::forEachTo);
    }

    private interface Step {
        void forEach(int number, IntConsumer taker);
    }

    private static BitSet reach(BitSet numbers, Step step) {
        BitSet met = (BitSet) numbers.clone();
        Deque<Integer> open = new ArrayDeque<>();
        numbers.stream().forEach(open::add);
        while (!open.isEmpty()) {
            step.forEach(open.pop(), next -> {
                if (!met.get(next)) {
                    met.set(next);
                    open.add(next);
                }
            });
        }
        return met;
    }

    /** The pairs that came or went since the last call, or since it was closed. */
    List<IntPair> settle() {
        Side side = side();
        List<IntPair> changed = new ArrayList<>();
        changes.forEach((pair, by) -> {
            int from = (int) (pair >>> Integer.SIZE);
            int to = pair.intValue();
            int now = side.count(from, to);
            if (now > 0 != now - by > 0) {
                changed.add(new IntPair(from, to));
            }
        });
        changes.clear();
        side.tidy();
        if (back != null) {
            back.tidy();
        }
        return changed;
    }
}
