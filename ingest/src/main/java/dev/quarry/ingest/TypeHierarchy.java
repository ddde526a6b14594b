package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which methods override a method, and which types are instantiated, as far as the facts of all files say.
 *
 * <p>A type is taken as instantiated if some code calls or names a constructor of it or of a type below it, or if it is an
 * enum; a reference to a constructor counts as a call. Objects that a framework or reflection makes are not seen.
 */
final class TypeHierarchy {
    private final IdTable ids;
    /** From a method to those that override it. */
    private final IntRelation overriders = new IntRelation();

    private final IntRelation supertypes = new IntRelation();
    /** From a member to its type. */
    private final IntRelation owners = new IntRelation();
    /** From a constructor to what calls it. */
    private final IntRelation constructed = new IntRelation();

    private final IntMarks instantiated = new IntMarks();
    private final IntMarks enums = new IntMarks();
    private final IntMarks constructors = new IntMarks();
    private final IntMarks abstracts = new IntMarks();
    private final IntMarks defaults = new IntMarks();
    private final IntMarks interfaces = new IntMarks();

    /**
     * What has changed.
     *
     * @param methods those that are declared, or overridden, otherwise than before
     * @param types those that are instantiated and were not, or the other way round
     * @param overridden the pairs of a method and one that overrides it that came or went
     */
    record Changes(BitSet methods, BitSet types, List<IntPair> overridden) {}

    TypeHierarchy(IdTable ids) {
        this.ids = ids;
    }

    /**
     * Notes what a file says, or takes it back.
     *
     * @param comes false to take back what was noted before
     */
    void file(FileFacts facts, boolean comes) {
        for (Node node : facts.nodes()) {
            if (node.kind() == NodeKind.CONSTRUCTOR) {
                constructors.set(ids.add(node.id()), comes);
            } else if (node.kind() == NodeKind.METHOD && Flags.has(node.flags(), Modifier.ABSTRACT)) {
                abstracts.set(ids.add(node.id()), comes);
            } else if (node.kind() == NodeKind.METHOD && Flags.has(node.flags(), Flags.DEFAULT)) {
                defaults.set(ids.add(node.id()), comes);
            } else if (node.kind() == NodeKind.INTERFACE) {
                interfaces.set(ids.add(node.id()), comes);
            } else if (node.kind() == NodeKind.ENUM) {
                enums.set(ids.add(node.id()), comes);
            }
        }
        facts.edges().forEach(edge -> edge(edge, comes));
    }

    /** Notes that a method overrides another, which no edge says, or takes it back. */
    void overrides(NodeId method, NodeId overridden, boolean comes) {
        note(overriders, overridden, method, comes);
    }

    private void note(IntRelation relation, NodeId from, NodeId to, boolean comes) {
        if (comes) {
            relation.add(ids.add(from), ids.add(to));
        } else {
            relation.remove(ids.add(from), ids.add(to));
        }
    }

    private void edge(Edge edge, boolean comes) {
        switch (edge.kind()) {
            case OVERRIDES -> note(overriders, edge.to(), edge.from(), comes);
            case EXTENDS, IMPLEMENTS -> note(supertypes, edge.from(), edge.to(), comes);
            case DECLARES -> note(owners, edge.to(), edge.from(), comes);
            case CALLS -> {
                if (edge.role().equals("new") || edge.role().equals("reference")) {
                    note(constructed, edge.to(), edge.from(), comes);
                }
            }
            default -> {
                // says nothing of types
            }
        }
    }

    /** To be called once, when all files were seen. */
    void close() {
        overriders.close();
        supertypes.close();
        owners.close();
        constructed.close();
        BitSet made = new BitSet();
        constructors.all().stream().filter(this::isCalled).map(this::owner).forEach(owner -> {
            if (owner >= 0) {
                made.set(owner);
            }
        });
        made.or(enums.all());
        supertypes.reachedFrom(made).stream().forEach(type -> instantiated.set(type, true));
        changes();
    }

    private boolean isCalled(int constructor) {
        boolean[] found = new boolean[1];
        constructed.forEach(constructor, _ -> found[0] = true);
        return found[0];
    }

    /** What is otherwise than at the last call; what is instantiated is brought up to date. */
    Changes changes() {
        BitSet methods = new BitSet();
        BitSet types = new BitSet();
        List<IntPair> moved = owners.settle();
        for (IntPair pair : moved) {
            methods.set(pair.from());
            types.set(pair.to());
        }
        for (BitSet constructor : List.of(constructors.settle(), firsts(constructed.settle()))) {
            constructor.stream().map(this::owner).filter(owner -> owner >= 0).forEach(types::set);
        }
        supertypes.settle().forEach(pair -> types.set(pair.to()));
        types.or(enums.settle());
        bringUpToDate(supertypes.reachedFrom(types));
        List<IntPair> overridden = overriders.settle();
        methods.or(firsts(overridden));
        methods.or(abstracts.settle());
        methods.or(defaults.settle());
        BitSet flipped = instantiated.settle();
        BitSet others = interfaces.settle();
        others.or(flipped);
        others.stream().forEach(type -> members(type, methods));
        return new Changes(methods, flipped, overridden);
    }

    private static BitSet firsts(List<IntPair> pairs) {
        BitSet firsts = new BitSet();
        pairs.forEach(pair -> firsts.set(pair.from()));
        return firsts;
    }

    /** Concludes again which of these types are instantiated, given all types above them too. */
    private void bringUpToDate(BitSet types) {
        BitSet made = new BitSet();
        types.stream().filter(type -> isMade(type, types)).forEach(made::set);
        BitSet all = supertypes.reachedFrom(made);
        types.stream().forEach(type -> instantiated.set(type, all.get(type)));
    }

    /** Whether a type is instantiated for itself, or for one below it that is not open. */
    private boolean isMade(int type, BitSet open) {
        boolean[] made = {enums.get(type)};
        supertypes.forEachTo(type, below -> made[0] |= !open.get(below) && instantiated.get(below));
        if (!made[0]) {
            owners.forEachTo(
                    type, member -> made[0] |= constructors.get(member) && owner(member) == type && isCalled(member));
        }
        return made[0];
    }

    /** Adds the members of a type. */
    void members(int type, BitSet into) {
        owners.forEachTo(type, into::set);
    }

    /** The type that declares a member; -1 if no file's facts do; of several the first by id. */
    int owner(int member) {
        int[] owner = {-1};
        owners.forEach(member, each -> {
            if (owner[0] < 0 || ids.id(each).compareTo(ids.id(owner[0])) < 0) {
                owner[0] = each;
            }
        });
        return owner[0];
    }

    boolean isInstantiated(int type) {
        return type >= 0 && instantiated.get(type);
    }

    /** Whether an interface gives the method its body. */
    boolean isDefault(int method) {
        return defaults.get(method);
    }

    /** Whether an interface declares the method, with or without a body. */
    boolean isOfInterface(int method) {
        int owner = owner(method);
        return owner >= 0 && interfaces.get(owner);
    }

    boolean isAbstract(int method) {
        return abstracts.get(method);
    }

    /** The methods that override a method, at any distance, itself first; the nearest first, then by id. */
    List<Integer> closureOf(int method) {
        Set<Integer> met = new LinkedHashSet<>(List.of(method));
        List<Integer> level = List.of(method);
        while (!level.isEmpty()) {
            List<Integer> next = new ArrayList<>();
            level.forEach(overridden -> overriders.forEach(overridden, next::add));
            next.sort(Comparator.comparing(ids::id));
            level = next.stream().filter(met::add).toList();
        }
        return List.copyOf(met);
    }

    /** These methods and all that they override, at any distance. */
    BitSet overriddenBy(BitSet methods) {
        return overriders.leadingTo(methods);
    }

    /** These methods and all that override them, at any distance. */
    BitSet overriding(BitSet methods) {
        return overriders.reachedFrom(methods);
    }
}
