package dev.quarry.rag;

import dev.quarry.schema.StampedNode;
import java.util.List;
import java.util.Map;

/**
 * What a search has found.
 *
 * @param hits best first
 * @param legs what each leg did, in the order of {@link Leg}
 */
public record SearchResult(List<Hit> hits, List<LegReport> legs) {
    /** Copies the lists. */
    public SearchResult {
        hits = List.copyOf(hits);
        legs = List.copyOf(legs);
    }

    /**
     * A declaration that was found.
     *
     * @param path its file below the repository's root; empty if it has none
     * @param score what the legs give it together; comparable within one result only
     * @param legs its place in each leg that has found it
     */
    public record Hit(StampedNode node, String path, double score, Map<Leg, LegScore> legs) {
        /** Copies the map. */
        public Hit {
            legs = Map.copyOf(legs);
        }
    }

    /**
     * A hit's place in one leg.
     *
     * @param rank counted from 1
     * @param score the leg's own score; not comparable between legs
     */
    public record LegScore(int rank, float score) {}

    /**
     * What a leg did.
     *
     * @param ran whether it took part
     * @param candidates how many it has found
     * @param note why it did not run, or in how far its answer is not complete; empty if there is nothing to say
     */
    public record LegReport(Leg leg, boolean ran, int candidates, String note) {}
}
