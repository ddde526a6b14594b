package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index runs asked for over HTTP: at most one at a time, each on a thread of its own. Safe for several threads. */
final class Jobs implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final int MAX_REMEMBERED = 32;
    private static final long CLOSE_MILLIS = 60_000;

    private final Backend backend;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private @Nullable Job running;
    private @Nullable Thread thread;
    private boolean closed;

    Jobs(Backend backend) {
        this.backend = backend;
    }

    /** Starts a run; a problem with the running job's id if there is one. */
    synchronized Job start(Path path, boolean embed, boolean resolve) {
        if (closed) {
            throw new ProblemException(Problem.unavailable(ErrorCode.BUSY, "the server is going down"));
        }
        if (running != null && !running.state().isEnded()) {
            throw new ProblemException(busy(running.id()));
        }
        Job job = new Job(UUID.randomUUID().toString(), path, embed, resolve);
        jobs.put(job.id(), job);
        if (jobs.size() > MAX_REMEMBERED) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        running = job;
        thread = Thread.ofPlatform().name("quarry-index").daemon().start(() -> run(job));
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

    /** Cancels what runs, waits for its end and takes nothing more on. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            running().ifPresent(Job::cancel);
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
            IndexOptions options =
                    IndexOptions.defaults().withEmbed(job.embed()).withResolve(job.resolve());
            job.complete(backend.index(job.path(), options, job));
        } catch (CancellationException e) {
            job.abort(null);
        } catch (QuarryException e) {
            job.abort(Problem.of(e));
        } catch (Throwable e) {
            String incident = UUID.randomUUID().toString();
            log.error("incident {}: the index run of {} failed", incident, job.path(), e);
            job.abort(Problem.internal(incident));
        }
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
