package dev.quarry.graphdb;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import java.util.Set;

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

    /** The number of the last change that the history has. */
    static final String CHANGE = PREFIX + "change";

    /** The last state, as {@link ChangeLog#lastState} reads it. */
    static final String STATE = PREFIX + "state";

    private static final Set<String> NO_PART_OF_A_STATE =
            Set.of(SCHEMA, SEQUENCE, VECTOR_SEQUENCE, NEXT_VECTOR, REMOVED_VECTORS, CHANGE, STATE);

    private Meta() {}

    /** Refuses keys that are the store's own. */
    static void requireForeign(Set<String> keys) {
        keys.stream().filter(key -> key.startsWith(PREFIX)).findAny().ifPresent(key -> {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the meta key '" + key + "' is the store's own: choose one that does not begin with '" + PREFIX
                            + "'");
        });
    }

    /** Whether what is noted under a key goes back when the store goes back to a former state. */
    static boolean isPartOfState(String key) {
        return !NO_PART_OF_A_STATE.contains(key);
    }

    /** How many nodes of a kind there are. */
    static String count(NodeKind kind) {
        return PREFIX + "nodes." + kind.name();
    }

    /** How many edges of a kind there are. */
    static String count(EdgeKind kind) {
        return PREFIX + "edges." + kind.name();
    }
}
