package dev.quarry.rag;

import java.time.Duration;

/**
 * How a cache behaves.
 *
 * @param entriesMax how many entries it holds
 * @param answerCharsMax the longest answer that is kept
 * @param timeToLive after which an entry is not served any more; pinned ones are
 * @param eviction what goes first when space is wanted
 * @param threshold how close, as a cosine, a question must be to one whose entry has learnt nothing yet
 */
public record CacheRules(int entriesMax, int answerCharsMax, Duration timeToLive, Eviction eviction, double threshold) {
    /** What goes first. */
    public enum Eviction {
        /** What was not served for the longest time. */
        LEAST_RECENTLY,
        /** What was served the fewest times, the older first. */
        LEAST_OFTEN
    }

    /** How far below the threshold two ways to ask the same thing lie. */
    private static final double LOOSE_DISCOUNT = 0.14;

    /**
     * A month, ten thousand answers. The threshold is for questions of the same words; others must be closer. It keeps out
     * what is about something else: questions that differ in a name or a negation are as close as paraphrases, and it is
     * the gate that tells them apart.
     */
    public static final CacheRules DEFAULT =
            new CacheRules(10_000, 64_000, Duration.ofDays(30), Eviction.LEAST_RECENTLY, 0.78);

    /** Rejects rules by which nothing is kept. */
    public CacheRules {
        if (entriesMax < 1 || answerCharsMax < 1 || timeToLive.toMillis() < 1) {
            throw new IllegalArgumentException("a cache must be able to hold an entry for a while");
        }
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("a threshold is a cosine between 0 and 1, not " + threshold);
        }
    }

    /** How close a question must be to one with other words for the judge to be asked. */
    double looseThreshold() {
        return Math.max(0, threshold - LOOSE_DISCOUNT);
    }
}
