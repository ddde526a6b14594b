package dev.quarry.rag;

import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.Link;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph leg: activation spreads from the first hits along edges, the more the better the hit, and sums up where several
 * meet; so a type that declares several hits, or a method that they call, is found.
 */
final class Neighbourhood {
    /** How many of the first hits are looked at. */
    static final int SEEDS = 8;

    private static final int NEIGHBOURS = 30;

    /** How much of a hit's activation goes along an edge. */
    private static final Map<EdgeKind, Double> CONDUCTANCE = Map.of(
            EdgeKind.DECLARES, 0.6,
            EdgeKind.CALLS, 0.4,
            EdgeKind.TESTS, 0.4,
            EdgeKind.OVERRIDES, 0.4,
            EdgeKind.IMPLEMENTS, 0.3,
            EdgeKind.EXTENDS, 0.3);

    private final GraphStore graph;
    private final SearchIndex index;

    /** Looks at the edges of a store; its index knows what a search finds, and what a filter lets pass. */
    Neighbourhood(GraphStore graph, SearchIndex index) {
        this.graph = graph;
        this.index = index;
    }

    /** The neighbours of these hits, given best first, and the hits themselves among them; most active first. */
    List<SearchHit> of(List<NodeId> seeds, SearchFilter filter) {
        Map<NodeId, List<Link>> from = graph.links(seeds, Direction.OUT, CONDUCTANCE.keySet(), NEIGHBOURS);
        Map<NodeId, List<Link>> to = graph.links(seeds, Direction.IN, CONDUCTANCE.keySet(), NEIGHBOURS);
        Map<NodeId, Double> activation = new HashMap<>();
        for (int rank = 0; rank < seeds.size(); rank++) {
            double strength = 1.0 / (1 + rank);
            NodeId seed = seeds.get(rank);
            spread(from.getOrDefault(seed, List.of()), strength, activation);
            spread(to.getOrDefault(seed, List.of()), strength, activation);
        }
        // Also without a filter: type parameters and what no text writes are neighbours, but nothing that a search
        // finds.
        activation.keySet().retainAll(index.passing(List.copyOf(activation.keySet()), filter));
        return activation.entrySet().stream()
                .map(entry -> new SearchHit(entry.getKey(), (float) Math.min(1, entry.getValue())))
                .sorted(Comparator.comparingDouble((SearchHit hit) -> -hit.score())
                        .thenComparing(SearchHit::id))
                .toList();
    }

    private static void spread(List<Link> links, double strength, Map<NodeId, Double> activation) {
        for (Link link : links) {
            if (link.farKind().isDeclared() && !link.far().equals(link.near())) {
                double conductance = CONDUCTANCE.getOrDefault(link.kind(), 0.0);
                activation.merge(link.far(), strength * conductance, Double::sum);
            }
        }
    }
}
