package dev.quarry.graphdb;

import java.util.List;

/**
 * Declarations that are alike.
 *
 * @param kind how alike the least alike of them are
 * @param saving how many lines would go if the longest alone stayed
 * @param members at least two; each says how like the first it is
 */
public record CloneGroup(CloneKind kind, int saving, List<Duplicate> members) {
    /** Copies the list. */
    public CloneGroup {
        members = List.copyOf(members);
    }
}
