package dev.quarry.schema;

/** What became of a file. */
public enum FileStatus {
    /** Read whole. */
    INDEXED,
    /** Has syntax errors, or code that could not be bound; what could be read is in the graph. */
    PARTIAL,
    /** Larger than the limit. */
    TOO_LARGE,
    /** Not text. */
    BINARY,
    /** Could not be opened or read. */
    UNREADABLE,
    /** No declaration could be read from it. */
    FAILED;

    /** Whether the graph holds declarations of such a file. */
    public boolean isIndexed() {
        return this == INDEXED || this == PARTIAL;
    }
}
