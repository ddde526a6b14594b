package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.PackedContext.Extent;
import dev.quarry.rag.PackedContext.Piece;
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
 * <p>The best matches come with their source until a share of the budget is used; no two of them are near-duplicates, and
 * none is so long that it would be alone. The rest is signatures, of which many fit: first those of the next matches, then
 * of what lies around the best ones ({@link Surroundings}), then of all that was found. Who asks for a change needs files:
 * there the first files are outlined before the further matches come in. What is left of the budget goes to more source.
 * Safe for use by several threads.
 */
public final class ContextPacker {
    /** The share of the budget that the source of one declaration may have while that of others is still to come. */
    private static final double LONGEST = 0.15;

    /** How many tokens it may have in any case. */
    private static final int LONGEST_LEAST = 600;

    /** The longest source that is quoted, and how much is quoted at once, in characters; beyond that come signatures. */
    private static final int QUOTED_MAX = 24_000;

    private static final int QUOTED_ALL_MAX = 128_000;
    private static final int QUOTE_ATTEMPTS = 3;

    private final GraphStore graph;
    private final Retriever retriever;

    /** A packer over a store and a retriever of the same store. */
    public ContextPacker(GraphStore graph, Retriever retriever) {
        this.graph = graph;
        this.retriever = retriever;
    }

    /**
     * How the budget is shared out.
     *
     * @param source the share that source may use at first
     * @param signatures of how many matches the signature comes before what lies around them
     * @param around the share that must be left when that begins to come in
     * @param files how many files are outlined
     */
    private record Plan(double source, int signatures, double around, int files) {
        static final Plan ANSWER = new Plan(0.45, 40, 0.15, 0);
        static final Plan CHANGE = new Plan(0.2, 10, 0.45, 10);
    }

    private record Found(List<Node> matches, Plan plan) {}

    /** The context for a request. */
    public PackedContext pack(ContextRequest request) {
        ContextHead head = new ContextHead(
                graph.sequence(), graph.coverage(), request.provenance(), TokenCounter.of(request.model()));
        SourceTexts sources = new SourceTexts(graph);
        Found found = found(request, sources);
        Packing packing = new Packing(sources, head, request.tokenBudget());
        Plan plan = found.plan();
        int longest = Math.max(LONGEST_LEAST, (int) (request.tokenBudget() * LONGEST));
        found.matches().forEach(node -> packing.source(node, Packing.MATCH, plan.source(), longest));
        found.matches().stream().limit(plan.signatures()).forEach(node -> packing.signature(node, Packing.MATCH, 1));
        for (Surroundings.Related related : new Surroundings(graph).of(found.matches())) {
            packing.signature(related.node(), related.reason(), 1 - plan.around());
        }
        outline(packing, found);
        found.matches().forEach(node -> packing.signature(node, Packing.MATCH, 1));
        found.matches().forEach(node -> packing.source(node, Packing.MATCH, 1, request.tokenBudget()));
        return packing.result();
    }

    /**
     * The source of these declarations, each for itself, also where one is part of another or like it; of what is very long
     * the signature. What is not in the store, or without text there, is left out, and all if writes never rest.
     */
    public List<Piece> quote(List<NodeId> symbols) {
        for (int attempt = 0; attempt < QUOTE_ATTEMPTS; attempt++) {
            long sequence = graph.sequence();
            List<Piece> pieces = quoted(symbols);
            // Otherwise a text may be of another state than the places in it.
            if (graph.sequence() == sequence) {
                return pieces;
            }
        }
        return List.of();
    }

    private List<Piece> quoted(List<NodeId> symbols) {
        SourceTexts sources = new SourceTexts(graph);
        List<Piece> pieces = new ArrayList<>();
        int chars = 0;
        for (StampedNode stamped : graph.nodes(symbols)) {
            Piece piece = Packing.piece(sources, stamped.node(), Packing.MATCH, Extent.BODY);
            int length = piece.text().length();
            if (length > QUOTED_MAX || chars + length > QUOTED_ALL_MAX) {
                piece = Packing.piece(sources, stamped.node(), Packing.MATCH, Extent.SIGNATURE);
            }
            if (!piece.text().isEmpty()) {
                chars += piece.text().length();
                pieces.add(piece);
            }
        }
        return pieces;
    }

    private Found found(ContextRequest request, SourceTexts sources) {
        Map<NodeId, Node> matches = new LinkedHashMap<>();
        for (StampedNode stamped : graph.nodes(request.symbols())) {
            matches.put(stamped.node().id(), stamped.node());
        }
        boolean isChange = false;
        if (!request.text().isBlank()) {
            SearchResult result = retriever.search(
                    SearchRequest.of(request.text(), SearchRequest.LIMIT_MAX, request.filter()),
                    SearchRequest.LIMIT_MAX);
            isChange = QueryShape.of(request.text()) == QueryShape.CHANGE;
            for (SearchResult.Hit hit : result.hits()) {
                Node node = hit.node().node();
                matches.putIfAbsent(node.id(), node);
                sources.know(node, hit.path());
            }
        }
        return new Found(new ArrayList<>(matches.values()), isChange ? Plan.CHANGE : Plan.ANSWER);
    }

    /** The types, methods and constructors of the first files, as far as they fit. */
    private void outline(Packing packing, Found found) {
        Map<NodeId, Node> files = new LinkedHashMap<>();
        for (Node node : found.matches()) {
            if (files.size() < found.plan().files()) {
                files.putIfAbsent(node.file(), node);
            }
        }
        files.forEach((file, match) -> graph.declaredIn(file).stream()
                .map(StampedNode::node)
                .filter(node -> NodeText.isTypeOrMethod(node) && node.span().endLine() > 0)
                .forEach(node -> packing.signature(node, Packing.SAME_FILE + match.symbol(), 1)));
    }
}
