package dev.quarry.rag;

/** What is to be dropped from a cache. */
public sealed interface CachePurge {
    /** All, pinned ones too. */
    record All() implements CachePurge {}

    /** What is too old, and what cites declarations that have changed. */
    record Unusable() implements CachePurge {}

    /** One entry. */
    record Entry(String id) implements CachePurge {}

    /** All of a model: by its name, by that of the backend that serves it, or by both, as {@code backend/model}. */
    record OfModel(String name) implements CachePurge {
        boolean isMeant(String model) {
            int slash = model.indexOf('/');
            return name.equals(model)
                    || (slash >= 0
                            && (name.equals(model.substring(0, slash)) || name.equals(model.substring(slash + 1))));
        }
    }
}
