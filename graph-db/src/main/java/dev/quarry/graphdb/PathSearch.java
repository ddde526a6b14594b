package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The search for a shortest path, from both ends at once: the side with fewer nodes at its rim goes on, so that a node with
 * thousands of callers is not spread out when the other side is small.
 */
final class PathSearch {
    private static final int MAX_NODES = 500_000;

    private final GraphReads reads;
    private final Set<EdgeKind> kinds;
    private final Side forward;
    private final Side backward;

    PathSearch(GraphReads reads, Set<EdgeKind> kinds, NodeId from, NodeId to) {
        this.reads = reads;
        this.kinds = kinds;
        this.forward = new Side(from, Direction.OUT);
        this.backward = new Side(to, Direction.IN);
    }

    /** The edges of a shortest path of at most this many; empty if there is none. A node reaches itself by no edge. */
    Optional<List<Edge>> find(int maxDepth) {
        NodeId meeting = forward.steps.containsKey(backward.start) ? backward.start : null;
        for (int depth = 0; meeting == null && depth < maxDepth; depth++) {
            Side side = forward.rim.size() <= backward.rim.size() ? forward : backward;
            if (side.rim.isEmpty() || kinds.isEmpty()) {
                return Optional.empty();
            }
            meeting = side.advance(side == forward ? backward : forward);
        }
        return meeting == null ? Optional.empty() : edges(meeting);
    }

    private Optional<List<Edge>> edges(NodeId meeting) {
        List<EdgeKey> keys = forward.trace(meeting);
        Collections.reverse(keys);
        keys.addAll(backward.trace(meeting));
        Map<EdgeKey, Edge> edges = reads.edges(keys);
        List<Edge> path = new ArrayList<>(keys.size());
        for (EdgeKey key : keys) {
            Edge edge = edges.get(key);
            if (edge == null) {
                return Optional.empty();
            }
            path.add(edge);
        }
        return Optional.of(path);
    }

    /** What was met from one end, each node with the edge by which it was met; the end itself with none. */
    private final class Side {
        private final NodeId start;
        private final Direction direction;
        private final Map<NodeId, Optional<EdgeKey>> steps = new HashMap<>();
        private Collection<NodeId> rim;

        Side(NodeId start, Direction direction) {
            this.start = start;
            this.direction = direction;
            this.rim = List.of(start);
            steps.put(start, Optional.empty());
        }

        /** Goes one step on all of the rim; gives the smallest node that the other side has met too, if there is one. */
        @Nullable
        NodeId advance(Side other) {
            List<NodeId> next = new ArrayList<>();
            GraphReads.chunks(rim, chunk -> {
                for (EdgeKey key : reads.keys(chunk, direction, kinds, Integer.MAX_VALUE)) {
                    NodeId id = direction == Direction.OUT ? key.to() : key.from();
                    if (steps.putIfAbsent(id, Optional.of(key)) == null) {
                        next.add(id);
                    }
                }
            });
            if (steps.size() > MAX_NODES) {
                throw new QuarryException(
                        ErrorCode.LIMIT,
                        "the search for a path has met more than " + MAX_NODES
                                + " nodes: name fewer edge kinds or a smaller depth");
            }
            rim = next;
            return next.stream()
                    .filter(other.steps::containsKey)
                    .min(NodeId::compareTo)
                    .orElse(null);
        }

        /** The edges from this node back to this side's start, in that order. */
        List<EdgeKey> trace(NodeId from) {
            List<EdgeKey> keys = new ArrayList<>();
            NodeId at = from;
            for (Optional<EdgeKey> step = steps.get(at); step != null && step.isPresent(); step = steps.get(at)) {
                keys.add(step.get());
                at = direction == Direction.OUT ? step.get().from() : step.get().to();
            }
            return keys;
        }
    }
}
