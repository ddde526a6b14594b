package dev.quarry.rag;

import dev.quarry.embed.StaticModel;
import dev.quarry.schema.NodeId;
import dev.quarry.search.InstantVectors;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The instant tier's part of the vector leg: what has no vector of the served model yet is found by its static one.
 *
 * <p>A question's static vector is compared with static ones alone. What comes out is told as the cosine that the served
 * model gives on an average for it, which lies closer to the middle than the cosines themselves. So in a store that is
 * half refined what is surely close comes before what is likely close, and nothing is lost.
 */
final class InstantLeg {
    private final SearchIndex index;
    private final InstantVectors vectors;
    private final StaticModel model;
    private final float[] query;

    private InstantLeg(SearchIndex index, StaticModel model, String query) {
        this.index = index;
        this.vectors = index.instant();
        this.model = model;
        this.query = model.embed(query);
    }

    /** The leg for a question; empty where all is refined, or nothing has a static vector. */
    static Optional<InstantLeg> of(SearchIndex index, String query) {
        boolean isRefined = index.vectorCount() > 0 && index.vectorSequence() == index.textSequence();
        return isRefined || !index.instant().model().equals(StaticModel.id())
                ? Optional.empty()
                : Optional.of(new InstantLeg(index, StaticModel.bundled(), query));
    }

    /** The closest, with cosines as the served model's. */
    List<SearchHit> closest(SearchFilter filter, int k) {
        return vectors.closest(query, filter, k).stream()
                .map(hit -> new SearchHit(hit.id(), model.asModelCosine(hit.score())))
                .toList();
    }

    /** What the served model has found, and beside it what the static vectors find that has no other. */
    List<SearchHit> beside(List<SearchHit> refined, float[] refinedQuery, SearchFilter filter, int k) {
        Map<NodeId, SearchHit> all = new HashMap<>();
        List<SearchHit> own = closest(filter, k);
        own.forEach(hit -> all.put(hit.id(), hit));
        List<NodeId> ids = own.stream().map(SearchHit::id).toList();
        index.cosines(refinedQuery, ids).forEach((id, cosine) -> all.put(id, new SearchHit(id, cosine)));
        refined.forEach(hit -> all.put(hit.id(), hit));
        return all.values().stream()
                .sorted(Comparator.comparingDouble((SearchHit hit) -> -hit.score())
                        .thenComparing(SearchHit::id))
                .limit(k)
                .toList();
    }

    /** Cosines as the served model's. */
    Map<NodeId, Float> cosines(Collection<NodeId> nodes) {
        Map<NodeId, Float> cosines = new HashMap<>();
        vectors.cosines(query, nodes).forEach((id, cosine) -> cosines.put(id, model.asModelCosine(cosine)));
        return cosines;
    }

    /** How far the refinement is. */
    String note() {
        return index.vectorCount() + " of " + vectors.count()
                + " vectors are the model's by now; the others are of the instant tier";
    }
}
