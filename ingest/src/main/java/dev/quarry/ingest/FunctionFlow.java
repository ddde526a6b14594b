package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where values of functional interfaces come from: followed backwards from slot to slot through parameters, results, fields
 * and local variables, without regard to the order of the code or to which caller it is.
 */
final class FunctionFlow {
    /** How many slots are looked at from one; what lies beyond is not seen. */
    private static final int MAX_SLOTS = 1_024;

    private final IdTable slots = new IdTable();
    private final IdTable methods;
    /** From a slot to those that its values come from. */
    private final IntRelation into = new IntRelation();
    /** From a method to its parameters plus 1 that something is passed for; 0 for its result. */
    private final IntRelation passed = new IntRelation();
    /** What is passed for a parameter of a method goes into its overrides: the pairs of slots, by method and parameter. */
    private final Map<IntPair, List<IntPair>> inherited = new HashMap<>();

    /**
     * An empty flow.
     *
     * @param methods numbers of methods
     */
    FunctionFlow(IdTable methods) {
        this.methods = methods;
    }

    /** Notes what is known of a file's calls, or takes it back. */
    void notes(CallNotes notes, boolean comes) {
        for (CallNotes.Pair flow : notes.flows) {
            note(into, new IntPair(slots.add(flow.to()), slots.add(flow.from())), comes);
        }
        for (CallNotes.Passed pass : notes.passed) {
            note(passed, new IntPair(methods.add(pass.method()), pass.parameter() + 1), comes);
        }
    }

    private static void note(IntRelation relation, IntPair pair, boolean comes) {
        if (comes) {
            relation.add(pair.from(), pair.to());
        } else {
            relation.remove(pair.from(), pair.to());
        }
    }

    /** The number of a slot; a new one if it has none; -1 for none. */
    int number(NodeId slot) {
        return slot.equals(NodeId.NONE) ? -1 : slots.add(slot);
    }

    /** To be called once, when all is noted: what goes into a method goes into its overrides, and comes out of them. */
    void close(TypeHierarchy hierarchy) {
        passed.close();
        for (int method = 0; method < methods.size(); method++) {
            inherit(method, hierarchy);
        }
        into.close();
    }

    private void inherit(int method, TypeHierarchy hierarchy) {
        passed.forEach(method, parameter -> {
            List<IntPair> pairs = inherited(method, parameter - 1, hierarchy);
            if (!pairs.isEmpty()) {
                inherited.put(new IntPair(method, parameter), pairs);
                pairs.forEach(pair -> note(into, pair, true));
            }
        });
    }

    private List<IntPair> inherited(int method, int parameter, TypeHierarchy hierarchy) {
        List<IntPair> pairs = new ArrayList<>();
        BitSet self = new BitSet();
        self.set(method);
        int slot = slots.add(Slots.parameter(methods.id(method), parameter));
        if (parameter >= 0) {
            hierarchy.overriding(self).stream()
                    .filter(each -> each != method)
                    .forEach(each ->
                            pairs.add(new IntPair(slots.add(Slots.parameter(methods.id(each), parameter)), slot)));
        } else {
            hierarchy.overriddenBy(self).stream()
                    .filter(each -> each != method)
                    .forEach(each ->
                            pairs.add(new IntPair(slots.add(Slots.parameter(methods.id(each), parameter)), slot)));
        }
        return pairs;
    }

    /** The slots that other values may get into than at the last call, given which overrides came or went. */
    BitSet changes(TypeHierarchy hierarchy, List<IntPair> overridden) {
        BitSet upper = new BitSet();
        BitSet lower = new BitSet();
        for (IntPair pair : overridden) {
            upper.set(pair.from());
            lower.set(pair.to());
        }
        BitSet concerned = hierarchy.overriddenBy(upper);
        concerned.or(hierarchy.overriding(lower));
        passed.settle().forEach(pair -> {
            concerned.set(pair.from());
            takeBack(pair);
        });
        concerned.stream().forEach(method -> {
            passed.forEach(method, parameter -> takeBack(new IntPair(method, parameter)));
            inherit(method, hierarchy);
        });
        BitSet changed = new BitSet();
        into.settle().forEach(pair -> changed.set(pair.from()));
        return into.leadingTo(changed);
    }

    private void takeBack(IntPair pass) {
        List<IntPair> pairs = inherited.remove(pass);
        if (pairs != null) {
            pairs.forEach(pair -> note(into, pair, false));
        }
    }

    /** The slots whose values may get into this one, itself among them. */
    BitSet sourcesOf(int slot) {
        BitSet found = sourcesOf(slot, false);
        return found.cardinality() < MAX_SLOTS ? found : sourcesOf(slot, true);
    }

    /** Where not all are looked at, the order decides: then it is that of ids, which no numbering changes. */
    private BitSet sourcesOf(int slot, boolean byId) {
        BitSet found = new BitSet();
        found.set(slot);
        Deque<Integer> open = new ArrayDeque<>(List.of(slot));
        int seen = 1;
        while (!open.isEmpty() && seen < MAX_SLOTS) {
            List<Integer> next = new ArrayList<>();
            into.forEach(open.pop(), next::add);
            if (byId) {
                next.sort(Comparator.comparing(slots::id));
            }
            for (int source : next) {
                if (seen < MAX_SLOTS && !found.get(source)) {
                    found.set(source);
                    open.add(source);
                    seen++;
                }
            }
        }
        return found;
    }
}
