package dev.quarry.rag;

import dev.quarry.embed.EmbeddingModel;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.RankFusion.Fused;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.rag.SearchResult.LegReport;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Futures;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.NameCoverage;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Hybrid search: text, vectors and the graph's neighbourhood, fused by weighted reciprocal rank.
 *
 * <p>A leg that cannot run is named in the answer with the reason; the others answer without it. Safe for use by several
 * threads.
 */
public final class Retriever {
    private static final String NOT_ASKED = "not asked for";
    private static final int CANDIDATES = 100;
    private static final int MODEL_ATTEMPTS = 3;
    private static final int RERANKED_BEYOND_LIMIT = 30;
    private static final double TEST_FACTOR = 0.8;
    private static final double DEPRECATED_FACTOR = 0.9;
    private static final double NOT_PUBLIC_FACTOR = 0.97;
    private static final double NOT_METHOD_FACTOR = 0.85;
    private static final double EXACT_NAME_FACTOR = 1.6;
    private static final double SAID_NAME_WEIGHT = 0.1;

    private final GraphStore graph;
    private final SearchIndex index;
    private final Supplier<Optional<EmbeddingModel>> model;

    /** A retriever over a store and its index; the model of the index's vectors is asked for at each search. */
    public Retriever(GraphStore graph, SearchIndex index, Supplier<Optional<EmbeddingModel>> model) {
        this.graph = graph;
        this.index = index;
        this.model = model;
    }

    /** The declarations that answer a request best. */
    public SearchResult search(SearchRequest request) {
        QueryShape shape = QueryShape.of(request.text());
        RankFusion fusion = new RankFusion();
        FutureTask<LegResult> vectors = new FutureTask<>(() -> vectorLeg(request));
        Thread.ofVirtual().name("quarry-vector-leg").start(vectors);
        List<LegReport> reports = new ArrayList<>();
        reports.add(add(textLeg(request), shape, fusion));
        reports.add(add(Futures.join(vectors), shape, fusion));
        reports.add(add(graphLeg(request, fusion), shape, fusion));
        return new SearchResult(hits(request, shape, fusion), reports);
    }

    /** What a leg has found, best first, and what it says of itself. */
    private record LegResult(LegReport report, List<SearchHit> hits) {
        static LegResult of(Leg leg, List<SearchHit> hits, String note) {
            return new LegResult(new LegReport(leg, true, hits.size(), note), hits);
        }

        static LegResult none(Leg leg, String reason) {
            return new LegResult(new LegReport(leg, false, 0, reason), List.of());
        }
    }

    private static LegReport add(LegResult result, QueryShape shape, RankFusion fusion) {
        Leg leg = result.report().leg();
        fusion.add(leg, result.hits(), shape.weight(leg));
        return result.report();
    }

    private LegResult textLeg(SearchRequest request) {
        return request.legs().contains(Leg.TEXT)
                ? LegResult.of(Leg.TEXT, index.text(request.text(), request.filter(), CANDIDATES), "")
                : LegResult.none(Leg.TEXT, NOT_ASKED);
    }

    private LegResult vectorLeg(SearchRequest request) {
        if (!request.legs().contains(Leg.VECTOR)) {
            return LegResult.none(Leg.VECTOR, NOT_ASKED);
        }
        if (index.vectorCount() == 0) {
            return LegResult.none(Leg.VECTOR, "the index has no vectors yet");
        }
        for (int attempt = 0; attempt < MODEL_ATTEMPTS; attempt++) {
            Optional<EmbeddingModel> ready = model.get();
            if (ready.isEmpty()) {
                return LegResult.none(Leg.VECTOR, "no embedding model is there for the index's vectors");
            }
            float[] query = ready.get().embedQuery(request.text());
            boolean stale = index.vectorSequence() != index.textSequence();
            String note = stale ? "the vectors of the last changes are still being made" : "";
            Optional<List<SearchHit>> hits = index.vectors(ready.get().id(), query, request.filter(), CANDIDATES);
            if (hits.isPresent()) {
                return LegResult.of(Leg.VECTOR, hits.get(), note);
            }
            // The vectors were replaced by those of another model meanwhile.
        }
        return LegResult.none(Leg.VECTOR, "the index's vectors are of another embedding model");
    }

    private LegResult graphLeg(SearchRequest request, RankFusion fusion) {
        if (!request.legs().contains(Leg.GRAPH)) {
            return LegResult.none(Leg.GRAPH, NOT_ASKED);
        }
        List<Fused> seeds = fusion.best(Neighbourhood.SEEDS);
        return seeds.isEmpty()
                ? LegResult.none(Leg.GRAPH, "the other legs have found nothing to start from")
                : LegResult.of(Leg.GRAPH, new Neighbourhood(graph).of(seeds, request.filter()), "");
    }

    private List<Hit> hits(SearchRequest request, QueryShape shape, RankFusion fusion) {
        List<Fused> best = fusion.best(request.limit() + RERANKED_BEYOND_LIMIT);
        Map<NodeId, StampedNode> nodes = byId(best.stream().map(Fused::id).toList());
        NameCoverage said = NameCoverage.by(request.text());
        List<Ranked> ranked = new ArrayList<>();
        for (Fused fused : best) {
            StampedNode node = nodes.get(fused.id());
            if (node != null) {
                double prior = prior(node.node(), shape) * nameFactor(node.node(), request.text(), shape, said);
                ranked.add(new Ranked(fused, node, fused.score() * prior));
            }
        }
        List<Ranked> chosen = ranked.stream()
                .sorted(Comparator.comparingDouble((Ranked hit) -> -hit.score())
                        .thenComparing(hit -> hit.fused().id()))
                .limit(request.limit())
                .toList();
        Map<NodeId, StampedNode> files = byId(
                chosen.stream().map(hit -> hit.node().node().file()).distinct().toList());
        return chosen.stream().map(hit -> hit.withPath(files)).toList();
    }

    /** A candidate that the store knows, with its score after the priors. */
    private record Ranked(Fused fused, StampedNode node, double score) {
        Hit withPath(Map<NodeId, StampedNode> files) {
            StampedNode file = files.get(node.node().file());
            return new Hit(node, file == null ? "" : file.node().qualifiedName(), score, fused.legs());
        }
    }

    private Map<NodeId, StampedNode> byId(List<NodeId> ids) {
        return graph.nodes(ids).stream()
                .collect(Collectors.toMap(stamped -> stamped.node().id(), Function.identity()));
    }

    /** A name that was asked for, as it is written or in words, speaks loudest; else the share of it that was said. */
    private static double nameFactor(Node node, String query, QueryShape shape, NameCoverage said) {
        if (shape == QueryShape.NAME) {
            return node.name().equals(QueryShape.simpleName(query)) ? EXACT_NAME_FACTOR : 1;
        }
        if (said.isWhole(node.name())) {
            return EXACT_NAME_FACTOR;
        }
        if (node.kind() != NodeKind.METHOD) {
            return 1; // a single noun, which many a query says, is the name of many a type and variable
        }
        double share = said.of(node.name());
        return 1 + SAID_NAME_WEIGHT * share * share;
    }

    /** What speaks for a declaration whatever was asked. */
    private static double prior(Node node, QueryShape shape) {
        double factor = 1;
        if (Flags.has(node.flags(), Flags.TEST)) {
            factor *= TEST_FACTOR;
        }
        if (Flags.has(node.flags(), Flags.DEPRECATED)) {
            factor *= DEPRECATED_FACTOR;
        }
        if (!Flags.has(node.flags(), Modifier.PUBLIC)) {
            factor *= NOT_PUBLIC_FACTOR;
        }
        if (shape == QueryShape.WORDS && node.kind() != NodeKind.METHOD) {
            factor *= NOT_METHOD_FACTOR; // prose asks for what code does, and that is what methods say
        }
        return factor;
    }
}
