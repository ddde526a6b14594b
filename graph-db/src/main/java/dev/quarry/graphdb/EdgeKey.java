package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;

/** What identifies an edge. */
record EdgeKey(NodeId from, EdgeKind kind, NodeId to, String role) {
    static EdgeKey of(Edge edge) {
        return new EdgeKey(edge.from(), edge.kind(), edge.to(), edge.role());
    }
}
