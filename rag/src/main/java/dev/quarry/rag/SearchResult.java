package dev.quarry.rag;

import dev.quarry.schema.StampedNode;
import java.util.List;
import java.util.Map;

/**
 * What a search has found.
 *
 * @param shape what kind of text the question was taken for, which decides how much each leg counts: {@code name}, {@code
 *     trace}, {@code change}, {@code mixed} or {@code words}
 * @param hits best first
 * @param legs what each leg did, in the order of {@link Leg}
 */
public record SearchResult(String shape, List<Hit> hits, List<LegReport> legs) {
    /** Copies the lists. */
    public SearchResult {
        hits = List.copyOf(hits);
        legs = List.copyOf(legs);
    }

    /**
     * A declaration that was found.
     *
     * @param path its file below the repository's root; empty if it has none
     * @param score the sum of all points; comparable within one result only
     * @param legs what each leg says of it, also where another one has found it; a leg that says nothing is left out
     * @param bonuses the points, which may be negative, that do not come from a leg, by what they are given for
     */
    public record Hit(
            StampedNode node, String path, double score, Map<Leg, LegScore> legs, Map<Bonus, Double> bonuses) {
        /** Copies the maps. */
        public Hit {
            legs = Map.copyOf(legs);
            bonuses = Map.copyOf(bonuses);
        }
    }

    /**
     * What one leg says of a hit.
     *
     * @param rank its place in the leg, counted from 1; 0 if another leg has found it
     * @param score the leg's own score: BM25, the cosine, or the activation, 0 to 1; not comparable between legs
     * @param points what it adds to the hit's score
     */
    public record LegScore(int rank, double score, double points) {}

    /** What gives points besides the legs. */
    public enum Bonus {
        /** The query is the declaration's name, or stands for it. */
        NAME,
        /** Its string literals say what the query says, word for word. */
        QUOTE,
        /** It has no vector, and so gets the points of the least close hit that has one. */
        NO_VECTOR,
        /** Its file as a whole: what the file's declarations together, and its name, have of the query. */
        FILE,
        /** A better hit lies in the same file, and the query asks for files. */
        SAME_FILE,
        /** What speaks for or against it whatever was asked for: its kind, a test, generated code. */
        PRIOR
    }

    /**
     * What a leg did.
     *
     * @param ran whether it took part
     * @param candidates how many it has found
     * @param note why it could not run, or in how far its answer is not complete; empty if there is nothing to say, also
     *     where it is of no use for such a query and was not asked
     * @param startNanos when it began, by the clock of {@link System#nanoTime}
     * @param nanos how long it took
     */
    public record LegReport(Leg leg, boolean ran, int candidates, String note, long startNanos, long nanos) {}
}
