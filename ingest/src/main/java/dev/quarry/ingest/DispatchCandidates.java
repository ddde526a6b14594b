package dev.quarry.ingest;

import dev.quarry.schema.FileFacts;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which methods and which inline code implement or override a method, for receivers of a type. */
final class DispatchCandidates {
    /**
     * A method that overrides another.
     *
     * @param type a number of {@link Subtypes}: the type that has the method, declared or inherited
     */
    record Overrider(int method, int type, boolean isInstantiated) {}

    /**
     * Inline code that implements a method.
     *
     * @param holder the callable that holds the code
     * @param type a number of {@link Subtypes}: the supertype that the code is made for
     * @param slot where its value is made; -1 for none
     */
    record Code(int holder, int type, int slot, boolean isFunction) {}

    private final IdTable ids;
    private final TypeHierarchy hierarchy;
    private final FunctionFlow flow;
    private final Subtypes subtypes = new Subtypes();
    private final BitSet ownTypes = new BitSet();
    private final IntPairs codeOf = new IntPairs();
    private final List<Code> codes = new ArrayList<>();
    private final IntPairs inheritedOf = new IntPairs();
    private final List<Overrider> inherited = new ArrayList<>();
    private final Map<Integer, List<Overrider>> overrides = new HashMap<>();
    private final Map<Integer, List<Integer>> closures = new HashMap<>();
    private IntPairs codeSorted = codeOf;
    private IntPairs inheritedSorted = inheritedOf;

    DispatchCandidates(IdTable ids, TypeHierarchy hierarchy, FunctionFlow flow) {
        this.ids = ids;
        this.hierarchy = hierarchy;
        this.flow = flow;
    }

    void notes(CallNotes notes) {
        notes.supertypes.forEach(pair -> subtypes.add(pair.from(), pair.to()));
        notes.overrides.forEach(pair -> hierarchy.overrides(pair.from(), pair.to()));
        for (CallNotes.Held held : notes.code) {
            CallNotes.Inline code = held.code();
            codeOf.add(ids.add(code.method()), codes.size());
            codes.add(new Code(
                    ids.add(held.holder()), subtypes.number(code.type()), flow.number(code.slot()), code.isFunction()));
        }
        for (CallNotes.Inherited each : notes.inherited) {
            inheritedOf.add(ids.add(each.method()), inherited.size());
            inherited.add(new Overrider(ids.add(each.implementation()), subtypes.number(each.type()), false));
        }
    }

    void file(FileFacts facts) {
        subtypes.file(facts);
        facts.nodes().stream()
                .filter(node -> node.kind().isType())
                .forEach(node -> ownTypes.set(subtypes.number(node.id())));
    }

    /** The number of a receiver's type; -1 for none. */
    int type(NodeId type) {
        return type.equals(NodeId.NONE) ? -1 : subtypes.number(type);
    }

    /** Whether the repository declares the type. */
    boolean isOwn(int type) {
        return type >= 0 && ownTypes.get(type);
    }

    /** To be called once, when all files were seen. */
    void close() {
        subtypes.close();
        codeSorted = codeOf.sorted();
        inheritedSorted = inheritedOf.sorted();
    }

    private List<Integer> closureOf(int method) {
        return closures.computeIfAbsent(method, hierarchy::closureOf);
    }

    /**
     * The methods with a body that may run in place of a method.
     *
     * @param receiver the receiver's type; -1 for the type that declares the method
     * @return those of instantiated types first, then the nearest, then by id
     */
    List<Overrider> overrides(int method, int receiver) {
        List<Overrider> all = overrides.computeIfAbsent(method, this::findOverrides);
        if (all.isEmpty()) {
            return all;
        }
        BitSet below = receiver < 0 ? null : subtypes.of(receiver);
        return all.stream()
                .filter(candidate -> !hierarchy.isAbstract(candidate.method()))
                .filter(candidate -> below == null || mayRun(candidate, all, method, below))
                .toList();
    }

    /** All that override a method, those without a body too. */
    private List<Overrider> findOverrides(int method) {
        List<Overrider> found = new ArrayList<>();
        for (int each : closureOf(method)) {
            int owner = each == method ? -1 : hierarchy.owner(each);
            if (owner >= 0) {
                found.add(new Overrider(each, subtypes.number(ids.id(owner)), hierarchy.isInstantiated(owner)));
            }
            int at = inheritedSorted.firstOf(each);
            for (; at < inheritedSorted.size() && inheritedSorted.from(at) == each; at++) {
                Overrider one = inherited.get(inheritedSorted.to(at));
                found.add(new Overrider(one.method(), one.type(), isInstantiated(one.type())));
            }
        }
        found.sort(Comparator.comparing(candidate -> !candidate.isInstantiated()));
        return found;
    }

    private boolean isInstantiated(int type) {
        int number = ids.find(subtypes.id(type));
        return hierarchy.isInstantiated(number);
    }

    /** Whether some type below the receiver's has this method, and not another of those that override it. */
    private boolean mayRun(Overrider candidate, List<Overrider> all, int method, BitSet receivers) {
        if (receivers.get(candidate.type())) {
            return true;
        }
        BitSet live = subtypes.of(candidate.type());
        if (!live.intersects(receivers)) {
            return false;
        }
        live.and(receivers);
        BitSet own = subtypes.of(candidate.type());
        boolean isDefault = hierarchy.isDefault(candidate.method());
        for (Overrider other : all) {
            boolean isNearer = other.type() != candidate.type() && own.get(other.type());
            if (isNearer || (isDefault && !hierarchy.isOfInterface(other.method()))) {
                live.andNot(subtypes.of(other.type()));
            }
        }
        int declaring = hierarchy.owner(method);
        if (isDefault && declaring >= 0 && !hierarchy.isDefault(method) && !hierarchy.isAbstract(method)) {
            live.andNot(subtypes.of(subtypes.number(ids.id(declaring))));
        }
        return !live.isEmpty();
    }

    /** The inline code that may run in place of a method; by holder. Parameters as for {@link #overrides}. */
    List<Code> code(int method, int receiver) {
        List<Code> found = new ArrayList<>();
        Set<Code> met = new HashSet<>();
        BitSet below = null;
        for (int each : closureOf(method)) {
            int at = codeSorted.firstOf(each);
            for (; at < codeSorted.size() && codeSorted.from(at) == each; at++) {
                Code code = codes.get(codeSorted.to(at));
                if (receiver >= 0 && below == null) {
                    below = subtypes.of(receiver);
                }
                if ((below == null || below.get(code.type())) && met.add(code)) {
                    found.add(code);
                }
            }
        }
        found.sort(Comparator.comparing((Code code) -> ids.id(code.holder())).thenComparing(Code::isFunction));
        return found;
    }
}
