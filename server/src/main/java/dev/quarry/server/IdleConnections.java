package dev.quarry.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that bring no request, or whose client does not take the answer. A connection whose request is being
 * answered is left alone, however long that takes: how long it may, others say. Safe for use by several threads.
 */
final class IdleConnections {
    private static final int GLANCES = 4;

    private final long idleNanos;
    private final Map<HttpConnection, Use> uses = new ConcurrentHashMap<>();

    /** Closes them after this time. */
    IdleConnections(Duration idle) {
        idleNanos = idle.toNanos();
    }

    /** Looks at the connections from now on. */
    void watch(Vertx vertx) {
        vertx.setPeriodic(Math.max(1, Duration.ofNanos(idleNanos).toMillis() / GLANCES), _ -> look());
    }

    /** A client has connected. */
    void opened(HttpConnection connection) {
        uses.put(connection, new Use());
        connection.closeHandler(_ -> uses.remove(connection));
    }

    /** A request has come, and is answered from now on until its end. */
    void answering(RoutingContext context) {
        Use use = uses.get(context.request().connection());
        if (use != null) {
            use.begin(context.response());
            context.addEndHandler(_ -> use.end());
        }
    }

    private void look() {
        uses.forEach((connection, use) -> {
            if (use.idleNanos() > idleNanos) {
                connection.close();
            }
        });
    }

    /** What a connection is used for: one request at a time. */
    private static final class Use {
        private long since = System.nanoTime();
        private @Nullable HttpServerResponse response;

        synchronized void begin(HttpServerResponse answer) {
            response = answer;
            since = System.nanoTime();
        }

        synchronized void end() {
            response = null;
            since = System.nanoTime();
        }

        synchronized long idleNanos() {
            long now = System.nanoTime();
            if (response != null && !response.writeQueueFull()) {
                since = now;
            }
            return now - since;
        }
    }
}
