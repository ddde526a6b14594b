package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskEvent;
import dev.quarry.ask.AskRequest;
import dev.quarry.ask.Asker;
import dev.quarry.ask.Given;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.Cancellation;
import dev.quarry.llm.ChatMessage;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.ChatSink;
import dev.quarry.llm.PassedRequest;
import dev.quarry.llm.RequestTrace;
import dev.quarry.llm.Role;
import io.vertx.core.Context;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Answers clients of the providers' APIs in these' own words. What can be told to every backend goes to the first that is
 * well; what only one wire format has is passed on, as it is, to backends that speak it; on request Quarry's context stands
 * before the model. A request waits for a model for long, so each has a thread of its own that costs nothing while it waits.
 */
final class Gateway {
    private static final String CONTEXT_HEADER = "X-Quarry-Context";

    private final Backend backend;
    private final Asker asker;
    private final BackendPool models;
    private final TraceExport export;
    private final AskLog log;
    private final WorkPool pool;
    private final OpenStreams streams;

    Gateway(Routes.Parts parts) {
        backend = parts.backend();
        asker = parts.asker();
        models = asker.pool();
        export = parts.export();
        log = new AskLog(parts.traces(), export);
        pool = parts.pool();
        streams = parts.streams();
    }

    /** One request on its way. */
    private record Exchange(
            Wire wire,
            GatewayRequest request,
            GatewayModels.Choice choice,
            GatewayOutput output,
            Caller caller,
            Cancellation cancellation) {}

    /** Answers a request in the wire format of its path. */
    void handle(RoutingContext context, Call call) {
        final Instant asked = Instant.now();
        final Caller caller = Caller.of(context.request());
        try {
            begin(context, call, caller);
        } catch (WireException refused) {
            export.addRefused(refused.error().status(), asked, caller);
            throw refused;
        } catch (ProblemException refused) {
            export.addRefused(refused.problem().status(), asked, caller);
            throw refused;
        }
    }

    private void begin(RoutingContext context, Call call, Caller caller) {
        Wire wire = Wire.at(context.request().path()).orElseThrow();
        context.response().putHeader(wire.idHeader(), GatewayOutput.newId());
        GatewayRequest request = wire.read(call.body());
        GatewayModels.Choice choice = choice(request, context.request().getHeader(CONTEXT_HEADER));
        Cancellation cancellation = streams.addQuestion(context);
        Context loop = context.vertx().getOrCreateContext();
        GatewayOutput output = new GatewayOutput(context, loop, wire.reply(request), request.stream());
        Exchange exchange = new Exchange(wire, request, choice, output, caller, cancellation);
        Runnable answer = answer(exchange, context, loop);
        RequestTrace trace = export.trace(caller);
        Thread.ofVirtual().name("quarry-gateway").start(() -> trace.run(() -> run(answer, output)));
    }

    private GatewayModels.Choice choice(GatewayRequest request, @Nullable String header) {
        GatewayModels.Choice choice = new GatewayModels(models.backends()).choose(request.model());
        return switch (header == null ? "off" : header.toLowerCase(Locale.ROOT)) {
            case "off" -> choice;
            case "on" -> choice.withContext();
            default -> throw WireException.parameter(CONTEXT_HEADER, "must be on or off");
        };
    }

    /** What is to be done for a request; refuses what nobody could answer. */
    private Runnable answer(Exchange exchange, RoutingContext context, Context loop) {
        GatewayRequest request = exchange.request();
        if (exchange.choice().context()) {
            AskRequest question =
                    question(exchange, Optional.ofNullable(context.request().getHeader("Cache-Control")));
            AskGround ground = AskGround.of(backend, pool, loop, Optional.empty());
            return () -> ask(exchange, question, ground);
        }
        if (request.foreign().isEmpty()) {
            return () -> chat(exchange);
        }
        String parameter = request.foreign().get();
        boolean understood = exchange.choice().backends().stream()
                .anyMatch(each -> each.kind() == exchange.wire().kind());
        if (!understood) {
            throw WireException.parameter(
                    parameter,
                    "cannot be told to the backends of model '" + request.model()
                            + "', which do not speak this wire format"
                            + ": leave it out, or configure a backend of the kind "
                            + exchange.wire().kind().key());
        }
        Map<String, String> headers = new HashMap<>();
        for (String name : exchange.wire().passedHeaders()) {
            Optional.ofNullable(context.request().getHeader(name)).ifPresent(value -> headers.put(name, value));
        }
        return () -> pass(exchange, headers);
    }

    // Whatever goes wrong, errors included, must reach the client as an answer.
    @SuppressWarnings("CatchingUnchecked")
    private static void run(Runnable answer, GatewayOutput output) {
        try {
            answer.run();
        } catch (Throwable failure) {
            output.fails(failure);
        }
    }

    /** A conversation, told to whoever is well. */
    private void chat(Exchange exchange) {
        GatewayOutput output = exchange.output();
        ChatSink sink = new ChatSink() {
            @Override
            public void begins(BackendConfig writer) {
                output.begins(writer.model());
            }

            @Override
            public void text(String part) {
                output.part(part);
            }
        };
        final Instant asked = Instant.now();
        ChatResult result =
                models.chat(exchange.choice().names(), exchange.request().chat(), sink, exchange.cancellation());
        export.add(exchange.request().model(), asked, result, exchange.caller());
        switch (result.status()) {
            case COMPLETE, TRUNCATED, FILTERED -> output.ends(GatewayEnd.of(result.model(), result, Optional.empty()));
            case BROKEN, UNAVAILABLE -> output.fails(GatewayFailures.of(result, models.health()));
            case CANCELLED -> {
                // Nobody listens.
            }
        }
    }

    /** A request in the words of its wire format. */
    private void pass(Exchange exchange, Map<String, String> headers) {
        GatewayOutput output = exchange.output();
        PassedRequest request = new PassedRequest(
                exchange.wire().kind(),
                exchange.request().stream(),
                config -> exchange.wire()
                        .forBackend(exchange.request().body(), config)
                        .encode(),
                headers);
        final Instant asked = Instant.now();
        ChatResult result = models.pass(exchange.choice().names(), request, output::passed, exchange.cancellation());
        export.add(exchange.request().model(), asked, result, exchange.caller());
        switch (result.status()) {
            case COMPLETE, TRUNCATED, FILTERED -> output.passedAll();
            case BROKEN, UNAVAILABLE -> output.fails(GatewayFailures.of(result, models.health()));
            case CANCELLED -> {
                // Nobody listens.
            }
        }
    }

    private static AskRequest question(Exchange exchange, Optional<String> cacheControl) {
        GatewayRequest request = exchange.request();
        request.foreign().ifPresent(parameter -> {
            throw WireException.parameter(
                    parameter,
                    "cannot be used with Quarry's context: leave it out, or ask the model without 'quarry/'");
        });
        List<ChatMessage> dialogue = request.dialogue();
        if (dialogue.isEmpty() || dialogue.getLast().role() != Role.USER) {
            throw WireException.parameter("messages", "must end with a message of the user: it is the question");
        }
        List<ChatMessage> earlier = dialogue.subList(0, dialogue.size() - 1).stream()
                .map(message -> new ChatMessage(message.role(), GroundText.removed(message.text())))
                .toList();
        String caching = cacheControl.orElse("").toLowerCase(Locale.ROOT);
        Given given = new Given(
                request.instructions(),
                earlier,
                request.maxOutputTokens(),
                request.temperature(),
                request.topP(),
                request.stop(),
                !caching.contains("no-store") && request.temperature().orElse(0) == 0);
        GatewayModels.Choice choice = exchange.choice();
        return new AskRequest(
                dialogue.getLast().text(),
                Optional.empty(),
                OptionalInt.empty(),
                choice.any() ? List.of() : choice.names(),
                caching.contains("no-cache"),
                Optional.of(given));
    }

    /** A question about the code. */
    private void ask(Exchange exchange, AskRequest question, AskGround ground) {
        GatewayOutput output = exchange.output();
        String model = exchange.request().model();
        AskAnswer answer = asker.ask(
                question,
                ground.finder(),
                ground.memory(),
                event -> {
                    log.note(event, exchange.caller());
                    switch (event) {
                        case AskEvent.Sources _ -> output.begins(model);
                        case AskEvent.Text(String part) -> output.part(part);
                        case AskEvent.Answered(AskAnswer whole) -> {
                            if (exchange.request().stream()) {
                                // Before the answer is kept, which takes its time.
                                ends(exchange, whole);
                            }
                        }
                        case AskEvent.Began _, AskEvent.Tried _, AskEvent.Failed _ -> {
                            // Told by the trace.
                        }
                    }
                },
                exchange.cancellation());
        if (!exchange.request().stream()) {
            ends(exchange, answer);
        }
    }

    private void ends(Exchange exchange, AskAnswer answer) {
        GatewayOutput output = exchange.output();
        ChatResult result = answer.model();
        switch (result.status()) {
            case BROKEN -> output.fails(GatewayFailures.of(result, models.health()));
            case CANCELLED -> {
                // Nobody listens.
            }
            case COMPLETE, TRUNCATED, FILTERED, UNAVAILABLE -> {
                output.part(GroundText.of(answer));
                JsonObject stands = GroundText.document(answer);
                output.ends(GatewayEnd.of(exchange.request().model(), result, Optional.of(stands)));
            }
        }
    }
}
