package dev.quarry.cli;

import dev.quarry.server.IndexProgress;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has garbage collected while an index run goes on, before the heap grows for it: the serial collector takes all memory
 * that it may have from the system before it looks for garbage among old objects. Safe for use by several threads.
 */
final class HeapTrim implements IndexProgress {
    /** A smaller heap is left alone: what needs no more is indexed in seconds. */
    private static final long LEAST_BYTES = 640L << 20;

    /** So much may the used bytes grow until the next time: a collection takes the longer, the more is in use. */
    private static final double GROWTH = 1.5;

    private final IndexProgress progress;
    private final long least;
    private final ReentrantLock collecting = new ReentrantLock();
    private volatile long next;

    /** Looks each time something is told, and hands it on. */
    HeapTrim(IndexProgress progress) {
        this(progress, LEAST_BYTES);
    }

    HeapTrim(IndexProgress progress, long least) {
        this.progress = progress;
        this.least = least;
        next = least;
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        if (used() > next && collecting.tryLock()) {
            try {
                System.gc();
                next = Math.max(least, (long) (used() * GROWTH));
            } finally {
                collecting.unlock();
            }
        }
        progress.progress(phase, done, total);
    }

    @Override
    public void rest() {
        progress.rest();
    }

    @Override
    public boolean cancelled() {
        return progress.cancelled();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
