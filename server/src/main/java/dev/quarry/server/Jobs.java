package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index runs of a server, asked for over HTTP or by the watcher: at most one at a time, each on a thread of its own.
 * Safe for use by several threads.
 */
final class Jobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final int MAX_REMEMBERED = 32;
    private static final long CLOSE_MILLIS = 60_000;
    /** How soon a run that stands still sees that it is cancelled. */
    private static final long REST_MILLIS = 200;

    /** Hears of every run, on its thread. Must be quick and throw nothing. */
    interface Observer {
        /**
         * The run is about to read files.
         *
         * @return the paths of all files that may have changed since the run before, if that is known
         */
        Optional<Set<String>> began(Job job);

        /** The graph and the text index have what the run read. */
        void indexed(Job job);

        /** The run has ended, as its state says. */
        void ended(Job job);
    }

    private static final Observer NOBODY = new Observer() {
        @Override
        public Optional<Set<String>> began(Job job) {
            return Optional.empty();
        }

        @Override
        public void indexed(Job job) {}

        @Override
        public void ended(Job job) {}
    };

    private final Backend backend;
    private volatile Observer observer = NOBODY;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private @Nullable Job running;
    private @Nullable Thread thread;
    private boolean closed;
    private boolean vectorsPaused;

    Jobs(Backend backend) {
        this.backend = backend;
    }

    /** Has somebody hear of the runs from now on, instead of who did before. */
    void observe(Observer other) {
        observer = other;
    }

    /**
     * Starts a run that a client asked for; a problem with the id of the running one if a client asked for that too. A run
     * of the watcher is waited for, without the vectors that it makes.
     *
     * @param maxFileBytes larger files are skipped; 0 for the limit that the store remembers
     */
    synchronized Job start(
            Path path, boolean embed, boolean resolve, long maxFileBytes, Optional<HistoryRequest> history) {
        if (closed) {
            throw new ProblemException(Problem.unavailable(ErrorCode.BUSY, "the server is going down"));
        }
        Optional<Job> before = running();
        if (before.isPresent() && before.get().origin() == Job.Origin.REQUEST) {
            throw new ProblemException(busy(before.get().id()));
        }
        before.filter(Job::givesWay).ifPresent(Job::cancel);
        return launch(
                new Job(UUID.randomUUID().toString(), Job.Origin.REQUEST, path, embed, resolve, maxFileBytes, history));
    }

    /** Starts a run because files changed, unless one is at work. */
    synchronized void follow(Path path, boolean embed) {
        if (!closed && running().isEmpty()) {
            launch(new Job(UUID.randomUUID().toString(), Job.Origin.WATCH, path, embed, false, 0, Optional.empty()));
        }
    }

    private Job launch(Job job) {
        jobs.put(job.id(), job);
        if (jobs.size() > MAX_REMEMBERED) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        running = job;
        Thread before = thread;
        thread = Thread.ofPlatform().name("quarry-index").daemon().start(() -> {
            await(before);
            run(job);
        });
        return job;
    }

    /** The job of this id. */
    synchronized Job job(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "no job has the id '" + id + "': the server remembers the last " + MAX_REMEMBERED
                            + " since its start; POST /v1/index starts one");
        }
        return job;
    }

    /** The job that runs now. */
    synchronized Optional<Job> running() {
        return Optional.ofNullable(running).filter(job -> !job.state().isEnded());
    }

    /**
     * Has runs, that of now and later ones, stand still before their next texts are embedded, or go on. What the graph and
     * the text index have is not held up: where files change meanwhile, a run that stands still gives way as others do.
     */
    synchronized void pauseVectors(boolean wanted) {
        vectorsPaused = wanted;
        notifyAll();
    }

    /** Whether vectors are not made for now. */
    synchronized boolean vectorsPaused() {
        return vectorsPaused;
    }

    /** Keeps a run for as long as vectors are paused and it is not cancelled. */
    private synchronized void rest(Job job) {
        while (vectorsPaused && !job.cancelled()) {
            try {
                wait(REST_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Cancels what runs, waits for its end and takes nothing more on. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            jobs.values().forEach(Job::cancel);
            last = thread;
        }
        if (last != null) {
            try {
                last.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // A job that dies without a word would be said to run for ever, so nothing may pass uncaught.
    @SuppressWarnings("CatchingUnchecked")
    private void run(Job job) {
        try {
            IndexOptions options = IndexOptions.defaults()
                    .withEmbed(job.embed())
                    .withResolve(job.resolve())
                    .withMaxFileBytes(job.maxFileBytes())
                    .withKept(true)
                    .withTrusting(job.origin() == Job.Origin.WATCH)
                    .withTouched(observer.began(job))
                    .withHistory(job.history());
            job.complete(backend.index(job.path(), options, observed(job)));
        } catch (CancellationException e) {
            job.abort(null);
        } catch (QuarryException e) {
            job.abort(Problem.of(e));
        } catch (Throwable e) {
            String incident = UUID.randomUUID().toString();
            log.error("incident {}: the index run of {} failed", incident, job.path(), e);
            job.abort(Problem.internal(incident));
        }
        observer.ended(job);
    }

    private static void await(@Nullable Thread before) {
        if (before != null) {
            boolean interrupted = false;
            while (before.isAlive()) {
                try {
                    before.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The job's progress, told to the observer when the graph is done and vectors begin. */
    private IndexProgress observed(Job job) {
        AtomicBoolean indexed = new AtomicBoolean();
        return new IndexProgress() {
            @Override
            public void progress(Phase phase, long done, long total) {
                if (phase.compareTo(Phase.EMBED) >= 0 && indexed.compareAndSet(false, true)) {
                    observer.indexed(job);
                }
                job.progress(phase, done, total);
            }

            @Override
            public void rest() {
                Jobs.this.rest(job);
            }

            @Override
            public boolean cancelled() {
                return job.cancelled();
            }
        };
    }

    private static Problem busy(String id) {
        return new Problem(
                Problem.statusOf(ErrorCode.BUSY),
                ErrorCode.BUSY,
                "job " + id + " indexes this store already: wait for its end, or cancel it with DELETE /v1/jobs/" + id,
                out -> out.writeStringField("job", id),
                Map.of());
    }
}
