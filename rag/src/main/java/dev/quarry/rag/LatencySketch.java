package dev.quarry.rag;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts times in classes that grow by a tenth, so that quantiles take no more than a few hundred numbers. */
final class LatencySketch {
    private static final double GROWTH = 1.1;
    private static final double LOG_GROWTH = Math.log(GROWTH);
    private static final int CLASSES = 260;

    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

    /** Counts a time, from a nanosecond to half a minute. */
    void add(long nanos) {
        int at = (int) Math.ceil(Math.log((double) Math.max(1, nanos)) / LOG_GROWTH);
        counts.incrementAndGet(Math.min(CLASSES - 1, at));
    }

    CacheStats.Latency latency() {
        long count = 0;
        for (int i = 0; i < CLASSES; i++) {
            count += counts.get(i);
        }
        return new CacheStats.Latency(count, quantile(count, 0.5), quantile(count, 0.99));
    }

    private Duration quantile(long count, double share) {
        long before = 0;
        for (int i = 0; i < CLASSES; i++) {
            before += counts.get(i);
            if (before > 0 && before >= Math.ceil(share * count)) {
                return Duration.ofNanos(Math.round(Math.pow(GROWTH, i)));
            }
        }
        return Duration.ZERO;
    }
}
