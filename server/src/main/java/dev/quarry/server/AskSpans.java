package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.Retrieval;
import dev.quarry.ask.Source;
import dev.quarry.ask.Step;
import dev.quarry.llm.Attempt;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.RequestTrace;
import dev.quarry.schema.Secrets;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of what is known of an answer when it is whole: one for the question, below it one for each step, each leg of
 * the search and each try of a backend. Names are those of OpenTelemetry's conventions for generative AI where it has some,
 * else they begin with {@code quarry.}. Used by one thread.
 */
final class AskSpans {
    private static final AttributeKey<List<Long>> RANKS = AttributeKey.longArrayKey("quarry.leg.ranks");
    private static final AttributeKey<List<String>> PIECES = AttributeKey.stringArrayKey("quarry.pieces");
    private static final AttributeKey<List<String>> FINISH =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
    private static final String OPERATION = "gen_ai.operation.name";
    private static final String REQUEST_MODEL = "gen_ai.request.model";
    private static final String CHAT = "chat";
    private static final String HTTP_STATUS = "http.response.status_code";
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<SpanData> finished = new ArrayList<>();
    private final ChosenIds ids = new ChosenIds();
    private final Tracer tracer;
    private final boolean content;

    /**
     * Spans of a program.
     *
     * @param resource what it is
     * @param content whether questions, answers and names of the code are told
     */
    AskSpans(Resource resource, boolean content) {
        this.content = content;
        // A caller that has its own trace not recorded gets none from here either.
        this.tracer = SdkTracerProvider.builder()
                .setResource(resource)
                .setIdGenerator(ids)
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .addSpanProcessor(new Collector(finished))
                .build()
                .get("dev.quarry");
    }

    /** The trace of what this caller asks: the caller's, or a new one. */
    static RequestTrace trace(Caller caller) {
        SpanContext parent = Span.fromContext(parent(caller)).getSpanContext();
        if (!parent.isValid()) {
            return new RequestTrace.Spanned(
                    IdGenerator.random().generateTraceId(),
                    TraceFlags.getSampled().asHex(),
                    "");
        }
        String state = parent.getTraceState().isEmpty() ? "" : caller.headers().getOrDefault("tracestate", "");
        return new RequestTrace.Spanned(
                parent.getTraceId(), parent.getTraceFlags().asHex(), state);
    }

    private static Context parent(Caller caller) {
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), caller.headers(), Headers.GETTER);
    }

    /** The spans that these make. */
    List<SpanData> of(List<Consumer<AskSpans>> traces) {
        finished.clear();
        traces.forEach(trace -> trace.accept(this));
        return List.copyOf(finished);
    }

    /** A question and its answer, or the type of the failure that ended it. */
    void ask(AskAnswer answer, Optional<String> failure, Caller caller, RequestTrace trace) {
        AskAnswer.Timings timings = answer.timings();
        long asked = nanos(timings.asked());
        Clock clock = new Clock(asked - timings.startNanos());
        Span root = root("ask", asked, caller, trace);
        Context inside = Context.root().with(root);
        for (Step step : timings.steps()) {
            long start = clock.at(step.startNanos());
            Span span = begin(name(step.kind()), SpanKind.INTERNAL, start, inside);
            Context below = Context.root().with(span);
            switch (step.kind()) {
                case RECALL -> span.setAttribute("quarry.cache", Traces.cache(answer));
                case SEARCH -> search(span, answer, clock, below);
                case PACK -> pack(span, answer);
                case GENERATE -> attempts(answer.model(), start, below);
                case CHECK -> {
                    span.setAttribute(
                            "quarry.citations.known", answer.citations().known().size());
                    span.setAttribute(
                            "quarry.citations.unknown",
                            answer.citations().unknown().size());
                }
            }
            end(span, start + step.nanos());
        }
        root.setAttribute("quarry.answer.id", answer.id());
        root.setAttribute("quarry.answer.kind", told(answer.kind()));
        root.setAttribute("quarry.cache", Traces.cache(answer));
        root.setAttribute("quarry.query.rewritten", !answer.query().equals(answer.question()));
        root.setAttribute("quarry.graph.sequence", answer.context().sequence());
        if (!answer.conversation().isEmpty()) {
            root.setAttribute("gen_ai.conversation.id", answer.conversation());
        }
        if (timings.firstTextMillis() >= 0) {
            root.addEvent("first text", at(asked + timings.firstTextMillis() * NANOS_PER_MILLI));
        }
        outcome(root, answer.model());
        if (failure.isPresent() && answer.model().status() != ChatResult.Status.CANCELLED) {
            root.setAttribute("error.type", failure.get());
            root.setStatus(
                    StatusCode.ERROR, content ? Secrets.redacted(answer.model().detail()) : "");
        }
        if (content) {
            words(root, answer);
        }
        end(root, asked + timings.totalMillis() * NANOS_PER_MILLI);
    }

    /** A request of the gateway that needs no code, to a model as the client called it. */
    void gateway(String model, Instant asked, ChatResult result, Caller caller, RequestTrace trace) {
        long start = nanos(asked);
        Span root = root("gateway", start, caller, trace);
        root.setAttribute(OPERATION, CHAT);
        root.setAttribute(REQUEST_MODEL, model);
        attempts(result, start, Context.root().with(root));
        outcome(root, result);
        end(root, start + result.millis() * NANOS_PER_MILLI);
    }

    /** A request that the gateway refused with this HTTP status before it asked a backend. */
    void refused(int status, Instant asked, Instant ended, Caller caller, RequestTrace trace) {
        Span root = root("gateway", nanos(asked), caller, trace);
        root.setAttribute(OPERATION, CHAT);
        root.setAttribute(HTTP_STATUS, status);
        root.setAttribute("error.type", Integer.toString(status));
        root.setStatus(StatusCode.ERROR);
        end(root, nanos(ended));
    }

    private void search(Span span, AskAnswer answer, Clock clock, Context inside) {
        Retrieval retrieval = answer.context().retrieval();
        span.setAttribute("quarry.query.shape", retrieval.shape());
        for (Retrieval.LegRun leg : retrieval.legs()) {
            long start = clock.at(leg.startNanos());
            Span run = begin("leg " + leg.leg(), SpanKind.INTERNAL, start, inside);
            run.setAttribute("quarry.leg", leg.leg());
            run.setAttribute("quarry.leg.ran", leg.ran());
            run.setAttribute("quarry.leg.candidates", leg.candidates());
            if (!leg.note().isEmpty()) {
                run.setAttribute("quarry.leg.note", leg.note());
            }
            run.setAttribute(
                    RANKS,
                    answer.context().sources().stream()
                            .map(source -> (long) source.ranks().getOrDefault(leg.leg(), 0))
                            .toList());
            end(run, start + leg.nanos());
        }
    }

    private void pack(Span span, AskAnswer answer) {
        List<Source> sources = answer.context().sources();
        span.setAttribute("quarry.pieces.count", sources.size());
        span.setAttribute("quarry.context.tokens", answer.context().tokens());
        if (content) {
            span.setAttribute(
                    PIECES,
                    sources.stream()
                            .map(source -> source.symbol() + " " + source.file() + ":" + source.startLine())
                            .toList());
        }
    }

    private void attempts(ChatResult result, long start, Context inside) {
        List<Attempt> attempts = result.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            long began = start + attempt.afterMillis() * NANOS_PER_MILLI;
            boolean asked = attempt.outcome() != Attempt.Outcome.SKIPPED;
            SpanKind kind = asked ? SpanKind.CLIENT : SpanKind.INTERNAL;
            ids.span = attempt.spanId();
            Span span = begin(CHAT + " " + attempt.model(), kind, began, inside);
            span.setAttribute(OPERATION, CHAT);
            span.setAttribute("gen_ai.provider.name", attempt.kind().key());
            span.setAttribute(REQUEST_MODEL, attempt.model());
            span.setAttribute("quarry.backend", attempt.backend());
            span.setAttribute("quarry.attempt.outcome", told(attempt.outcome()));
            if (attempt.firstTokenMillis() >= 0) {
                span.addEvent("first token", at(began + attempt.firstTokenMillis() * NANOS_PER_MILLI));
            }
            if (attempt.status() > 0) {
                span.setAttribute(HTTP_STATUS, attempt.status());
            }
            switch (attempt.outcome()) {
                case ANSWERED, CANCELLED -> {
                    // No failure.
                }
                case SKIPPED, REFUSED, RATE_LIMITED, FAILED, TIMED_OUT, BROKEN_OFF -> {
                    span.setAttribute("error.type", told(attempt.outcome()));
                    // What a backend says of a failure may repeat what it was asked.
                    span.setStatus(StatusCode.ERROR, content ? Secrets.redacted(attempt.detail()) : "");
                }
            }
            if (i == attempts.size() - 1) {
                usage(span, result);
            }
            end(span, began + attempt.millis() * NANOS_PER_MILLI);
        }
    }

    private static void outcome(Span root, ChatResult result) {
        root.setAttribute("quarry.status", told(result.status()));
        if (!result.model().isEmpty()) {
            root.setAttribute("gen_ai.response.model", result.model());
        }
        usage(root, result);
        result.costUsd().ifPresent(cost -> root.setAttribute("quarry.cost_usd", cost));
        switch (result.status()) {
            case COMPLETE -> root.setAttribute(FINISH, List.of("stop"));
            case TRUNCATED -> root.setAttribute(FINISH, List.of("length"));
            case FILTERED -> root.setAttribute(FINISH, List.of("content_filter"));
            case BROKEN, UNAVAILABLE -> {
                root.setAttribute("error.type", told(result.status()));
                root.setStatus(StatusCode.ERROR);
            }
            case CANCELLED -> {
                // Nobody's failure.
            }
        }
    }

    private static void usage(Span span, ChatResult result) {
        if (result.usage().inputTokens() + result.usage().outputTokens() > 0) {
            span.setAttribute("gen_ai.usage.input_tokens", result.usage().inputTokens());
            span.setAttribute("gen_ai.usage.output_tokens", result.usage().outputTokens());
            span.setAttribute("quarry.usage.estimated", result.usage().estimated());
        }
    }

    private static void words(Span root, AskAnswer answer) {
        root.setAttribute("gen_ai.input.messages", message("user", answer.question()));
        root.setAttribute("gen_ai.output.messages", message("assistant", answer.text()));
        root.setAttribute("quarry.query", Secrets.redacted(answer.query()));
    }

    private static String message(String role, String text) {
        JsonObject part = new JsonObject().put("type", "text").put("content", Secrets.redacted(text));
        return new JsonArray()
                .add(new JsonObject().put("role", role).put("parts", new JsonArray().add(part)))
                .encode();
    }

    private static String name(Step.Kind kind) {
        return switch (kind) {
            case RECALL -> "cache lookup";
            case SEARCH -> "search";
            case PACK -> "pack";
            case GENERATE -> "generate";
            case CHECK -> "check citations";
        };
    }

    private Span root(String name, long startNanos, Caller caller, RequestTrace trace) {
        ids.trace = trace instanceof RequestTrace.Spanned spanned ? spanned.traceId() : "";
        return begin(name, caller.remote() ? SpanKind.SERVER : SpanKind.INTERNAL, startNanos, parent(caller));
    }

    private Span begin(String name, SpanKind kind, long startNanos, Context parent) {
        return tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(parent)
                .setStartTimestamp(at(startNanos))
                .startSpan();
    }

    private static void end(Span span, long nanos) {
        span.end(at(nanos));
    }

    private static Instant at(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
    }

    private static String told(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The time of day by the clock of {@link System#nanoTime}. */
    private record Clock(long offset) {
        long at(long nanoTime) {
            return offset + nanoTime;
        }
    }

    /** Reads a caller's headers. */
    private enum Headers implements TextMapGetter<Map<String, String>> {
        GETTER;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }

    /** Gives the ids that backends were told, each once, and otherwise new ones. */
    private static final class ChosenIds implements IdGenerator {
        private String trace = "";
        private String span = "";

        @Override
        public String generateSpanId() {
            String chosen = span;
            span = "";
            return chosen.isEmpty() ? IdGenerator.random().generateSpanId() : chosen;
        }

        @Override
        public String generateTraceId() {
            String chosen = trace;
            trace = "";
            return chosen.isEmpty() ? IdGenerator.random().generateTraceId() : chosen;
        }
    }

    /** Keeps spans that have ended. */
    private record Collector(List<SpanData> finished) implements SpanProcessor {
        @Override
        public void onStart(Context parentContext, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            finished.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
