package dev.quarry.rag;

import dev.quarry.rag.SearchResult.Bonus;
import dev.quarry.rag.SearchResult.LegScore;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchHit;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the legs have found, each with one score: a weighted sum of what all legs say of it, also of those that did not find
 * it by themselves. Used by one thread.
 *
 * <p>The cosine is taken as it is, BM25 as a share of the best hit's, the graph's activation as it is. So the cosine is the
 * unit of all weights.
 */
final class Candidates {
    private final QueryShape shape;
    private final Map<NodeId, Candidate> all = new HashMap<>();
    private double bestText;
    private double leastCosine = Double.POSITIVE_INFINITY;

    Candidates(QueryShape shape) {
        this.shape = shape;
    }

    /** A node with what is known of it. */
    static final class Candidate {
        private final NodeId id;
        private final Map<Leg, Integer> ranks = new EnumMap<>(Leg.class);
        private double text;
        private double cosine = Double.NaN;
        private double activation;
        private double named;
        private double quoted;

        private Candidate(NodeId id) {
            this.id = id;
        }

        NodeId id() {
            return id;
        }

        /** The cosine of its vector with the query's; not a number without one. */
        double cosine() {
            return cosine;
        }
    }

    /** Adds what a leg has found, best first. */
    void add(Leg leg, List<SearchHit> hits) {
        int rank = 0;
        for (SearchHit hit : hits) {
            Candidate candidate = all.computeIfAbsent(hit.id(), Candidate::new);
            candidate.ranks.put(leg, ++rank);
            candidate.named = Math.max(candidate.named, hit.named());
            switch (leg) {
                case TEXT -> setText(candidate, hit.score());
                case VECTOR -> setCosine(candidate, hit.score());
                case GRAPH -> candidate.activation = hit.score();
            }
        }
    }

    /** The candidates that a leg has said nothing of. */
    Collection<NodeId> unknownTo(Leg leg) {
        return all.values().stream()
                .filter(candidate -> leg == Leg.VECTOR ? Double.isNaN(candidate.cosine) : candidate.text == 0)
                .map(Candidate::id)
                .toList();
    }

    /** Adds scores of BM25 of candidates that other legs have found. */
    void texts(Map<NodeId, Float> scores) {
        scores.forEach((id, score) -> setText(all.computeIfAbsent(id, Candidate::new), score));
    }

    /** Adds cosines of candidates that other legs have found. */
    void cosines(Map<NodeId, Float> scores) {
        scores.forEach((id, score) -> setCosine(all.computeIfAbsent(id, Candidate::new), score));
    }

    /** Adds what has the query in its string literals, each with its worth as a quotation. */
    void quotes(Map<NodeId, Float> worths) {
        worths.forEach((id, worth) -> all.computeIfAbsent(id, Candidate::new).quoted = worth);
    }

    private void setText(Candidate candidate, double score) {
        candidate.text = score;
        bestText = Math.max(bestText, score);
    }

    private void setCosine(Candidate candidate, double score) {
        candidate.cosine = score;
        leastCosine = Math.min(leastCosine, score);
    }

    /** What all legs together say, and the name. */
    double score(Candidate candidate) {
        double points = 0;
        for (LegScore leg : legs(candidate).values()) {
            points += leg.points();
        }
        for (double bonus : bonuses(candidate).values()) {
            points += bonus;
        }
        return points;
    }

    /** What each leg says. */
    Map<Leg, LegScore> legs(Candidate candidate) {
        Map<Leg, LegScore> legs = new EnumMap<>(Leg.class);
        if (candidate.text > 0) {
            put(legs, candidate, Leg.TEXT, candidate.text, shape.textWeight() * candidate.text / bestText);
        }
        if (!Double.isNaN(candidate.cosine)) {
            put(legs, candidate, Leg.VECTOR, candidate.cosine, candidate.cosine);
        }
        if (candidate.activation > 0) {
            put(legs, candidate, Leg.GRAPH, candidate.activation, shape.graphWeight() * candidate.activation);
        }
        return legs;
    }

    /** The points that no leg gives; a node without a vector is taken to be no closer than the least close one. */
    Map<Bonus, Double> bonuses(Candidate candidate) {
        Map<Bonus, Double> bonuses = new EnumMap<>(Bonus.class);
        if (candidate.named > 0) {
            bonuses.put(Bonus.NAME, QueryShape.NAMED_WEIGHT * candidate.named);
        }
        if (candidate.quoted > 0) {
            bonuses.put(Bonus.QUOTE, QueryShape.QUOTED_WEIGHT * candidate.quoted);
        }
        if (Double.isNaN(candidate.cosine) && !Double.isInfinite(leastCosine)) {
            bonuses.put(Bonus.NO_VECTOR, leastCosine);
        }
        return bonuses;
    }

    private static void put(Map<Leg, LegScore> legs, Candidate candidate, Leg leg, double score, double points) {
        legs.put(leg, new LegScore(candidate.ranks.getOrDefault(leg, 0), score, points));
    }

    /** The best, best first; equally good ones in the order of their ids, so that an answer is reproducible. */
    List<Candidate> best(int limit) {
        Map<NodeId, Double> scores = new HashMap<>();
        all.values().forEach(candidate -> scores.put(candidate.id, score(candidate)));
        return all.values().stream()
                .sorted(Comparator.comparingDouble((Candidate candidate) -> -scores.getOrDefault(candidate.id, 0.0))
                        .thenComparing(Candidate::id))
                .limit(limit)
                .toList();
    }
}
