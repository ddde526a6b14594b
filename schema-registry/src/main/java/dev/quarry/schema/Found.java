package dev.quarry.schema;

/** How an edge came to be known: the certainty behind it. */
public enum Found {
    /** A compiler's binding; as exact as the language. */
    COMPILER,
    /** The text alone: names and shapes, not bound. */
    SYNTAX,
    /** A framework's convention, read by an extractor. */
    FRAMEWORK
}
