package dev.quarry.rag;

import java.time.Duration;

/**
 * What a cache holds, and has done since the process began.
 *
 * @param pinned how many of the entries are pinned
 * @param bytes how large its file is
 * @param stale misses because what an answer cites had changed
 * @param expired misses because an answer was too old
 * @param falseHits hits that were judged wrong
 * @param refused answers that were not kept because they held a secret or were too long
 * @param evicted entries that went for want of space
 * @param failures how often the cache did not work
 * @param tokensSaved tokens that the answers served had cost when they were made
 * @param costSaved the same in US dollars
 */
public record CacheStats(
        int entries,
        int pinned,
        long bytes,
        long hits,
        long misses,
        long stale,
        long expired,
        long falseHits,
        long kept,
        long refused,
        long evicted,
        long failures,
        long tokensSaved,
        double costSaved,
        Latency embedding,
        Latency lookup,
        Latency hit) {
    /** How long something took; half, and 99 of 100, took at most so long, to within a tenth. */
    public record Latency(long count, Duration p50, Duration p99) {}
}
