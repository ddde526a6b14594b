package dev.quarry.rag;

import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.Neighbour;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What lies around the best matches, by the cheapest paths: each further match starts at a higher cost, and each step costs
 * what its relation is worth to a reader, more where a node has many neighbours of that relation.
 *
 * <p>The order is that of the cost: what a match calls, what overrides it, what calls it, its tests and supertypes, the
 * members of a type; then the neighbours of these.
 */
final class Surroundings {
    /** How many matches are starts. */
    static final int STARTS = 6;

    private static final double NEXT_START = 0.15;
    private static final double MAX_COST = 2.2;
    private static final double PER_NEIGHBOUR = 0.02;

    /** How many nodes are asked for their neighbours. */
    private static final int EXPANDED = 10;

    private static final List<Look> OF_CALLABLES = List.of(
            new Look(
                    Direction.OUT,
                    16,
                    Map.of(
                            EdgeKind.CALLS, new Relation("called by ", 0.7),
                            EdgeKind.OVERRIDES, new Relation("overridden by ", 0.9))),
            new Look(Direction.IN, 8, Map.of(EdgeKind.CALLS, new Relation("caller of ", 0.9))),
            new Look(
                    Direction.IN,
                    8,
                    Map.of(
                            EdgeKind.OVERRIDES, new Relation("overrides ", 0.8),
                            EdgeKind.TESTS, new Relation("test of ", 1))));
    private static final List<Look> OF_TYPES = List.of(
            new Look(
                    Direction.IN,
                    8,
                    Map.of(
                            EdgeKind.EXTENDS, new Relation("subtype of ", 0.9),
                            EdgeKind.IMPLEMENTS, new Relation("subtype of ", 0.9))),
            new Look(
                    Direction.OUT,
                    8,
                    Map.of(
                            EdgeKind.EXTENDS, new Relation("supertype of ", 0.9),
                            EdgeKind.IMPLEMENTS, new Relation("supertype of ", 0.9))),
            new Look(Direction.OUT, 16, Map.of(EdgeKind.DECLARES, new Relation("member of ", 1))));

    private final GraphStore graph;

    Surroundings(GraphStore graph) {
        this.graph = graph;
    }

    /** A declaration near a match, with how it is related to the one before it on the path. */
    record Related(Node node, String reason) {}

    private record Relation(String words, double cost) {}

    /** Relations that are read together, so many edges of them. */
    private record Look(Direction direction, int limit, Map<EdgeKind, Relation> relations) {
        private Look {
            relations = Map.copyOf(relations);
        }
    }

    private record Step(Node node, String reason, double cost) {}

    /** The declarations around the first of these matches, cheapest first; the matches themselves are not among them. */
    List<Related> of(List<Node> matches) {
        PriorityQueue<Step> open = new PriorityQueue<>(Comparator.comparingDouble(Step::cost)
                .thenComparing(step -> step.node().id()));
        Set<NodeId> starts = new LinkedHashSet<>();
        for (Node match : matches.subList(0, Math.min(STARTS, matches.size()))) {
            open.add(new Step(match, "", NEXT_START * starts.size()));
            starts.add(match.id());
        }
        Set<NodeId> closed = new HashSet<>();
        List<Related> related = new ArrayList<>();
        int expanded = 0;
        while (!open.isEmpty()) {
            Step step = open.remove();
            if (closed.add(step.node().id())) {
                if (!starts.contains(step.node().id())) {
                    related.add(new Related(step.node(), step.reason()));
                }
                if (expanded++ < EXPANDED) {
                    expand(step, closed, open);
                }
            }
        }
        return related;
    }

    private void expand(Step from, Set<NodeId> closed, PriorityQueue<Step> open) {
        Node node = from.node();
        List<Look> looks = node.kind().isCallable() ? OF_CALLABLES : node.kind().isType() ? OF_TYPES : List.of();
        for (Look look : looks) {
            int met = 0;
            for (Neighbour neighbour : graph.neighbours(
                    node.id(), look.direction(), look.relations().keySet(), look.limit())) {
                Node other = neighbour.node().node();
                Relation relation = look.relations().get(neighbour.edge().kind());
                if (relation != null && other.kind().isDeclared() && !closed.contains(other.id())) {
                    double cost = from.cost() + relation.cost() + PER_NEIGHBOUR * met++;
                    if (cost <= MAX_COST) {
                        open.add(new Step(other, relation.words() + node.symbol(), cost));
                    }
                }
            }
        }
    }
}
