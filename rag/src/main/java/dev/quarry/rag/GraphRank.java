package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How much the code leans on each declaration: PageRank over what calls, uses, extends, implements and overrides what.
 * Tests point at what they use and take no part themselves, so that what only tests use stays low.
 */
final class GraphRank {
    private static final Set<EdgeKind> KINDS = Set.of(
            EdgeKind.CALLS,
            EdgeKind.TYPE_USE,
            EdgeKind.EXTENDS,
            EdgeKind.IMPLEMENTS,
            EdgeKind.OVERRIDES,
            EdgeKind.INJECTS);
    private static final double DAMPING = 0.85;
    private static final int ITERATIONS = 20;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private int[] from = new int[1 << 12];
    private int[] to = new int[1 << 12];
    private int edges;

    /** A declaration and its share of all rank. */
    record Ranked(Node node, double rank) {}

    private GraphRank() {}

    /** The types, methods and constructors that the text writes and that are not tests, in the order of their ids. */
    static List<Ranked> of(GraphStore graph) {
        GraphRank rank = new GraphRank();
        graph.forEachNode(stamped -> rank.add(stamped.node()));
        graph.forEachEdge(KINDS, rank::add);
        double[] ranks = rank.ranks();
        List<Ranked> ranked = new ArrayList<>();
        for (int i = 0; i < ranks.length; i++) {
            ranked.add(new Ranked(rank.nodes.get(i), ranks[i]));
        }
        return ranked;
    }

    private void add(Node node) {
        boolean shown = node.kind().isType() || node.kind() == NodeKind.METHOD || node.kind() == NodeKind.CONSTRUCTOR;
        if (shown
                && (node.flags() & (Flags.TEST | Flags.IMPLICIT | Flags.LOCAL)) == 0
                && node.span().endLine() > 0) {
            numbers.put(node.id(), nodes.size());
            nodes.add(node);
        }
    }

    private void add(Edge edge) {
        Integer source = numbers.get(edge.from());
        Integer target = numbers.get(edge.to());
        if (source == null || target == null || source.equals(target)) {
            return;
        }
        if (edges == from.length) {
            from = Arrays.copyOf(from, 2 * edges);
            to = Arrays.copyOf(to, 2 * edges);
        }
        from[edges] = source;
        to[edges++] = target;
    }

    private double[] ranks() {
        int count = nodes.size();
        int[] out = new int[count];
        for (int i = 0; i < edges; i++) {
            out[from[i]]++;
        }
        double[] ranks = new double[count];
        Arrays.fill(ranks, 1.0 / Math.max(1, count));
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] next = new double[count];
            double lost = 0;
            for (int i = 0; i < count; i++) {
                lost += out[i] == 0 ? ranks[i] : 0;
            }
            Arrays.fill(next, (1 - DAMPING + DAMPING * lost) / Math.max(1, count));
            for (int i = 0; i < edges; i++) {
                next[to[i]] += DAMPING * ranks[from[i]] / out[from[i]];
            }
            ranks = next;
        }
        return ranks;
    }
}
