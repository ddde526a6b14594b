package dev.quarry.schema;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the call sites of a file, or of a repository, ended.
 *
 * <p>A call site is a call of a method, the creation of an object or of an enum constant, a written {@code this(…)} or
 * {@code super(…)}, or a reference to a method or constructor. Creations of arrays, references to arrays' constructors,
 * annotations, and the calls that only the compiler writes (such as a loop's {@code iterator()}) are none.
 *
 * @param internal bound to a declaration of the repository, members of anonymous classes included
 * @param library bound to a library
 * @param jdk bound to the JDK
 * @param unresolved not bound; each has a reason
 * @param reasons the unresolved ones by reason, without zeros; empty where only their number is known
 */
public record Coverage(int internal, int library, int jdk, int unresolved, Map<UnresolvedReason, Integer> reasons) {
    /** No call sites. */
    public static final Coverage NONE = new Coverage(0, 0, 0, 0);

    /** Copies the reasons. */
    public Coverage {
        Map<UnresolvedReason, Integer> copy = new EnumMap<>(UnresolvedReason.class);
        copy.putAll(reasons);
        reasons = Collections.unmodifiableMap(copy);
    }

    /** Numbers without reasons. */
    public Coverage(int internal, int library, int jdk, int unresolved) {
        this(internal, library, jdk, unresolved, Map.of());
    }

    /** The same numbers with these reasons. */
    public Coverage withReasons(Map<UnresolvedReason, Integer> byReason) {
        return new Coverage(internal, library, jdk, unresolved, byReason);
    }

    /** The sum of both. */
    public Coverage plus(Coverage other) {
        Map<UnresolvedReason, Integer> sum = new EnumMap<>(UnresolvedReason.class);
        sum.putAll(reasons);
        other.reasons.forEach((reason, count) -> sum.merge(reason, count, Integer::sum));
        return new Coverage(
                internal + other.internal,
                library + other.library,
                jdk + other.jdk,
                unresolved + other.unresolved,
                sum);
    }

    /** All call sites. */
    public int sites() {
        return internal + library + jdk + unresolved;
    }
}
