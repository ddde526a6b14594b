package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Where values of functional interfaces come from: followed backwards from slot to slot through parameters, results, fields
 * and local variables, without regard to the order of the code or to which caller it is.
 */
final class FunctionFlow {
    /** How many slots are looked at from one; what lies beyond is not seen. */
    private static final int MAX_SLOTS = 1_024;

    private final IdTable slots = new IdTable();
    private final IdTable methods;
    private IntPairs into = new IntPairs();
    private IntPairs passed = new IntPairs();

    /**
     * An empty flow.
     *
     * @param methods numbers of methods
     */
    FunctionFlow(IdTable methods) {
        this.methods = methods;
    }

    void notes(CallNotes notes) {
        for (CallNotes.Pair flow : notes.flows) {
            into.add(slots.add(flow.to()), slots.add(flow.from()));
        }
        for (CallNotes.Passed pass : notes.passed) {
            passed.add(methods.add(pass.method()), pass.parameter() + 1);
        }
    }

    /** The number of a slot; a new one if it has none; -1 for none. */
    int number(NodeId slot) {
        return slot.equals(NodeId.NONE) ? -1 : slots.add(slot);
    }

    /** To be called once, when all is noted: what goes into a method goes into its overrides, and comes out of them. */
    void close(TypeHierarchy hierarchy) {
        passed = passed.sorted();
        for (int i = 0; i < passed.size(); i++) {
            if (i > 0 && passed.from(i) == passed.from(i - 1) && passed.to(i) == passed.to(i - 1)) {
                continue;
            }
            int parameter = passed.to(i) - 1;
            NodeId method = methods.id(passed.from(i));
            if (parameter >= 0) {
                List<Integer> closure = hierarchy.closureOf(passed.from(i));
                for (int overrider : closure.subList(1, closure.size())) {
                    into.add(
                            slots.add(Slots.parameter(methods.id(overrider), parameter)),
                            slots.add(Slots.parameter(method, parameter)));
                }
            } else {
                for (int overridden : hierarchy.overriddenBy(passed.from(i))) {
                    into.add(
                            slots.add(Slots.parameter(methods.id(overridden), -1)),
                            slots.add(Slots.parameter(method, -1)));
                }
            }
        }
        into = into.sorted();
    }

    /** The slots whose values may get into this one, itself among them. */
    BitSet sourcesOf(int slot) {
        BitSet found = new BitSet();
        found.set(slot);
        Deque<Integer> open = new ArrayDeque<>(List.of(slot));
        int seen = 1;
        while (!open.isEmpty()) {
            int next = open.pop();
            for (int i = into.firstOf(next); i < into.size() && into.from(i) == next && seen < MAX_SLOTS; i++) {
                if (!found.get(into.to(i))) {
                    found.set(into.to(i));
                    open.add(into.to(i));
                    seen++;
                }
            }
        }
        return found;
    }
}
