package dev.quarry.server;

import dev.quarry.ingest.TreeEvents;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the repository that a server serves indexed when its files change. Events only say that something changed: what, a
 * run finds out by the hashes of the files. One run at a time: changes during a run lead to one more behind it, and one
 * that only makes vectors by now gives way.
 */
final class Watcher implements AutoCloseable, Jobs.Observer {
    private static final Logger log = LoggerFactory.getLogger(Watcher.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(5);
    private static final int MAX_DOUBLINGS = 6;
    private static final long CLOSE_MILLIS = 10_000;

    private final Backend backend;
    private final Jobs jobs;
    private final WatchOptions options;
    private final Supplier<TreeEvents> events;
    private final PendingChanges pending = new PendingChanges();
    private final Thread thread =
            Thread.ofPlatform().name("quarry-watch").daemon().unstarted(this::run);
    private volatile boolean closed;
    private volatile @Nullable Path root;
    private volatile WorkingTree.Mode mode = WorkingTree.Mode.EVENTS;
    private volatile String problem = "";
    private volatile String warning = "";
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long retryAt = System.nanoTime();
    private volatile boolean held;

    Watcher(Backend backend, Jobs jobs, WatchOptions options, Supplier<TreeEvents> events) {
        this.backend = backend;
        this.jobs = jobs;
        this.options = options;
        this.events = events;
    }

    /** Begins. */
    void start() {
        jobs.observe(this);
        backend.watchedBy(this::tree);
        thread.start();
    }

    /** What is known of the files. */
    WorkingTree tree() {
        return pending.tree(mode, problem.isEmpty() ? warning : problem);
    }

    @Override
    public Optional<Set<String>> began(Job job) {
        return concerns(job) ? pending.begin() : Optional.empty();
    }

    @Override
    public void indexed(Job job) {
        if (concerns(job)) {
            pending.done();
        }
    }

    @Override
    public void ended(Job job) {
        if (!concerns(job)) {
            return;
        }
        switch (job.state()) {
            case DONE -> {
                pending.done();
                failures.set(0);
                problem = "";
            }
            // Somebody ended it: the next change is waited for, unless only vectors are missing.
            case CANCELLED -> held = pending.giveBack();
            default -> {
                if (job.origin() == Job.Origin.WATCH) {
                    failed("the index run of " + job.path() + " failed: " + job.reason());
                } else {
                    // What was wrong may be what was asked for; a run of our own finds out about the files.
                    pending.noteAny(Instant.now());
                }
                pending.giveBack();
            }
        }
    }

    /** Whether a run reads what is followed. */
    private boolean concerns(Job job) {
        Path followed = root;
        if (followed == null) {
            return false;
        }
        try {
            return job.path().toRealPath().equals(followed);
        } catch (IOException gone) {
            return false;
        }
    }

    private void failed(String what) {
        long seconds = 1L << Math.min(failures.getAndIncrement(), MAX_DOUBLINGS);
        retryAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        problem = what;
        log.warn("{}; the next attempt follows in {} s", what, seconds);
    }

    // A watcher that dies without a word would leave answers that look current and are not.
    @SuppressWarnings("CatchingUnchecked")
    private void run() {
        while (!closed) {
            try {
                Optional<Path> repository = backend.repositoryRoot();
                if (repository.isPresent()) {
                    follow(repository.get());
                } else {
                    Thread.sleep(IDLE);
                }
            } catch (InterruptedException ended) {
                return;
            } catch (QuarryException | IOException | UncheckedIOException unreadable) {
                pause("the files cannot be followed: " + unreadable.getMessage());
            } catch (RuntimeException unexpected) {
                log.error("the watcher failed", unexpected);
                pause("the files cannot be followed: " + unexpected);
            }
        }
    }

    private void pause(String what) {
        failed(what);
        try {
            Thread.sleep(Duration.ofNanos(Math.max(0, retryAt - System.nanoTime())));
        } catch (InterruptedException ended) {
            closed = true;
        }
    }

    private void follow(Path repository) throws InterruptedException, IOException {
        Path real = repository.toRealPath();
        try (TreeEvents source = events.get()) {
            root = real;
            TreeFollower follower = new TreeFollower(real, source, options, pending);
            while (!closed && backend.repositoryRoot().equals(Optional.of(repository))) {
                mode = source.polls() ? WorkingTree.Mode.POLL : WorkingTree.Mode.EVENTS;
                warn(source.warning().orElse(""));
                boolean waits = pending.isWanted() || jobs.running().isPresent();
                if (follower.step(waits ? TICK : IDLE)) {
                    held = false;
                    retryAt = System.nanoTime();
                }
                if (follower.isSettled() && pending.isWanted()) {
                    demand(repository);
                }
            }
        } finally {
            root = null;
        }
    }

    private void warn(String text) {
        if (!text.equals(warning)) {
            log.warn("{}", text);
            warning = text;
        }
    }

    private void demand(Path repository) {
        Optional<Job> running = jobs.running();
        if (running.isPresent()) {
            if (running.get().givesWay()) {
                running.get().cancel();
            }
        } else if (!held && System.nanoTime() - retryAt >= 0) {
            jobs.follow(repository, options.embed());
        }
    }

    /** Ends; a run at work goes on. May be called twice. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
