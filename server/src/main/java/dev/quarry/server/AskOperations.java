package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskEvent;
import dev.quarry.ask.AskRequest;
import dev.quarry.ask.Asker;
import dev.quarry.llm.Cancellation;
import dev.quarry.llm.RequestTrace;
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
    private final TraceExport export;
    private final AskLog log;
    private final ServerLimits limits;
    private final WorkPool pool;
    private final OpenStreams streams;

    AskOperations(Routes.Parts parts) {
        backend = parts.backend();
        asker = parts.asker();
        export = parts.export();
        log = new AskLog(parts.traces(), export);
        limits = parts.limits();
        pool = parts.pool();
        streams = parts.streams();
    }

    /** One question on its way; its answer goes to the stream if there is one. */
    private record Exchange(
            RoutingContext context,
            Context loop,
            AskRequest request,
            AskGround ground,
            Optional<AskStream> stream,
            Cancellation cancellation,
            Caller caller) {}

    /** Answers this request, as a stream of events if it wants one, else when all is there. */
    void handle(RoutingContext context, Call call) {
        JsonObject body = call.body();
        AskRequest request = new AskRequest(
                body.getString("question", ""),
                Optional.ofNullable(body.getString("conversation")),
                tokens(body),
                Optional.ofNullable(body.getString("backend")).stream().toList(),
                body.getBoolean("fresh", false),
                Optional.empty());
        Cancellation cancellation = streams.addQuestion(context);
        Context loop = context.vertx().getOrCreateContext();
        Optional<String> at = call.optionalText("at");
        AskGround ground = AskGround.of(backend, pool, loop, at);
        Optional<AskStream> stream = body.getBoolean("stream", false)
                ? Optional.of(new AskStream(context, loop, backend))
                : Optional.empty();
        Exchange exchange =
                new Exchange(context, loop, request, ground, stream, cancellation, Caller.of(context.request()));
        RequestTrace trace = export.trace(exchange.caller());
        Thread.ofVirtual().name("quarry-ask").start(() -> trace.run(() -> run(exchange)));
    }

    private OptionalInt tokens(JsonObject body) {
        Number tokens = body.getNumber("contextTokens");
        return tokens == null
                ? OptionalInt.empty()
                : OptionalInt.of(Call.atMost("contextTokens", tokens.longValue(), limits.maxTokens()));
    }

    // Whatever goes wrong, errors included, must reach the client as an answer.
    @SuppressWarnings("CatchingUnchecked")
    private void run(Exchange exchange) {
        try {
            AskAnswer answer = asker.ask(
                    exchange.request(),
                    exchange.ground().finder(),
                    exchange.ground().memory(),
                    event -> take(exchange, event),
                    exchange.cancellation());
            if (exchange.stream().isEmpty()) {
                Reply reply = Reply.ok(out -> {
                    for (Map.Entry<String, @Nullable Object> member :
                            AskDocument.of(answer).entrySet()) {
                        out.writeFieldName(member.getKey());
                        Render.value(out, member.getValue());
                    }
                    Render.standing(out, backend.standing());
                });
                exchange.loop().runOnContext(_ -> Replies.send(exchange.context(), reply));
            }
        } catch (Throwable failure) {
            exchange.stream()
                    .ifPresentOrElse(
                            stream -> stream.fail(failure),
                            () -> exchange.loop()
                                    .runOnContext(_ -> exchange.context().fail(failure)));
        }
    }

    private void take(Exchange exchange, AskEvent event) {
        log.note(event, exchange.caller());
        if (!(event instanceof AskEvent.Failed)) { // of which what catches the failure tells the client
            exchange.stream().ifPresent(stream -> stream.send(event));
        }
    }
}
