package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Walks over the graph, breadth first, a level at a time: keys of edges first, and only what is kept is read whole. A single
 * step from a node with few edges is one call.
 *
 * <p>Within a level nodes come in the order of their edges' keys, so that the same graph gives the same answer each time.
 */
final class Traversal {
    private static final Set<EdgeKind> IMPACT = EnumSet.of(
            EdgeKind.CALLS,
            EdgeKind.MAY_DISPATCH,
            EdgeKind.TESTS,
            EdgeKind.OVERRIDES,
            EdgeKind.READS,
            EdgeKind.WRITES,
            EdgeKind.TYPE_USE,
            EdgeKind.EXTENDS,
            EdgeKind.IMPLEMENTS);
    private static final Set<EdgeKind> MEMBERS = EnumSet.of(EdgeKind.DECLARES);
    /** How many keys a level reads at first for each node that is still wanted; several edges may lead to one node. */
    private static final int KEYS_PER_NODE = 4;

    private static final int MIN_KEYS = 1024;

    /** Up to so many edges of one node are read whole, with their nodes, in a single call. */
    private static final int FEW_NEIGHBOURS = 128;

    /** How many times as many edges are read at once as are wanted, since some nodes have far more than others. */
    private static final int LINKS_READ = 4;

    private final GraphReads reads;

    Traversal(GraphReads reads) {
        this.reads = reads;
    }

    /** The edges of a node with the nodes at their other ends, in the order of their keys. */
    List<Neighbour> neighbours(NodeId id, Direction direction, Set<EdgeKind> kinds, int limit) {
        if (kinds.isEmpty()) {
            return List.of();
        }
        return reads.neighbours(id, direction, kinds, limit);
    }

    /** The edges of several nodes, of each no more than {@code limit}, in the order of their keys. */
    Map<NodeId, List<Link>> links(Collection<NodeId> ids, Direction direction, Set<EdgeKind> kinds, int limit) {
        Map<NodeId, List<Link>> links = new HashMap<>();
        Set<NodeId> open = kinds.isEmpty() || limit <= 0 ? new HashSet<>() : new HashSet<>(ids);
        while (!open.isEmpty()) {
            int most = open.size() * limit * LINKS_READ;
            List<Link> read = reads.links(open, direction, kinds, most);
            Map<NodeId, List<Link>> byNode = read.stream().collect(Collectors.groupingBy(Link::near));
            // Where not all were read, a node with few of them may have more; one has enough, so that this comes to an
            // end.
            boolean isAll = read.size() < most;
            byNode.forEach((id, own) -> {
                if (isAll || own.size() >= limit) {
                    links.put(id, List.copyOf(own.subList(0, Math.min(limit, own.size()))));
                    open.remove(id);
                }
            });
            if (isAll) {
                open.clear();
            }
        }
        return links;
    }

    Reach reach(NodeId start, Direction direction, Set<EdgeKind> kinds, int depth, int limit) {
        if (depth == 1 && !kinds.isEmpty()) {
            List<Neighbour> near = reads.neighbours(start, direction, kinds, FEW_NEIGHBOURS);
            if (near.size() < FEW_NEIGHBOURS) {
                return ofNeighbours(start, near, limit);
            }
        }
        Walk walk = new Walk(Set.of(start), limit);
        Collection<NodeId> frontier = Set.of(start);
        for (int level = 1; level <= depth && !frontier.isEmpty() && !walk.isFull(); level++) {
            frontier = walk.step(frontier, direction, kinds, level);
        }
        return walk.result();
    }

    /** One step, when all edges of the start are known. */
    private static Reach ofNeighbours(NodeId start, List<Neighbour> near, int limit) {
        Map<NodeId, Reached> reached = new LinkedHashMap<>();
        for (Neighbour neighbour : near) {
            NodeId id = neighbour.node().node().id();
            if (!id.equals(start) && !reached.containsKey(id)) {
                if (reached.size() == limit) {
                    return new Reach(List.copyOf(reached.values()), true);
                }
                reached.put(id, new Reached(neighbour.node(), 1, start, neighbour.edge()));
            }
        }
        return new Reach(List.copyOf(reached.values()), false);
    }

    /** What may notice a change: users of the starts, and users of the members of each type on the way. */
    Reach impact(Collection<NodeId> starts, int depth, int limit) {
        Walk walk = new Walk(starts, limit);
        Collection<NodeId> frontier = withMembers(walk, starts, 0);
        for (int level = 1; level <= depth && !frontier.isEmpty() && !walk.isFull(); level++) {
            frontier = withMembers(walk, walk.step(frontier, Direction.IN, IMPACT, level), level);
        }
        return walk.result();
    }

    /** Adds the members of types, as far from the start as their types; members of members as well. */
    private static Collection<NodeId> withMembers(Walk walk, Collection<NodeId> frontier, int level) {
        List<NodeId> all = new ArrayList<>(frontier);
        Collection<NodeId> types = frontier;
        while (!types.isEmpty() && !walk.isFull()) {
            types = walk.step(types, Direction.OUT, MEMBERS, level);
            all.addAll(types);
        }
        return all;
    }

    private static NodeId end(EdgeKey key, Direction direction) {
        return direction == Direction.OUT ? key.to() : key.from();
    }

    /** A walk in progress: what was met, each by its first edge. */
    private final class Walk {
        private final Set<NodeId> seen = new HashSet<>();
        private final Map<NodeId, Step> steps = new LinkedHashMap<>();
        private final int limit;
        private boolean isTruncated;

        private record Step(NodeId via, EdgeKey edge, int depth) {}

        Walk(Collection<NodeId> starts, int limit) {
            this.limit = limit;
            seen.addAll(starts);
        }

        boolean isFull() {
            return isTruncated;
        }

        /** Goes one step from these nodes and gives those met for the first time. */
        List<NodeId> step(Collection<NodeId> from, Direction direction, Set<EdgeKind> kinds, int depth) {
            List<NodeId> met = new ArrayList<>();
            if (kinds.isEmpty()) {
                return met;
            }
            GraphReads.chunks(from, chunk -> {
                int few = (int) Math.min(Integer.MAX_VALUE, MIN_KEYS + (long) KEYS_PER_NODE * (limit - steps.size()));
                List<EdgeKey> keys = isTruncated ? List.of() : reads.keys(chunk, direction, kinds, few);
                boolean isCut = keys.size() == few;
                meet(keys, direction, depth, met);
                if (isCut && !isTruncated) {
                    meet(reads.keys(chunk, direction, kinds, Integer.MAX_VALUE), direction, depth, met);
                }
            });
            return met;
        }

        private void meet(List<EdgeKey> keys, Direction direction, int depth, List<NodeId> met) {
            for (EdgeKey key : keys) {
                NodeId id = end(key, direction);
                if (!seen.contains(id)) {
                    if (steps.size() == limit) {
                        isTruncated = true;
                        return;
                    }
                    seen.add(id);
                    steps.put(id, new Step(direction == Direction.OUT ? key.from() : key.to(), key, depth));
                    met.add(id);
                }
            }
        }

        Reach result() {
            Map<NodeId, StampedNode> nodes = reads.nodes(steps.keySet());
            Map<EdgeKey, Edge> edges =
                    reads.edges(steps.values().stream().map(Step::edge).toList());
            List<Reached> reached = new ArrayList<>(steps.size());
            steps.forEach((id, step) -> {
                StampedNode node = nodes.get(id);
                Edge edge = edges.get(step.edge());
                if (node != null && edge != null) {
                    reached.add(new Reached(node, step.depth(), step.via(), edge));
                }
            });
            return new Reach(reached, isTruncated);
        }
    }
}
