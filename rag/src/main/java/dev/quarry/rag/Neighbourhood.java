package dev.quarry.rag;

import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.Neighbour;
import dev.quarry.rag.RankFusion.Fused;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The graph leg: what is next to the first hits, the more the better the hits, and the more of them, it is next to. */
final class Neighbourhood {
    /** How many of the first hits are looked at. */
    static final int SEEDS = 5;

    private static final int NEIGHBOURS = 30;
    private static final Set<EdgeKind> KINDS =
            EnumSet.of(EdgeKind.CALLS, EdgeKind.DECLARES, EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS, EdgeKind.OVERRIDES);

    private final GraphStore graph;

    Neighbourhood(GraphStore graph) {
        this.graph = graph;
    }

    /** The neighbours of these seeds, best first. */
    List<SearchHit> of(List<Fused> seeds, SearchFilter filter) {
        Map<NodeId, Float> scores = new HashMap<>();
        for (Fused seed : seeds) {
            for (Direction direction : Direction.values()) {
                for (Neighbour neighbour : graph.neighbours(seed.id(), direction, KINDS, NEIGHBOURS)) {
                    Node node = neighbour.node().node();
                    if (node.kind().isDeclared() && !node.id().equals(seed.id()) && accepts(filter, node)) {
                        scores.merge(node.id(), (float) seed.score(), Float::sum);
                    }
                }
            }
        }
        return scores.entrySet().stream()
                .map(entry -> new SearchHit(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingDouble((SearchHit hit) -> -hit.score())
                        .thenComparing(SearchHit::id))
                .toList();
    }

    /** The same conditions as the index's for the nodes that it has not found itself. */
    private boolean accepts(SearchFilter filter, Node node) {
        return (filter.kinds().isEmpty() || filter.kinds().contains(node.kind()))
                && (filter.tests() || !Flags.has(node.flags(), Flags.TEST))
                && Flags.has(node.flags(), filter.flags())
                && isBelow(node.qualifiedName(), filter.packageName(), '.')
                && (filter.path().isEmpty() || isBelow(path(node), filter.path(), '/'));
    }

    private static boolean isBelow(String name, String above, char separator) {
        return above.isEmpty()
                || (name.startsWith(above)
                        && (name.length() == above.length() || name.charAt(above.length()) == separator));
    }

    private String path(Node node) {
        return graph.node(node.file()).map(file -> file.node().qualifiedName()).orElse("");
    }
}
