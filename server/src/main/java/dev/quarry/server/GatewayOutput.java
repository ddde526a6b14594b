package dev.quarry.server;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The reply to one request of the gateway, as events while it comes, or as one document at its end. For one thread. */
final class GatewayOutput {
    private final RoutingContext request;
    private final Context loop;
    private final WireReply reply;
    private final Optional<ServerEvents> events;
    private final StringBuilder text = new StringBuilder();
    private boolean begun;

    GatewayOutput(RoutingContext request, Context loop, WireReply reply, boolean streams) {
        this.request = request;
        this.loop = loop;
        this.reply = reply;
        this.events = streams ? Optional.of(new ServerEvents(request, loop, reply.beat())) : Optional.empty();
    }

    /** The reply of this model begins. */
    void begins(String model) {
        begun = true;
        events.ifPresent(stream -> stream.send(reply.begin(model)));
    }

    /** A further part of the reply's text. */
    void part(String part) {
        text.append(part);
        events.ifPresent(stream -> stream.send(reply.part(part)));
    }

    /** The reply is whole. */
    void ends(GatewayEnd end) {
        if (events.isEmpty()) {
            document(reply.document(text.toString(), end).toBuffer());
            return;
        }
        if (!begun) {
            begins(end.model());
        }
        events.get().send(reply.end(end));
        events.get().end();
    }

    /** Events, or the document, in the words of the backend. */
    void passed(String words) {
        if (events.isPresent()) {
            events.get().send(words);
        } else {
            text.append(words);
        }
    }

    /** What was passed on is whole. */
    void passedAll() {
        if (events.isPresent()) {
            events.get().end();
        } else {
            document(Buffer.buffer(text.toString()));
        }
    }

    /** There will be no whole reply. */
    void fails(WireError error) {
        fails(error, new WireException(error));
    }

    /** A defect ends the request. */
    void fails(Throwable failure) {
        if (failure instanceof WireException known) {
            fails(known.error());
            return;
        }
        Problem problem = Replies.problem(failure);
        fails(WireError.of(problem), new ProblemException(problem));
    }

    private void fails(WireError error, Throwable failure) {
        if (events.isPresent()) {
            events.get().fail(() -> reply.failure(error), failure);
        } else {
            loop.runOnContext(_ -> request.fail(failure));
        }
    }

    private void document(Buffer body) {
        loop.runOnContext(_ -> Replies.send(request, new Reply(200, Reply.JSON, body, Map.of())));
    }

    /** A name that no other reply has. */
    static String newId() {
        return "req_" + UUID.randomUUID().toString().replace("-", "");
    }
}
