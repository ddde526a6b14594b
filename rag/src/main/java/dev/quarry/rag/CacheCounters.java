package dev.quarry.rag;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** What a cache counts while it works. Safe for use by several threads. */
final class CacheCounters {
    final LongAdder falseHits = new LongAdder();
    final LongAdder kept = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder evicted = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LatencySketch embedding = new LatencySketch();

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final LongAdder expired = new LongAdder();
    private final LongAdder tokensSaved = new LongAdder();
    private final DoubleAdder costSaved = new DoubleAdder();
    private final LatencySketch lookup = new LatencySketch();
    private final LatencySketch hit = new LatencySketch();

    /** Counts a lookup and what it led to. */
    void count(AnswerCache.Lookup found, long nanos) {
        lookup.add(nanos);
        switch (found) {
            case AnswerCache.Lookup.Hit(CachedAnswer served, double _) -> {
                hits.increment();
                hit.add(nanos);
                tokensSaved.add(served.answer().tokens());
                costSaved.add(served.answer().cost());
            }
            case AnswerCache.Lookup.Miss(AnswerCache.Reason reason) -> {
                misses.increment();
                switch (reason) {
                    case STALE -> stale.increment();
                    case EXPIRED -> expired.increment();
                    case NONE, FAILED -> {}
                }
            }
        }
    }

    CacheStats stats(int entries, int pinned, long bytes) {
        return new CacheStats(
                entries,
                pinned,
                bytes,
                hits.sum(),
                misses.sum(),
                stale.sum(),
                expired.sum(),
                falseHits.sum(),
                kept.sum(),
                refused.sum(),
                evicted.sum(),
                failures.sum(),
                tokensSaved.sum(),
                costSaved.sum(),
                embedding.latency(),
                lookup.latency(),
                hit.latency());
    }
}
