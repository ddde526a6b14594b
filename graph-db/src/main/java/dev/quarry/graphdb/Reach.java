package dev.quarry.graphdb;

import java.util.List;

/**
 * All that a walk has reached, nearest first, without its start.
 *
 * @param truncated whether the walk was cut off by its limit
 */
public record Reach(List<Reached> nodes, boolean truncated) {
    /** Copies the list. */
    public Reach {
        nodes = List.copyOf(nodes);
    }
}
