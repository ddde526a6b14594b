package dev.quarry.server;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Server-sent events of one answer. They are handed over by the thread that makes them, which waits when the client reads
 * more slowly than they come, and are written on the connection's event loop. While none comes, the connection is kept open.
 */
final class ServerEvents {
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int UNWRITTEN_MAX = 64;

    private final RoutingContext request;
    private final Context loop;
    private final HttpServerResponse response;
    private final Semaphore room = new Semaphore(UNWRITTEN_MAX);

    /**
     * The events that answer a request.
     *
     * @param beat what is sent while nothing happens
     */
    ServerEvents(RoutingContext request, Context loop, String beat) {
        this.request = request;
        this.loop = loop;
        this.response = request.response();
        long timer = request.vertx().setPeriodic(HEARTBEAT_MILLIS, _ -> {
            if (isOpen() && !response.writeQueueFull()) {
                begin();
                response.write(beat);
            }
        });
        request.addEndHandler(_ -> request.vertx().cancelTimer(timer));
    }

    /** Sends events; waits while too many are unwritten. */
    void send(String text) {
        room.acquireUninterruptibly();
        loop.runOnContext(_ -> {
            if (isOpen()) {
                begin();
                response.write(text).onComplete(_ -> room.release());
            } else {
                room.release();
            }
        });
    }

    /** Ends the answer. */
    void end() {
        loop.runOnContext(_ -> {
            if (isOpen()) {
                begin();
                response.end();
            }
        });
    }

    /** Tells that there will be no answer: by these last events if something was sent, else by the failure's status. */
    void fail(Supplier<String> text, Throwable failure) {
        loop.runOnContext(_ -> {
            if (!response.headWritten()) {
                request.fail(failure);
            } else if (isOpen()) {
                response.end(text.get());
            }
        });
    }

    private boolean isOpen() {
        return !response.closed() && !response.ended();
    }

    private void begin() {
        if (!response.headWritten()) {
            response.setStatusCode(200)
                    .setChunked(true)
                    .putHeader("Content-Type", Reply.EVENTS)
                    .putHeader("Cache-Control", "no-store");
        }
    }
}
