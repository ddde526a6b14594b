package dev.quarry.schema;

import java.lang.reflect.Modifier;

/**
 * The bits of {@link Node#flags()}: Java's modifiers as {@link Modifier} numbers them, and Quarry's own above them.
 */
public final class Flags {
    /** Declared {@code default} in an interface. */
    public static final int DEFAULT = 1 << 16;

    /** Declared {@code sealed}. */
    public static final int SEALED = 1 << 17;

    /** Not in the text: added by the language, as a default constructor or a record's accessor. */
    public static final int IMPLICIT = 1 << 18;

    /** Marked {@code @Deprecated}. */
    public static final int DEPRECATED = 1 << 19;

    /** In a file of tests. */
    public static final int TEST = 1 << 20;

    /** In a file that a tool wrote. */
    public static final int GENERATED = 1 << 21;

    /** Declared inside a method body. */
    public static final int LOCAL = 1 << 22;

    /** In a file with syntax errors: known from the parts that could be read. */
    public static final int BROKEN = 1 << 23;

    private Flags() {}

    /** Whether all bits of {@code flag} are set. */
    public static boolean has(int flags, int flag) {
        return (flags & flag) == flag;
    }
}
