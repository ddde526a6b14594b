package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the compiler knows of one file's calls, types and functions besides their edges. {@link Dispatch} and
 * {@link TestLinks} conclude from it; it is never stored.
 *
 * <p>Values of functional interfaces flow from slot to slot: parameters, results, variables, and the expressions that make
 * them ({@link Slots}).
 */
final class CallNotes {
    /**
     * What a call's receiver is by its static type.
     *
     * @param site the call's place, in the form of {@link dev.quarry.schema.Sites#pack}
     * @param type the receiver's class or interface, or the id of a {@link Generic}; {@link NodeId#NONE} where it is the
     *     target's own
     * @param slot the slot that holds the receiver; {@link NodeId#NONE} where that is not followed
     */
    record Receiver(int site, NodeId type, NodeId slot) {}

    /**
     * Code without a node of its own that implements a method: a lambda, a method of an anonymous class, or what a method
     * reference names.
     *
     * @param method the method that it implements
     * @param type the functional interface, or the supertype that the anonymous class names
     * @param slot the slot of the expression that makes it
     * @param isFunction whether it is a lambda or a method reference
     */
    record Inline(NodeId method, NodeId type, NodeId slot, boolean isFunction) {}

    /**
     * Inline code and the callable that holds it, or that a method reference names; {@link NodeId#NONE} for what is
     * outside of the repository.
     */
    record Held(Inline code, NodeId holder) {}

    /**
     * A generic type with arguments.
     *
     * @param id stands for both
     * @param arguments the erasures; {@link NodeId#NONE} for what is no class or interface that is known
     */
    record Generic(NodeId id, NodeId generic, List<NodeId> arguments) {}

    /** A type and a generic one above it, at any distance. */
    record Above(NodeId type, Generic above) {}

    /** Two ids, of which the first is below the second or flows to it. */
    record Pair(NodeId from, NodeId to) {}

    /** A type that implements an interface's method by one that a superclass without that interface declares. */
    record Inherited(NodeId method, NodeId implementation, NodeId type) {}

    /** A method and a parameter of it, from 0, that something is passed for; -1 for its result. */
    record Passed(NodeId method, int parameter) {}

    final List<Receiver> receivers = new ArrayList<>();
    final List<Held> code = new ArrayList<>();
    /** Places of references to methods of {@code super}, which run what they name and nothing else. */
    final Set<Integer> fixed = new HashSet<>();
    /** Types and supertypes of theirs outside of the repository, at any distance. */
    final List<Pair> supertypes = new ArrayList<>();
    /** Methods and those outside of the repository that they override, at any distance. */
    final List<Pair> overrides = new ArrayList<>();

    final List<Inherited> inherited = new ArrayList<>();
    /** The types of receivers that have arguments. */
    final Set<Generic> generics = new HashSet<>();

    final List<Above> above = new ArrayList<>();
    /** From slot to slot. */
    final List<Pair> flows = new ArrayList<>();

    final List<Passed> passed = new ArrayList<>();
    /** Annotation types of the repository, at the file's declarations, that may be what those at them make them. */
    final Set<NodeId> composed = new HashSet<>();
}
