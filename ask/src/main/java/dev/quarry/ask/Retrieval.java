package dev.quarry.ask;

import java.util.List;

/**
 * How code was found.
 *
 * @param shape what kind of text the question was taken for, which decides how much each leg counts; empty if unknown
 * @param legs what each leg of the search did
 * @param steps searching and packing
 */
public record Retrieval(String shape, List<LegRun> legs, List<Step> steps) {
    /** Nothing is known of it. */
    public static final Retrieval UNKNOWN = new Retrieval("", List.of(), List.of());

    /** Copies the lists. */
    public Retrieval {
        legs = List.copyOf(legs);
        steps = List.copyOf(steps);
    }

    /**
     * What a leg of a search did.
     *
     * @param ran whether it took part
     * @param candidates how many it has found
     * @param note why it did not run, or in how far its answer is not complete; empty if there is nothing to say
     * @param startNanos when it began, by the clock of {@link System#nanoTime}
     * @param nanos how long it took
     */
    public record LegRun(String leg, boolean ran, int candidates, String note, long startNanos, long nanos) {}
}
