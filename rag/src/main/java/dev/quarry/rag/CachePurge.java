package dev.quarry.rag;

/** What is to be dropped from a cache. */
public sealed interface CachePurge {
    /** All, pinned ones too. */
    record All() implements CachePurge {}

    /** What is too old, and what cites declarations that have changed. */
    record Unusable() implements CachePurge {}

    /** One entry. */
    record Entry(String id) implements CachePurge {}

    /** All whose scope has this model. */
    record OfModel(String model) implements CachePurge {}
}
