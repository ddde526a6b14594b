package dev.quarry.schema;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How one node relates to another. The set is closed: a new kind is a new schema version.
 *
 * <p>Each kind says which roles its edges may have; the role is part of an edge's identity, so that one method may both
 * return and take the same type.
 */
public enum EdgeKind {
    /** Repository to module, package or file; module to package; package to file; file to its top-level types. */
    CONTAINS,
    /** Type to its members and nested types; method to its type parameters and local types. */
    DECLARES,
    /**
     * File to what it imports. Roles: {@code single}, {@code wildcard} (to a package), {@code static} (to the type that owns
     * the member, which is the detail), {@code module}. A module descriptor leads to the modules that it requires
     * ({@code module}, with the modifiers as detail) and to its packages ({@code exports}, {@code opens}, with the modules
     * that they are open to).
     */
    IMPORTS,
    /** Class to superclass; interface to superinterface. */
    EXTENDS,
    /** Class, enum or record to an interface. */
    IMPLEMENTS,
    /** Method to each method that it overrides or implements. */
    OVERRIDES,
    /**
     * Callable to callable. Roles: {@code static}, {@code virtual}, {@code interface}, {@code special} (super and
     * private), {@code new} (constructor), {@code reference} (method reference), {@code implicit} (written by the
     * compiler: {@code iterator}, {@code close}, {@code super()}; {@code hasNext} and {@code next} of a loop over an
     * iterator of the repository).
     */
    CALLS,
    /** Callable to a field whose value it takes; declaration to a constant that an annotation at it or in it names. */
    READS,
    /** Callable to a field that it assigns. */
    WRITES,
    /**
     * Declaration to a type that its text names. Roles: {@code parameter}, {@code return}, {@code field}, {@code local},
     * {@code cast}, {@code instanceof}, {@code new}, {@code argument} (of a generic type), {@code bound},
     * {@code class} (class literal, also in an annotation), {@code catch}, {@code receiver} (static access),
     * {@code component}, {@code permits}.
     * The detail holds the type as written where it has type arguments or is an array.
     */
    TYPE_USE,
    /** Callable to an exception type of its {@code throws} clause. */
    THROWS,
    /**
     * Declaration to an annotation type; the detail holds the values as written. With roles, to the type of an
     * annotation that stands in the declaration at what has no node: {@code parameter} (also of a lambda), {@code local}
     * (a variable), {@code catch} (the parameter of a clause), {@code type} (a type's name), {@code inner} (a member of an
     * anonymous class, or a parameter of one), {@code value} (a value of an annotation, or the default of an annotation's
     * member).
     */
    ANNOTATED_BY,
    /**
     * Callable to what a call in it may run besides the target that the compiler bound, as far as the repository holds it.
     * Roles: {@code only} (an override, and nothing else can be meant), {@code override}, {@code anonymous} (the callable
     * that holds an anonymous class whose method overrides the target), {@code function} (the callable that holds a lambda,
     * or the one that a method reference names). The detail holds the rank among the call's candidates, 1 first.
     * Callable to what a container runs when it is called: {@code advice} (an aspect's, with its pointcut as the detail),
     * {@code provider} (makes the statement that stands for the callable).
     */
    MAY_DISPATCH,
    /**
     * Test method to the callables outside of the tests that it calls. Roles: {@code direct}, {@code helper} (through a
     * method of the tests).
     */
    TESTS,
    /** Route to the callable that answers it. */
    HANDLED_BY,
    /** Callable to a route that it asks over the network. */
    REQUESTS,
    /**
     * Type or method to the bean that it defines; module or repository to the key of the configuration that a file in it
     * defines, with file and line as the detail.
     */
    DEFINES,
    /**
     * Field, callable or type to a bean that is handed to it. Roles: {@code field}, {@code parameter}, {@code lookup}; the
     * detail holds the name or qualifier that chose it. Role {@code service}: to the type that provides a service.
     */
    INJECTS,
    /** Declaration to a key of the configuration that it reads. */
    CONFIGURED_BY,
    /** Callable to the topic, or the type of event, that it sends. */
    PUBLISHES,
    /** Callable to the topic, the type of event, or the schedule that it is called for. */
    LISTENS_TO,
    /** Callable to a statement, statement to a table. Roles: {@code read}, {@code write}. */
    QUERIES,
    /**
     * Entity to its table. With roles, a field or a getter to a table: {@code column} (the detail names it), {@code
     * association} (to the table of the other entity, or of elements that are none), {@code join} (to the table between
     * both).
     */
    MAPPED_TO,
    /**
     * Type to the service that it is registered for (role {@code module}: in a module descriptor); module descriptor to a
     * service that it asks for (role {@code uses}).
     */
    PROVIDES;

    private static final Map<String, EdgeKind> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, kind -> kind));

    /**
     * Whether edges of this kind follow from the facts of several files, so that they are handed on apart from any file's,
     * as {@link DerivedFacts}.
     */
    public boolean isDerived() {
        return compareTo(MAY_DISPATCH) >= 0;
    }

    /** The kind of this name, as the store spells it. */
    public static EdgeKind of(String name) {
        EdgeKind kind = BY_NAME.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("no edge kind is called '" + name + "'");
        }
        return kind;
    }
}
