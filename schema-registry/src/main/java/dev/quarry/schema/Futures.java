package dev.quarry.schema;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for work that is short, and whose owner cannot leave it behind. */
public final class Futures {
    private Futures() {}

    /**
     * The result, waited for even if this thread is interrupted in between; it then is interrupted afterwards. What the work
     * threw is thrown as it is if it is unchecked, else as the cause of an {@link IllegalStateException}.
     */
    public static <T> T join(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException failure
                            ? failure
                            : new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
