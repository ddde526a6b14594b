package dev.quarry.graphdb;

import org.jspecify.annotations.Nullable;

/**
 * What became of a thing between two states.
 *
 * @param before null if it was not there
 * @param after null if it is gone
 */
public record Change<T>(@Nullable T before, @Nullable T after) {}
