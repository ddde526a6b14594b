package dev.quarry.server;

import dev.quarry.ask.AskEvent;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of one question on a connection, named and written as the contract says. For the question's thread. */
final class AskStream {
    private static final Logger log = LoggerFactory.getLogger(AskStream.class);

    private final ServerEvents events;
    private final Backend backend;

    AskStream(RoutingContext request, Context loop, Backend backend) {
        this.events = new ServerEvents(request, loop, ":\n\n");
        this.backend = backend;
    }

    /** Sends an event; waits while too many are unwritten. The answer is the last one. */
    void send(AskEvent event) {
        if (event instanceof AskEvent.Answered(var answer)) {
            events.send(text("usage", AskDocument.usage(answer.model()), false));
            events.send(text(AskDocument.name(event), AskDocument.of(event), true));
            events.end();
        } else {
            events.send(text(AskDocument.name(event), AskDocument.of(event), false));
        }
    }

    /** Tells why there will be no answer. */
    void fail(Throwable failure) {
        events.fail(() -> text("error", members(failure), false), failure);
    }

    private static Map<String, @Nullable Object> members(Throwable failure) {
        if (failure instanceof QuarryException known && known.code() != ErrorCode.INTERNAL) {
            return Map.of("code", known.code().name(), "detail", String.valueOf(known.getMessage()));
        }
        String incident = UUID.randomUUID().toString();
        log.error("incident {}", incident, failure);
        return Map.of("code", ErrorCode.INTERNAL.name(), "incident", incident);
    }

    private String text(String name, Map<String, @Nullable Object> members, boolean standing) {
        byte[] json = JsonBody.object(out -> {
            Render.members(out, members);
            if (standing) {
                Render.standing(out, backend.standing());
            }
        });
        return "event: " + name + "\ndata: " + new String(json, StandardCharsets.UTF_8) + "\n\n";
    }
}
