package dev.quarry.rag;

import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.Neighbour;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A declaration next to a match, with how it is related. */
record Related(Node node, String reason) {
    private static final int MATCHES = 5;
    private static final int PER_RELATION = 8;

    /** The neighbours of the first matches: callers, callees, then what implements, extends or overrides. */
    static List<Related> of(GraphStore graph, List<Node> matches) {
        List<Related> related = new ArrayList<>();
        for (Node match : matches.subList(0, Math.min(MATCHES, matches.size()))) {
            if (match.kind().isCallable()) {
                add(graph, match, Direction.IN, EnumSet.of(EdgeKind.CALLS), "caller of ", related);
                add(graph, match, Direction.OUT, EnumSet.of(EdgeKind.CALLS), "called by ", related);
                add(graph, match, Direction.IN, EnumSet.of(EdgeKind.OVERRIDES), "overrides ", related);
            } else if (match.kind().isType()) {
                Set<EdgeKind> subtypes = EnumSet.of(EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS);
                add(graph, match, Direction.IN, subtypes, "subtype of ", related);
                add(graph, match, Direction.OUT, EnumSet.of(EdgeKind.DECLARES), "member of ", related);
            }
        }
        return related;
    }

    private static void add(
            GraphStore graph,
            Node match,
            Direction direction,
            Set<EdgeKind> kinds,
            String relation,
            List<Related> related) {
        for (Neighbour neighbour : graph.neighbours(match.id(), direction, kinds, PER_RELATION)) {
            if (neighbour.node().node().kind().isDeclared()) {
                related.add(new Related(neighbour.node().node(), relation + match.symbol()));
            }
        }
    }
}
