package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which requests are answered: a fixed number, because native calls hold the thread that makes them, and a
 * bounded queue before them.
 */
final class WorkPool implements AutoCloseable {
    private static final long CLOSE_SECONDS = 15;

    private final ThreadPoolExecutor executor;

    /** Threads of this name; work beyond the threads and the queue is refused. */
    WorkPool(String name, int threads, int queued) {
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued),
                task -> Thread.ofPlatform()
                        .name(name + "-" + number.incrementAndGet())
                        .daemon()
                        .unstarted(task));
    }

    /** Does the work on a thread of the pool; the result arrives on {@code context}. */
    <T> Future<T> submit(Context context, Callable<T> work) {
        Promise<T> promise = Promise.promise();
        try {
            executor.execute(() -> run(context, work, promise));
        } catch (RejectedExecutionException e) {
            promise.fail(new ProblemException(
                    executor.isShutdown()
                            ? Problem.unavailable(ErrorCode.BUSY, "the server is going down")
                            : Problem.overloaded("the server has as many requests as it takes on: try again soon")));
        }
        return promise.future();
    }

    // Whatever the work throws, errors included, must reach the client as an answer.
    @SuppressWarnings("CatchingUnchecked")
    private static <T> void run(Context context, Callable<T> work, Promise<T> promise) {
        try {
            T result = work.call();
            context.runOnContext(_ -> promise.complete(result));
        } catch (Throwable e) {
            context.runOnContext(_ -> promise.fail(e));
        }
    }

    /** How many requests wait for a thread. */
    int queued() {
        return executor.getQueue().size();
    }

    /** How many requests are being answered. */
    int active() {
        return executor.getActiveCount();
    }

    /** Lets what runs end, for a while, and takes nothing more on. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
