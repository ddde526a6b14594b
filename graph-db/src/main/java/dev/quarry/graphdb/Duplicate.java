package dev.quarry.graphdb;

import dev.quarry.schema.Node;

/**
 * A declaration that is like another.
 *
 * @param similarity how many of the runs of three tokens that are in either are in both, 0 to 1
 * @param tokens how many tokens it has
 */
public record Duplicate(Node node, CloneKind kind, double similarity, int tokens) {}
