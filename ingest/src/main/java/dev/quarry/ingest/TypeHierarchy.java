package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
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
    private final IntPairs overriders = new IntPairs();
    private final IntPairs supertypes = new IntPairs();
    private final IntPairs owners = new IntPairs();
    private final BitSet instantiated = new BitSet();
    private final BitSet constructors = new BitSet();
    private final BitSet constructed = new BitSet();
    private final BitSet abstracts = new BitSet();
    private final BitSet defaults = new BitSet();
    private final BitSet interfaces = new BitSet();
    private IntPairs overridersSorted = overriders;
    private IntPairs overriddenSorted = overriders;
    private IntPairs ownersSorted = owners;

    TypeHierarchy(IdTable ids) {
        this.ids = ids;
    }

    /** Notes what a file says. */
    void file(FileFacts facts) {
        for (Node node : facts.nodes()) {
            if (node.kind() == NodeKind.CONSTRUCTOR) {
                constructors.set(ids.add(node.id()));
            } else if (node.kind() == NodeKind.METHOD && Flags.has(node.flags(), Modifier.ABSTRACT)) {
                abstracts.set(ids.add(node.id()));
            } else if (node.kind() == NodeKind.METHOD && Flags.has(node.flags(), Flags.DEFAULT)) {
                defaults.set(ids.add(node.id()));
            } else if (node.kind() == NodeKind.INTERFACE) {
                interfaces.set(ids.add(node.id()));
            } else if (node.kind() == NodeKind.ENUM) {
                instantiated.set(ids.add(node.id()));
            }
        }
        facts.edges().forEach(this::edge);
    }

    /** Notes that a method overrides another, which no edge says. */
    void overrides(NodeId method, NodeId overridden) {
        overriders.add(ids.add(overridden), ids.add(method));
    }

    private void edge(Edge edge) {
        switch (edge.kind()) {
            case OVERRIDES -> overriders.add(ids.add(edge.to()), ids.add(edge.from()));
            case EXTENDS, IMPLEMENTS -> supertypes.add(ids.add(edge.from()), ids.add(edge.to()));
            case DECLARES -> owners.add(ids.add(edge.to()), ids.add(edge.from()));
            case CALLS -> {
                if (edge.role().equals("new") || edge.role().equals("reference")) {
                    constructed.set(ids.add(edge.to()));
                }
            }
            default -> {
                // says nothing of types
            }
        }
    }

    /** To be called once, when all files were seen. */
    void close() {
        overridersSorted = overriders.sorted();
        overriddenSorted = overriders.reversed();
        ownersSorted = owners.sorted();
        Deque<Integer> open = new ArrayDeque<>();
        instantiated.stream().forEach(open::add);
        constructed.and(constructors);
        constructed.stream().map(this::owner).filter(owner -> owner >= 0).forEach(open::add);
        IntPairs above = supertypes.sorted();
        while (!open.isEmpty()) {
            int type = open.pop();
            instantiated.set(type);
            for (int i = above.firstOf(type); i < above.size() && above.from(i) == type; i++) {
                if (!instantiated.get(above.to(i))) {
                    open.add(above.to(i));
                }
            }
        }
    }

    /** The type that declares a member; -1 if no file's facts do. */
    int owner(int member) {
        int at = ownersSorted.firstOf(member);
        return at < ownersSorted.size() && ownersSorted.from(at) == member ? ownersSorted.to(at) : -1;
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
            for (int overridden : level) {
                for (int i = overridersSorted.firstOf(overridden);
                        i < overridersSorted.size() && overridersSorted.from(i) == overridden;
                        i++) {
                    next.add(overridersSorted.to(i));
                }
            }
            next.sort(Comparator.comparing(ids::id));
            level = next.stream().filter(met::add).toList();
        }
        return List.copyOf(met);
    }

    /** The methods that a method overrides, at any distance. */
    Set<Integer> overriddenBy(int method) {
        Set<Integer> met = new LinkedHashSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(method));
        while (!open.isEmpty()) {
            int next = open.pop();
            for (int i = overriddenSorted.firstOf(next);
                    i < overriddenSorted.size() && overriddenSorted.from(i) == next;
                    i++) {
                if (met.add(overriddenSorted.to(i))) {
                    open.add(overriddenSorted.to(i));
                }
            }
        }
        return met;
    }
}
