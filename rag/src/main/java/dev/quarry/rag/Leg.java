package dev.quarry.rag;

/** A way by which a search finds code. */
public enum Leg {
    /** Words and identifiers, ranked by BM25. */
    TEXT,
    /** Closeness of meaning, by the vectors of an embedding model. */
    VECTOR,
    /** The neighbourhood of what the other legs have found first. */
    GRAPH
}
