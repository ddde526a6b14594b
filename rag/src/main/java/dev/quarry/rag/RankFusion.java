package dev.quarry.rag;

import dev.quarry.rag.SearchResult.LegScore;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchHit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fuses ranked lists by weighted reciprocal rank: each list adds {@code weight / (K + rank)} to a hit's score.
 *
 * <p>Ranks and not scores, because the scores of BM25 and of inner products have no common scale. Used by one thread.
 */
final class RankFusion {
    /** Cormack et al. use 60; a smaller one lets the first ranks count more, which the development sets reward. */
    static final double K = 7;

    private final Map<NodeId, Fused> fused = new HashMap<>();

    /** A candidate. */
    static final class Fused {
        private final NodeId id;
        private final Map<Leg, LegScore> legs = new EnumMap<>(Leg.class);
        private double score;

        private Fused(NodeId id) {
            this.id = id;
        }

        NodeId id() {
            return id;
        }

        double score() {
            return score;
        }

        Map<Leg, LegScore> legs() {
            return legs;
        }
    }

    /** Adds what a leg has found, best first. */
    void add(Leg leg, List<SearchHit> hits, double weight) {
        int rank = 0;
        for (SearchHit hit : hits) {
            Fused entry = fused.computeIfAbsent(hit.id(), Fused::new);
            if (entry.legs.putIfAbsent(leg, new LegScore(++rank, hit.score())) == null) {
                entry.score += weight / (K + rank);
            }
        }
    }

    /** The candidates, best first; ties in the order of their ids, so that an answer is reproducible. */
    List<Fused> best(int limit) {
        return fused.values().stream()
                .sorted(Comparator.comparingDouble(Fused::score).reversed().thenComparing(Fused::id))
                .limit(limit)
                .toList();
    }
}
