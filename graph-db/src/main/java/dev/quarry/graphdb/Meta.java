package dev.quarry.graphdb;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;

/** The keys that the store itself keeps in its relation {@code meta}; callers' keys must not begin as these do. */
final class Meta {
    /** What all keys of the store begin with. */
    static final String PREFIX = "store.";

    /** The schema version, as a number. */
    static final String SCHEMA = PREFIX + "schema";

    /** How many writes have changed the graph. */
    static final String SEQUENCE = PREFIX + "sequence";

    /** How many writes have changed vectors or the links to them. */
    static final String VECTOR_SEQUENCE = PREFIX + "vector_sequence";

    /** The last version that was given to a node. */
    static final String LAST_VERSION = PREFIX + "last_version";

    /** The digest of what no single file says. */
    static final String SHARED = PREFIX + "shared";

    /** The number of the next vector. */
    static final String NEXT_VECTOR = PREFIX + "next_vector";

    /** How many vectors were removed. */
    static final String REMOVED_VECTORS = PREFIX + "removed_vectors";

    private Meta() {}

    /** How many nodes of a kind there are. */
    static String count(NodeKind kind) {
        return PREFIX + "nodes." + kind.name();
    }

    /** How many edges of a kind there are. */
    static String count(EdgeKind kind) {
        return PREFIX + "edges." + kind.name();
    }
}
