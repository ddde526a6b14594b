package dev.quarry.cli;

import dev.quarry.mcp.Graphs;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.Backend;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store that is open while questions come and for a moment longer. A store has one holder, and an agent's session may
 * last for days: in between, index runs and servers must be able to have it.
 */
final class IdleStore implements Graphs, AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 100;

    private final Supplier<Path> store;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("quarry-idle").daemon().unstarted(task));

    // All guarded by this.
    private @Nullable Open open;
    private int users;
    private @Nullable ScheduledFuture<?> closing;

    private record Open(Workspace workspace, Backend backend) {}

    /** The store that is found at this place, be it later. */
    IdleStore(Supplier<Path> store) {
        this.store = store;
    }

    @Override
    public <T> T ask(Function<Backend, T> question) {
        Backend backend = take();
        try {
            return question.apply(backend);
        } finally {
            giveBack();
        }
    }

    private synchronized Backend take() {
        Open current = open;
        if (current == null) {
            Workspace workspace = opened();
            current = new Open(workspace, Backend.of(workspace));
            open = current;
        }
        if (closing != null) {
            closing.cancel(false);
            closing = null;
        }
        users++;
        return current.backend();
    }

    /** Opens it; an index run that holds it is waited for a while. */
    private Workspace opened() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Stores.asking(store.get());
            } catch (QuarryException failure) {
                if (failure.code() != ErrorCode.BUSY || System.nanoTime() > end) {
                    throw failure;
                }
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new QuarryException(ErrorCode.BUSY, "the wait for the store was interrupted", interrupted);
            }
        }
    }

    private synchronized void giveBack() {
        users--;
        if (users == 0) {
            closing = timer.schedule(this::release, IDLE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Closes it unless it is in use. */
    synchronized void release() {
        Open current = open;
        if (current != null && users == 0) {
            open = null;
            current.workspace().close();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        release();
    }
}
