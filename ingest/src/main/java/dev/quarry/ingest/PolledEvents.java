package dev.quarry.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Has the whole tree looked at once in an interval. */
final class PolledEvents implements TreeEvents {
    private static final Batch LOOK = new Batch(Set.of(), true, false);

    private final long interval;
    private final String warning;
    private long next;

    /** Without a warning if it is empty. */
    PolledEvents(Duration interval, String warning) {
        this.interval = interval.toNanos();
        this.warning = warning;
        this.next = System.nanoTime() + this.interval;
    }

    @Override
    public boolean follow(Set<Path> folders) {
        return false;
    }

    @Override
    public Batch await(Duration most) throws InterruptedException {
        long wait = Math.min(most.toNanos(), next - System.nanoTime());
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
        if (System.nanoTime() - next < 0) {
            return Batch.NONE;
        }
        next = System.nanoTime() + interval;
        return LOOK;
    }

    @Override
    public boolean polls() {
        return true;
    }

    @Override
    public Optional<String> warning() {
        return Optional.of(warning).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {}
}
