package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.StampedNode;

/** An edge of a node, and the node at its other end. */
public record Neighbour(Edge edge, StampedNode node) {}
