package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.PackedContext.Extent;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the code that answers a question under a hard budget of tokens.
 *
 * <p>The best matches come with their bodies until most of the budget is used, further ones and the neighbours of the best
 * (callers, callees, implementations) with their signatures; what is left of the budget goes to more bodies. Safe for use
 * by several threads.
 */
public final class ContextPacker {
    private static final int MATCHES = 30;
    private static final double BODIES_SHARE = 0.7;

    private final GraphStore graph;
    private final Retriever retriever;

    /** A packer over a store and a retriever of the same store. */
    public ContextPacker(GraphStore graph, Retriever retriever) {
        this.graph = graph;
        this.retriever = retriever;
    }

    /** The context for a request. */
    public PackedContext pack(ContextRequest request) {
        long sequence = graph.sequence();
        List<Node> matches = matches(request);
        Packing packing = new Packing(new SourceTexts(graph), sequence, graph.coverage(), request.tokenBudget());
        int forBodies = (int) (request.tokenBudget() * BODIES_SHARE);
        for (Node node : matches) {
            packing.offer(node, "match", Extent.BODY, forBodies);
        }
        for (Node node : matches) {
            packing.offer(node, "match", Extent.SIGNATURE, request.tokenBudget());
        }
        for (Related related : Related.of(graph, matches)) {
            packing.offer(related.node(), related.reason(), Extent.SIGNATURE, request.tokenBudget());
        }
        for (Node node : matches) {
            packing.offer(node, "match", Extent.BODY, request.tokenBudget());
        }
        return packing.result();
    }

    private List<Node> matches(ContextRequest request) {
        Map<NodeId, Node> matches = new LinkedHashMap<>();
        for (StampedNode stamped : graph.nodes(request.symbols())) {
            matches.put(stamped.node().id(), stamped.node());
        }
        if (!request.text().isBlank()) {
            retriever.search(SearchRequest.of(request.text(), MATCHES, request.filter())).hits().stream()
                    .map(hit -> hit.node().node())
                    .forEach(node -> matches.putIfAbsent(node.id(), node));
        }
        return new ArrayList<>(matches.values());
    }
}
