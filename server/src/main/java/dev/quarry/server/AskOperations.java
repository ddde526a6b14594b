package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskEvent;
import dev.quarry.ask.AskRequest;
import dev.quarry.ask.Asker;
import dev.quarry.llm.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code ask}. A question waits for a model for long, so each has a thread of its own that costs nothing while it
 * waits; what it asks of the store is done on the threads for that. A client that goes away ends its question.
 */
final class AskOperations {
    private final Backend backend;
    private final Asker asker;
    private final Traces traces;
    private final TraceExport export;
    private final ServerLimits limits;
    private final WorkPool pool;
    private final OpenStreams streams;

    AskOperations(Routes.Parts parts) {
        backend = parts.backend();
        asker = parts.asker();
        traces = parts.traces();
        export = parts.export();
        limits = parts.limits();
        pool = parts.pool();
        streams = parts.streams();
    }

    /** Answers this request, as a stream of events if it wants one, else when all is there. */
    void handle(RoutingContext context, Call call) {
        JsonObject body = call.body();
        AskRequest request = new AskRequest(
                body.getString("question", ""),
                Optional.ofNullable(body.getString("conversation")),
                tokens(body),
                Optional.ofNullable(body.getString("backend")),
                body.getBoolean("fresh", false),
                Optional.empty());
        Cancellation cancellation = streams.addQuestion(context);
        Context loop = context.vertx().getOrCreateContext();
        Optional<String> at = call.optionalText("at");
        AskGround ground = AskGround.of(backend, pool, loop, at);
        AskStream stream = body.getBoolean("stream", false) ? new AskStream(context, loop, backend) : null;
        Thread.ofVirtual().name("quarry-ask").start(() -> run(context, loop, request, ground, stream, cancellation));
    }

    private OptionalInt tokens(JsonObject body) {
        Number tokens = body.getNumber("contextTokens");
        return tokens == null
                ? OptionalInt.empty()
                : OptionalInt.of(Call.atMost("contextTokens", tokens.longValue(), limits.maxTokens()));
    }

    // Whatever goes wrong, errors included, must reach the client as an answer.
    @SuppressWarnings("CatchingUnchecked")
    private void run(
            RoutingContext context,
            Context loop,
            AskRequest request,
            AskGround ground,
            @Nullable AskStream stream,
            Cancellation cancellation) {
        try {
            AskAnswer answer = asker.ask(
                    request,
                    ground.finder(),
                    ground.memory(),
                    event -> {
                        if (event instanceof AskEvent.Answered(AskAnswer whole)) {
                            traces.add(whole);
                            export.add(whole, Caller.of(context.request()));
                        }
                        if (stream != null) {
                            stream.send(event);
                        }
                    },
                    cancellation);
            if (stream == null) {
                Reply reply = Reply.ok(out -> {
                    for (Map.Entry<String, @Nullable Object> member :
                            AskDocument.of(answer).entrySet()) {
                        out.writeFieldName(member.getKey());
                        Render.value(out, member.getValue());
                    }
                    Render.standing(out, backend.standing());
                });
                loop.runOnContext(_ -> Replies.send(context, reply));
            }
        } catch (Throwable failure) {
            if (stream != null) {
                stream.fail(failure);
            } else {
                loop.runOnContext(_ -> context.fail(failure));
            }
        }
    }
}
