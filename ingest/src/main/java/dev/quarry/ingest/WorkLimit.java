package dev.quarry.ingest;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Five seconds of a thread's own work, from when it is made: the last resort against texts that no other limit catches.
 *
 * <p>The processor time of the thread counts, not the time that passes: a busy machine must not give up what a quiet one
 * reads. Safe for use by several threads.
 */
final class WorkLimit {
    private static final long NANOS = 5_000_000_000L;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long nanos;
    private final long thread = Thread.currentThread().threadId();
    private final long passed = System.nanoTime();
    private final long worked = worked();

    WorkLimit() {
        this(NANOS);
    }

    private WorkLimit(long nanos) {
        this.nanos = nanos;
    }

    /** One of half the time, which begins now: however often, all together have as much again. */
    WorkLimit half() {
        return new WorkLimit(nanos / 2);
    }

    /** Whether the thread that made it has worked longer. Cheap while less time than that has passed. */
    boolean isExceeded() {
        if (System.nanoTime() - passed <= nanos) {
            return false;
        }
        long now = worked();
        return now < 0 || worked < 0 || now - worked > nanos;
    }

    /** -1 where the system does not tell, or the thread has ended. */
    private long worked() {
        return THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread) : -1;
    }
}
