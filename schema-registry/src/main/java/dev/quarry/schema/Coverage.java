package dev.quarry.schema;

/**
 * How the call sites of a file, or of a repository, ended.
 *
 * @param internal bound to a declaration of the repository
 * @param library bound to a library
 * @param jdk bound to the JDK
 * @param unresolved not bound; each ends in an {@link NodeKind#UNRESOLVED} leaf with a reason
 */
public record Coverage(int internal, int library, int jdk, int unresolved) {
    /** No call sites. */
    public static final Coverage NONE = new Coverage(0, 0, 0, 0);

    /** The sum of both. */
    public Coverage plus(Coverage other) {
        return new Coverage(
                internal + other.internal, library + other.library, jdk + other.jdk, unresolved + other.unresolved);
    }

    /** All call sites. */
    public int sites() {
        return internal + library + jdk + unresolved;
    }
}
