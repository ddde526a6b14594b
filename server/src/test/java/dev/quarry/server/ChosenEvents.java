package dev.quarry.server;

import dev.quarry.ingest.TreeEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Events by hand, for watchers in tests. */
final class ChosenEvents implements TreeEvents {
    final LinkedBlockingQueue<Batch> batches = new LinkedBlockingQueue<>();
    volatile boolean closed;

    @Override
    public boolean follow(Set<Path> folders) {
        return false;
    }

    @Override
    public Batch await(Duration most) throws InterruptedException {
        Batch batch = batches.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        return batch == null ? Batch.NONE : batch;
    }

    @Override
    public boolean polls() {
        return false;
    }

    @Override
    public Optional<String> warning() {
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }
}
