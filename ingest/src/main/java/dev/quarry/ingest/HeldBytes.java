package dev.quarry.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory is left to hold files in. Safe for use by several threads. */
final class HeldBytes {
    private final AtomicLong left;

    HeldBytes(long limit) {
        this.left = new AtomicLong(limit);
    }

    /** Takes this much if it is left. */
    boolean take(long bytes) {
        long before = left.getAndUpdate(rest -> rest >= bytes ? rest - bytes : rest);
        return before >= bytes;
    }
}
