package dev.quarry.graphdb;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;

/**
 * An edge of a node that was asked for, without what the edge and the other node say of themselves.
 *
 * @param near the node that was asked for
 * @param far the node at the other end
 */
public record Link(NodeId near, EdgeKind kind, NodeId far, NodeKind farKind) {}
