package dev.quarry.rag;

import dev.quarry.embed.EmbeddingModel;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.Candidates.Candidate;
import dev.quarry.rag.SearchResult.LegReport;
import dev.quarry.schema.Futures;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.search.NameCoverage;
import dev.quarry.search.Quotations;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hybrid search: text, vectors and the graph's neighbourhood, fused by a weighted sum of their scores.
 *
 * <p>What one leg has found is scored by the others too. A leg that cannot run is named in the answer with the reason; the
 * others answer without it. Safe for use by several threads.
 */
public final class Retriever {
    private static final Logger log = LoggerFactory.getLogger(Retriever.class);
    private static final String NOT_ASKED = "not asked for";
    private static final String NO_WORD = "the text has no letter and no digit: there is nothing to search for";
    private static final int CANDIDATES = 100;
    private static final int QUOTATIONS = 20;
    private static final int MODEL_ATTEMPTS = 3;

    private final GraphStore graph;
    private final SearchIndex index;
    private final Supplier<Optional<EmbeddingModel>> model;
    private final QueryVectors vectors = new QueryVectors();

    /** A retriever over a store and its index; the model of the index's vectors is asked for at each search. */
    public Retriever(GraphStore graph, SearchIndex index, Supplier<Optional<EmbeddingModel>> model) {
        this.graph = graph;
        this.index = index;
        this.model = model;
    }

    /** The declarations that answer a request best. */
    public SearchResult search(SearchRequest request) {
        return search(request, CANDIDATES);
    }

    /** The same, with this many candidates of each leg. */
    SearchResult search(SearchRequest request, int candidatesPerLeg) {
        QueryShape shape = QueryShape.of(request.text());
        return request.text().codePoints().anyMatch(Character::isLetterOrDigit)
                ? search(Asked.of(request, shape, graph, index), candidatesPerLeg)
                : nothing(shape);
    }

    /** The answer to a text that says nothing; to the vectors, it would be close to anything. */
    private static SearchResult nothing(QueryShape shape) {
        List<LegReport> legs = Arrays.stream(Leg.values())
                .map(leg -> LegResult.none(leg, NO_WORD).report())
                .toList();
        return new SearchResult(name(shape), List.of(), legs);
    }

    private static String name(QueryShape shape) {
        return shape.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A request with the text that the legs are asked.
     *
     * @param frames what the declarations are worth that a stack trace names
     */
    private record Asked(SearchRequest request, QueryShape shape, Map<NodeId, Double> frames) {
        static Asked of(SearchRequest request, QueryShape shape, GraphStore graph, SearchIndex index) {
            return switch (shape) {
                case NAME -> new Asked(request.withText(QueryShape.bare(request.text())), shape, Map.of());
                case TRACE -> ofTrace(request, StackTrace.of(request.text()), graph, index);
                case CHANGE, MIXED, WORDS -> new Asked(request, shape, Map.of());
            };
        }

        private static Asked ofTrace(SearchRequest request, StackTrace trace, GraphStore graph, SearchIndex index) {
            TraceFrames frames = TraceFrames.of(trace, graph, index, request.filter());
            return new Asked(request.withText(trace.gist(frames.counting())), QueryShape.TRACE, frames.worth());
        }
    }

    private SearchResult search(Asked asked, int candidatesPerLeg) {
        SearchRequest request = asked.request();
        QueryShape shape = asked.shape();
        FutureTask<VectorResult> vectors = new FutureTask<>(() -> {
            long began = System.nanoTime();
            return vectorLeg(request, shape, candidatesPerLeg).since(began);
        });
        Thread.ofVirtual().name("quarry-vector-leg").start(vectors);
        long reading = System.nanoTime();
        LegResult text = textLeg(asked, candidatesPerLeg).since(reading);
        Map<NodeId, Float> quoted = quotations(request, text);
        VectorResult vector = Futures.join(vectors);
        Candidates candidates = new Candidates(shape);
        candidates.add(Leg.TEXT, text.hits());
        candidates.add(Leg.VECTOR, vector.leg().hits());
        candidates.cosines(vector.types());
        candidates.quotes(quoted);
        complete(candidates, request, vector);
        long spreading = System.nanoTime();
        LegResult neighbours = graphLeg(request, shape, candidates).since(spreading);
        candidates.add(Leg.GRAPH, neighbours.hits());
        complete(candidates, request, vector);
        List<LegReport> reports = List.of(text.report(), vector.leg().report(), neighbours.report());
        return new SearchResult(name(shape), ranking(request, shape, candidates).best(request.limit()), reports);
    }

    /** What a leg has found, best first, and what it says of itself. */
    private record LegResult(LegReport report, List<SearchHit> hits) {
        static LegResult of(Leg leg, List<SearchHit> hits, String note) {
            return new LegResult(new LegReport(leg, true, hits.size(), note, 0, 0), hits);
        }

        static LegResult none(Leg leg, String reason) {
            return new LegResult(new LegReport(leg, false, 0, reason, 0, 0), List.of());
        }

        /** The same, which began then and ends now. */
        LegResult since(long startNanos) {
            LegReport timed = new LegReport(
                    report.leg(),
                    report.ran(),
                    report.candidates(),
                    report.note(),
                    startNanos,
                    System.nanoTime() - startNanos);
            return new LegResult(timed, hits);
        }
    }

    /** What the vectors have found, the closest types if those count, and what else the vectors can be asked by. */
    private record VectorResult(
            LegResult leg, Map<NodeId, Float> types, Optional<float[]> query, Optional<InstantLeg> instant) {
        static VectorResult none(String reason) {
            return new VectorResult(LegResult.none(Leg.VECTOR, reason), Map.of(), Optional.empty(), Optional.empty());
        }

        VectorResult since(long startNanos) {
            return new VectorResult(leg.since(startNanos), types, query, instant);
        }
    }

    private LegResult textLeg(Asked asked, int k) {
        SearchRequest request = asked.request();
        if (!request.legs().contains(Leg.TEXT)) {
            return LegResult.none(Leg.TEXT, NOT_ASKED);
        }
        Optional<String> problem = textProblem();
        if (problem.isPresent()) {
            return LegResult.none(Leg.TEXT, problem.get());
        }
        List<SearchHit> words = index.text(request.text(), request.filter(), k);
        return LegResult.of(Leg.TEXT, asked.frames().isEmpty() ? words : withFrames(asked, words), "");
    }

    /** What a stack trace names, the root cause's innermost method first, before what its words find. */
    private List<SearchHit> withFrames(Asked asked, List<SearchHit> words) {
        Map<NodeId, Float> scores =
                index.textScores(asked.request().text(), asked.frames().keySet());
        List<SearchHit> hits = new ArrayList<>();
        asked.frames().forEach((id, worth) -> hits.add(new SearchHit(id, scores.getOrDefault(id, 0f), worth)));
        hits.sort(Comparator.comparingDouble((SearchHit hit) -> -hit.named()));
        words.stream().filter(hit -> !asked.frames().containsKey(hit.id())).forEach(hits::add);
        return hits;
    }

    private Map<NodeId, Float> quotations(SearchRequest request, LegResult text) {
        return text.report().ran() ? Quotations.of(request.text(), index, request.filter(), QUOTATIONS) : Map.of();
    }

    /** Why there is nothing to be found by text; one that was made anew and is still empty is told too. */
    private Optional<String> textProblem() {
        Optional<String> problem = index.textProblem();
        boolean isEmpty = index.textCount() == 0 && index.textSequence() < graph.sequence();
        return problem.isEmpty() && isEmpty
                ? Optional.of("the search index of text is not made yet ('quarry index' makes it)")
                : problem;
    }

    /** What the embedding model makes of a question, made once for the last questions; empty without a model. */
    public Optional<float[]> vector(String question) {
        return model.get().map(ready -> vector(ready, question));
    }

    private float[] vector(EmbeddingModel ready, String question) {
        return vectors.of(ready.id(), question, ready::embedQuery);
    }

    /** The vector of a question; empty if the model fails, which must not take the other legs with it. */
    private Optional<float[]> query(EmbeddingModel ready, String text) {
        try {
            return Optional.of(vector(ready, text));
        } catch (RuntimeException failure) {
            log.warn("the embedding model {} failed at a question", ready.id(), failure);
            return Optional.empty();
        }
    }

    private VectorResult vectorLeg(SearchRequest request, QueryShape shape, int k) {
        if (!request.legs().contains(Leg.VECTOR)) {
            return VectorResult.none(NOT_ASKED);
        }
        Optional<InstantLeg> instant = InstantLeg.of(index, request.text());
        if (index.vectorCount() == 0) {
            String none = index.vectorProblem().orElse("the index has no vectors yet");
            return instantAlone(instant, request, shape, k, none);
        }
        for (int attempt = 0; attempt < MODEL_ATTEMPTS; attempt++) {
            Optional<EmbeddingModel> ready = model.get();
            if (ready.isEmpty()) {
                return instantAlone(instant, request, shape, k, "no embedding model is there for the index's vectors");
            }
            Optional<float[]> made = query(ready.get(), request.text());
            if (made.isEmpty()) {
                return instantAlone(instant, request, shape, k, "the embedding model failed at this question");
            }
            float[] query = made.get();
            boolean stale = textProblem().isEmpty() && index.vectorSequence() != index.textSequence();
            String note = stale ? "the vectors of the last changes are still being made" : "";
            Optional<List<SearchHit>> hits = index.vectors(ready.get().id(), query, request.filter(), k);
            if (hits.isPresent()) {
                List<SearchHit> all = instant.map(leg -> leg.beside(hits.get(), query, request.filter(), k))
                        .orElse(hits.get());
                LegResult result = LegResult.of(
                        Leg.VECTOR, all, instant.map(InstantLeg::note).orElse(note));
                Map<NodeId, Float> types = typeFilter(request, shape)
                        .flatMap(filter -> index.vectors(ready.get().id(), query, filter, CANDIDATES))
                        .map(Retriever::scores)
                        .orElse(Map.of());
                return new VectorResult(result, types, Optional.of(query), instant);
            }
            // The vectors were replaced by those of another model meanwhile.
        }
        return VectorResult.none("the index's vectors are of another embedding model");
    }

    private VectorResult instantAlone(
            Optional<InstantLeg> instant, SearchRequest request, QueryShape shape, int k, String reason) {
        return instant.map(leg -> new VectorResult(
                        LegResult.of(
                                Leg.VECTOR,
                                leg.closest(request.filter(), k),
                                index.vectorProblem().orElseGet(leg::note)),
                        typeFilter(request, shape)
                                .map(filter -> scores(leg.closest(filter, CANDIDATES)))
                                .orElse(Map.of()),
                        Optional.empty(),
                        instant))
                .orElseGet(() -> VectorResult.none(reason));
    }

    /** What lets the types pass that a request lets pass; empty where they do not count by themselves, or none passes. */
    private static Optional<SearchFilter> typeFilter(SearchRequest request, QueryShape shape) {
        Set<NodeKind> wanted = request.filter().kinds();
        Set<NodeKind> types = NodeKind.types().stream()
                .filter(kind -> wanted.isEmpty() || wanted.contains(kind))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(NodeKind.class)));
        return shape.fileWeights().type() == 0 || types.isEmpty()
                ? Optional.empty()
                : Optional.of(request.filter().withKinds(types));
    }

    private static Map<NodeId, Float> scores(List<SearchHit> hits) {
        Map<NodeId, Float> scores = new HashMap<>();
        hits.forEach(hit -> scores.put(hit.id(), hit.score()));
        return scores;
    }

    private LegResult graphLeg(SearchRequest request, QueryShape shape, Candidates candidates) {
        if (!request.legs().contains(Leg.GRAPH)) {
            return LegResult.none(Leg.GRAPH, NOT_ASKED);
        }
        if (shape.graphWeight() == 0) {
            return LegResult.none(Leg.GRAPH, "");
        }
        List<NodeId> seeds =
                candidates.best(Neighbourhood.SEEDS).stream().map(Candidate::id).toList();
        return seeds.isEmpty()
                ? LegResult.none(Leg.GRAPH, "the other legs have found nothing to start from")
                : LegResult.of(Leg.GRAPH, new Neighbourhood(graph, index).of(seeds, request.filter()), "");
    }

    /** Has each leg score what the others have found. */
    private void complete(Candidates candidates, SearchRequest request, VectorResult vector) {
        if (request.legs().contains(Leg.TEXT)) {
            candidates.texts(index.textScores(request.text(), candidates.unknownTo(Leg.TEXT)));
        }
        vector.query().ifPresent(query -> candidates.cosines(index.cosines(query, candidates.unknownTo(Leg.VECTOR))));
        vector.instant().ifPresent(leg -> candidates.cosines(leg.cosines(candidates.unknownTo(Leg.VECTOR))));
    }

    private Ranking ranking(SearchRequest request, QueryShape shape, Candidates candidates) {
        NameCoverage said = NameCoverage.by(request.text());
        boolean isAsked =
                request.legs().contains(Leg.TEXT) && shape.fileWeights().coverage() > 0;
        Map<String, Float> coverage = isAsked ? index.fileCoverage(request.text()) : Map.of();
        return new Ranking(graph, shape, new FileEvidence(shape, coverage, said), said, candidates);
    }
}
