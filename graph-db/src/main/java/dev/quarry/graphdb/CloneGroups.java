package dev.quarry.graphdb;

import java.util.List;

/** Groups of duplicates, the largest saving first; {@code truncated} if there are more. */
public record CloneGroups(List<CloneGroup> groups, boolean truncated) {
    /** Copies the list. */
    public CloneGroups {
        groups = List.copyOf(groups);
    }
}
