package dev.quarry.ingest;

import dev.quarry.schema.FileFacts;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    private final Parameterizations parameterizations = new Parameterizations(subtypes);
    private final IntMarks ownTypes = new IntMarks();
    /** From a method to the numbers of the code that implements it. */
    private final IntRelation codeOf = new IntRelation();

    private final List<Code> codes = new ArrayList<>();
    private final Map<Code, Integer> codeNumbers = new HashMap<>();
    /** From a method to the numbers of what types inherit to implement it. */
    private final IntRelation inheritedOf = new IntRelation();

    private final List<Overrider> inherited = new ArrayList<>();
    private final Map<Overrider, Integer> inheritedNumbers = new HashMap<>();
    private final Map<Integer, List<Overrider>> overrides = new HashMap<>();
    private final Map<Integer, List<Integer>> closures = new HashMap<>();

    /**
     * What has changed.
     *
     * @param targets the methods that other methods or other code may run in place of than before
     * @param receivers the types, as numbers of {@link Subtypes}, for which this holds of any method
     */
    record Changes(BitSet targets, BitSet receivers) {}

    DispatchCandidates(IdTable ids, TypeHierarchy hierarchy, FunctionFlow flow) {
        this.ids = ids;
        this.hierarchy = hierarchy;
        this.flow = flow;
    }

    /** Notes what is known of a file's calls, or takes it back. */
    void notes(CallNotes notes, boolean comes) {
        notes.supertypes.forEach(pair -> subtypes.note(pair.from(), pair.to(), comes));
        parameterizations.notes(notes, comes);
        notes.overrides.forEach(pair -> hierarchy.overrides(pair.from(), pair.to(), comes));
        for (CallNotes.Held held : notes.code) {
            CallNotes.Inline code = held.code();
            Code found = new Code(
                    ids.add(held.holder()), subtypes.number(code.type()), flow.number(code.slot()), code.isFunction());
            note(codeOf, ids.add(code.method()), number(found, codes, codeNumbers), comes);
        }
        for (CallNotes.Inherited each : notes.inherited) {
            Overrider found = new Overrider(ids.add(each.implementation()), subtypes.number(each.type()), false);
            note(inheritedOf, ids.add(each.method()), number(found, inherited, inheritedNumbers), comes);
        }
    }

    private static <T> int number(T item, List<T> items, Map<T, Integer> numbers) {
        Integer known = numbers.putIfAbsent(item, items.size());
        if (known != null) {
            return known;
        }
        items.add(item);
        return items.size() - 1;
    }

    private static void note(IntRelation relation, int from, int to, boolean comes) {
        if (comes) {
            relation.add(from, to);
        } else {
            relation.remove(from, to);
        }
    }

    /** Notes what a file says, or takes it back. */
    void file(FileFacts facts, boolean comes) {
        subtypes.file(facts, comes);
        facts.nodes().stream()
                .filter(node -> node.kind().isType())
                .forEach(node -> ownTypes.set(subtypes.number(node.id()), comes));
    }

    /** The number of a receiver's type; -1 for none. */
    int type(NodeId type) {
        return type.equals(NodeId.NONE) ? -1 : subtypes.number(type);
    }

    /** Whether the repository declares the type. */
    boolean isOwn(int type) {
        return type >= 0 && ownTypes.get(parameterizations.generic(type));
    }

    /** To be called once, when all files were seen. */
    void close() {
        subtypes.close();
        codeOf.close();
        inheritedOf.close();
        ownTypes.settle();
    }

    /** What is otherwise than at the last call, given what is so of the hierarchy. */
    Changes changes(TypeHierarchy.Changes above) {
        overrides.clear();
        closures.clear();
        BitSet targets = (BitSet) above.methods().clone();
        codeOf.settle().forEach(pair -> targets.set(pair.from()));
        inheritedOf.settle().forEach(pair -> targets.set(pair.from()));
        BitSet types = subtypes.changes();
        BitSet receivers = (BitSet) types.clone();
        receivers.or(ownTypes.settle());
        parameterizations.on(receivers).forEach(receivers::set);
        types.stream()
                .map(type -> ids.find(subtypes.id(type)))
                .filter(type -> type >= 0)
                .forEach(type -> hierarchy.members(type, targets));
        above.types().stream().forEach(type -> types.set(subtypes.number(ids.id(type))));
        for (int i = 0; i < inherited.size(); i++) {
            if (types.get(inherited.get(i).type())) {
                inheritedOf.forEachTo(i, targets::set);
            }
        }
        return new Changes(hierarchy.overriddenBy(targets), receivers);
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
        BitSet below = receiver < 0 ? null : parameterizations.below(receiver);
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
            List<Overrider> further = new ArrayList<>();
            inheritedOf.forEach(each, number -> further.add(inherited.get(number)));
            further.sort(Comparator.comparing((Overrider one) -> ids.id(one.method()))
                    .thenComparing(one -> subtypes.id(one.type())));
            further.forEach(one -> found.add(new Overrider(one.method(), one.type(), isInstantiated(one.type()))));
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
        for (int each : closureOf(method)) {
            codeOf.forEach(each, number -> found.add(codes.get(number)));
        }
        if (receiver >= 0 && !found.isEmpty()) {
            BitSet below = parameterizations.below(receiver);
            found.removeIf(code -> !below.get(code.type()));
        }
        found.sort(Comparator.comparing((Code code) -> ids.id(code.holder())).thenComparing(Code::isFunction));
        return found;
    }
}
