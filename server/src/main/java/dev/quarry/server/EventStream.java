package dev.quarry.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * A job's events on one connection (server-sent events). All of it runs on the connection's event loop; events are taken
 * from the job only as fast as the client reads, so that a slow one costs no memory.
 */
final class EventStream {
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int BATCH = 64;

    private final Vertx vertx;
    private final Context context;
    private final HttpServerResponse response;
    private final Job job;
    private final Runnable listener = this::wake;
    private long last;
    private long heartbeat;
    private boolean ended;

    private EventStream(RoutingContext request, Job job, long last) {
        this.vertx = request.vertx();
        this.context = vertx.getOrCreateContext();
        this.response = request.response();
        this.job = job;
        this.last = last;
    }

    /**
     * Answers this request with the events behind {@code last}. Where none will ever come, the answer has no content:
     * that tells clients, which come back by themselves, that they have all.
     */
    static void open(RoutingContext request, Job job, long last) {
        if (job.isOver(last)) {
            request.response().setStatusCode(204).end();
            return;
        }
        if (HeadRequests.isOne(request)) {
            request.response().putHeader("Content-Type", Reply.EVENTS).end();
            return;
        }
        EventStream stream = new EventStream(request, job, last);
        request.addEndHandler(_ -> stream.stop());
        stream.response.setStatusCode(200).setChunked(true).putHeader("Content-Type", Reply.EVENTS);
        stream.response.drainHandler(_ -> stream.drain());
        stream.start();
    }

    private void start() {
        job.addListener(listener);
        heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
        response.writeHead();
        drain();
    }

    private void wake() {
        context.runOnContext(_ -> drain());
    }

    private void drain() {
        while (!ended && !response.closed() && !response.writeQueueFull()) {
            List<JobEvent> events = job.eventsAfter(last, BATCH);
            if (events.isEmpty()) {
                if (job.isOver(last)) {
                    end();
                }
                return;
            }
            StringBuilder text = new StringBuilder();
            for (JobEvent event : events) {
                text.append(event.toStream());
                last = event.id();
            }
            response.write(text.toString());
            if (events.getLast().type().equals(JobEvent.END)) {
                end();
            }
        }
    }

    private void end() {
        stop();
        response.end();
    }

    private void beat() {
        if (!ended && !response.closed() && !response.writeQueueFull()) {
            response.write(":\n\n");
        }
    }

    private void stop() {
        if (!ended) {
            ended = true;
            job.removeListener(listener);
            vertx.cancelTimer(heartbeat);
        }
    }
}
