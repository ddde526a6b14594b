package dev.quarry.schema;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a node stands for. The set is closed: a new kind is a new schema version.
 *
 * <p>The name of a constant is what the store and the HTTP interface say; it never changes its meaning.
 */
public enum NodeKind {
    REPOSITORY(Group.CONTAINER),
    MODULE(Group.CONTAINER),
    PACKAGE(Group.CONTAINER),
    FILE(Group.CONTAINER),
    CLASS(Group.TYPE),
    INTERFACE(Group.TYPE),
    ENUM(Group.TYPE),
    RECORD(Group.TYPE),
    ANNOTATION(Group.TYPE),
    METHOD(Group.CALLABLE),
    CONSTRUCTOR(Group.CALLABLE),
    /** The static initializer of a type: its static blocks and the values of its static fields. */
    INITIALIZER(Group.CALLABLE),
    FIELD(Group.VARIABLE),
    ENUM_CONSTANT(Group.VARIABLE),
    RECORD_COMPONENT(Group.VARIABLE),
    TYPE_PARAMETER(Group.VARIABLE),
    LIBRARY_TYPE(Group.LEAF),
    LIBRARY_METHOD(Group.LEAF),
    LIBRARY_FIELD(Group.LEAF),
    JDK_TYPE(Group.LEAF),
    JDK_METHOD(Group.LEAF),
    JDK_FIELD(Group.LEAF),
    /** A name that could not be bound; the node's detail says why. */
    UNRESOLVED(Group.LEAF),
    /** A path of an HTTP interface with its verb: {@code GET /owners/{id}}. */
    ROUTE(Group.CONCEPT),
    /** What a container of dependencies makes and hands out, by its name. */
    BEAN(Group.CONCEPT),
    /** A statement in SQL or the like, by the method or name that owns it; by its text where none does. */
    QUERY(Group.CONCEPT),
    /** A table of a database, by its name. */
    TABLE(Group.CONCEPT),
    /** A key of a configuration, as in {@code server.port}. */
    CONFIG_KEY(Group.CONCEPT),
    /** A topic or queue of messages, by its name. */
    TOPIC(Group.CONCEPT);

    private static final Map<String, NodeKind> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, kind -> kind));

    private static final Set<NodeKind> TYPES = Collections.unmodifiableSet(Stream.of(values())
            .filter(NodeKind::isType)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(NodeKind.class))));

    private final Group group;

    NodeKind(Group group) {
        this.group = group;
    }

    private enum Group {
        CONTAINER,
        TYPE,
        CALLABLE,
        VARIABLE,
        LEAF,
        CONCEPT
    }

    /** The kind of this name, as the store spells it. */
    public static NodeKind of(String name) {
        NodeKind kind = BY_NAME.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("no node kind is called '" + name + "'");
        }
        return kind;
    }

    /** Whether this is a type declared in the repository. */
    public boolean isType() {
        return group == Group.TYPE;
    }

    /** All kinds that are types, in their order. */
    public static Set<NodeKind> types() {
        return TYPES;
    }

    /** Whether this is code that can be run: a method, constructor or initializer of the repository. */
    public boolean isCallable() {
        return group == Group.CALLABLE;
    }

    /** Whether this is a variable or type variable declared in the repository. */
    public boolean isVariable() {
        return group == Group.VARIABLE;
    }

    /** Whether this is declared by source text of the repository, with a place in a file. */
    public boolean isDeclared() {
        return isType() || isCallable() || isVariable();
    }

    /** Whether a search reads the text of such declarations: that of a type parameter is its type's. */
    public boolean isSearchable() {
        return isDeclared() && this != TYPE_PARAMETER;
    }

    /** Whether this lives outside the repository: a library, the JDK, or nowhere that is known. */
    public boolean isLeaf() {
        return group == Group.LEAF;
    }

    /** Whether this is what a framework makes of the code: no declaration of Java's, and no type or member of a library. */
    public boolean isConcept() {
        return group == Group.CONCEPT;
    }
}
