package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;

/**
 * A node that a walk has reached.
 *
 * @param depth how many steps it is from the start
 * @param via the node from which it was reached first
 * @param edge the edge by which it was reached first
 */
public record Reached(StampedNode node, int depth, NodeId via, Edge edge) {}
