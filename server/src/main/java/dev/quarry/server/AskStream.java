package dev.quarry.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quarry.ask.AskEvent;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one question on a connection (server-sent events). Events are handed over by the question's thread, which
 * waits when the client reads more slowly than they come, and are written on the connection's event loop.
 */
final class AskStream {
    private static final Logger log = LoggerFactory.getLogger(AskStream.class);
    private static final long HEARTBEAT_MILLIS = 15_000;
    private static final int UNWRITTEN_MAX = 64;

    private final RoutingContext request;
    private final Context loop;
    private final HttpServerResponse response;
    private final Backend backend;
    private final Semaphore room = new Semaphore(UNWRITTEN_MAX);
    private volatile boolean begun;

    AskStream(RoutingContext request, Context loop, Backend backend) {
        this.request = request;
        this.loop = loop;
        this.response = request.response();
        this.backend = backend;
    }

    /** Whether something was sent, so that a failure can be told by an event only. */
    boolean hasBegun() {
        return begun;
    }

    /** Sends an event; waits while too many are unwritten. The answer is the last one. */
    void send(AskEvent event) {
        boolean last = event instanceof AskEvent.Answered;
        if (event instanceof AskEvent.Answered(var answer)) {
            write("usage", AskDocument.usage(answer.model()), false, false);
        }
        write(AskDocument.name(event), AskDocument.of(event), last, last);
    }

    /** Sends why there will be no answer, and ends. */
    void fail(Throwable failure) {
        if (failure instanceof QuarryException known && known.code() != ErrorCode.INTERNAL) {
            write(
                    "error",
                    Map.of("code", known.code().name(), "detail", String.valueOf(known.getMessage())),
                    false,
                    true);
            return;
        }
        String incident = UUID.randomUUID().toString();
        log.error("incident {}", incident, failure);
        write("error", Map.of("code", ErrorCode.INTERNAL.name(), "incident", incident), false, true);
    }

    private void write(String name, Map<String, @Nullable Object> members, boolean standing, boolean last) {
        byte[] json = JsonBody.object(out -> {
            members(out, members);
            if (standing) {
                Render.standing(out, backend.standing());
            }
        });
        String text = "event: " + name + "\ndata: " + new String(json, StandardCharsets.UTF_8) + "\n\n";
        room.acquireUninterruptibly();
        boolean first = !begun;
        begun = true;
        loop.runOnContext(_ -> write(text, first, last));
    }

    private static void members(JsonGenerator out, Map<String, @Nullable Object> members) throws IOException {
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            out.writeFieldName(member.getKey());
            Render.value(out, member.getValue());
        }
    }

    private void write(String text, boolean first, boolean last) {
        if (response.closed() || response.ended()) {
            room.release();
            return;
        }
        if (first) {
            response.setStatusCode(200)
                    .setChunked(true)
                    .putHeader("Content-Type", Reply.EVENTS)
                    .putHeader("Cache-Control", "no-store");
            long beat = request.vertx().setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
            request.addEndHandler(_ -> request.vertx().cancelTimer(beat));
        }
        response.write(text).onComplete(_ -> room.release());
        if (last) {
            response.end();
        }
    }

    /** Keeps the connection open while a model thinks. */
    private void beat() {
        if (!response.ended() && !response.closed()) {
            response.write(":\n\n");
        }
    }
}
