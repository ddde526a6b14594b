package dev.quarry.llm;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits between two tries of a backend. */
final class Pause {
    /** The longest wait that is worth it while a reader waits; whoever asks for more is left for the next backend. */
    static final Duration WORTH = Duration.ofSeconds(3);

    private static final long FIRST_MILLIS = 200;
    private static final int DOUBLINGS_MAX = 4;

    /** The wait behind so many repeats: twice as long each time, give or take a half, lest clients march in step. */
    Duration after(int repeats) {
        long millis = FIRST_MILLIS << Math.min(repeats, DOUBLINGS_MAX);
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
    }

    /** Waits; false if that was cancelled or interrupted. */
    boolean take(Duration wait, Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        Runnable wake = cancelled::countDown;
        cancellation.onCancel(wake);
        try {
            return !cancelled.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            cancellation.forget(wake);
        }
    }
}
