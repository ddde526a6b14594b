package dev.quarry.server;

import dev.quarry.ask.AskAnswer;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.RequestTrace;
import dev.quarry.schema.QuarryException;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends traces to a collector of OpenTelemetry's protocol. Never in an answer's way: a trace is put into a bounded queue and
 * left out if that is full; a thread of its own sends it, and what fails is counted. Safe for use by several threads.
 */
public final class TraceExport implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TraceExport.class);

    /** Held, because the library's loggers are forgotten otherwise; failures are told here, once and without its words. */
    private static final java.util.logging.Logger LIBRARY = java.util.logging.Logger.getLogger("io.opentelemetry");

    private static final int QUEUED_MAX = 512;
    private static final int BATCH_MAX = 32;
    private static final Duration CLOSE_TIME = Duration.ofSeconds(2);
    private static final Duration PROBE_TIME = Duration.ofSeconds(5);
    private static final int HUNDRED = 100;

    private final Optional<Sender> sender;

    /**
     * Traces by what became of them.
     *
     * @param exported the collector has taken them
     * @param failed the collector could not be reached, or refused them
     * @param dropped left out, because too many waited
     */
    public record Counts(long exported, long failed, long dropped) {}

    private TraceExport(Optional<Sender> sender) {
        this.sender = sender;
        this.sender.ifPresent(each -> each.thread.start());
    }

    /** Exports nothing. */
    public static TraceExport off() {
        return new TraceExport(Optional.empty());
    }

    /**
     * Exports as the settings say; costs nothing if they say nothing.
     *
     * @param environment where secrets are looked up
     * @throws dev.quarry.schema.QuarryException BAD_INPUT if a secret is not where it should be
     */
    public static TraceExport of(TelemetrySettings settings, Map<String, String> environment) {
        return settings.endpoint().isEmpty()
                ? off()
                : new TraceExport(Optional.of(
                        new Sender(settings, exporter(settings, environment).build())));
    }

    /**
     * Sends a request without traces, once, and waits for the reply.
     *
     * @return what went wrong; empty if nothing did
     * @throws dev.quarry.schema.QuarryException BAD_INPUT if a secret is not where it should be
     */
    public static Optional<String> probe(TelemetrySettings settings, Map<String, String> environment) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.endpoint().orElseThrow())
                .timeout(PROBE_TIME)
                .header("Content-Type", "application/x-protobuf")
                // A message of the protocol that holds nothing has no bytes.
                .POST(HttpRequest.BodyPublishers.noBody());
        try {
            headers(settings, environment).forEach(request::setHeader);
        } catch (IllegalArgumentException wrong) {
            // Its message may repeat the key.
            return Optional.of("its headers cannot be sent: write them as name=value,name=value");
        }
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(PROBE_TIME).build()) {
            int status = http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status / HUNDRED == 2 ? Optional.empty() : Optional.of("it answers with status " + status);
        } catch (ConnectException unreachable) {
            return Optional.of("it cannot be reached");
        } catch (IOException failure) {
            return Optional.of(failure.toString());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    private static Map<String, String> headers(TelemetrySettings settings, Map<String, String> environment) {
        return settings.headers()
                .read(environment)
                .map(TelemetrySettings::pairs)
                .orElse(Map.of());
    }

    private static OtlpHttpSpanExporterBuilder exporter(TelemetrySettings settings, Map<String, String> environment) {
        LIBRARY.setLevel(Level.OFF);
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().orElseThrow().toString())
                .setTimeout(settings.timeout());
        headers(settings, environment).forEach(builder::addHeader);
        return builder;
    }

    /** The trace that what this caller asks is a part of: tries are spans of it, if spans are sent. */
    public RequestTrace trace(Caller caller) {
        return sender.isPresent() ? AskSpans.trace(caller) : caller.trace();
    }

    /** Sends how a question was answered, as a part of the trace that holds on this thread. Returns at once. */
    public void add(AskAnswer answer, Caller caller) {
        RequestTrace trace = RequestTrace.current();
        queue(spans -> spans.ask(answer, Optional.empty(), caller, trace));
    }

    /** The same of a question that a failure ended. */
    public void addFailed(AskAnswer soFar, Throwable cause, Caller caller) {
        RequestTrace trace = RequestTrace.current();
        String type = cause instanceof QuarryException known
                ? known.code().name().toLowerCase(Locale.ROOT)
                : cause.getClass().getName();
        queue(spans -> spans.ask(soFar, Optional.of(type), caller, trace));
    }

    /** Sends how a request of the gateway, to a model as the client called it, was answered. Returns at once. */
    void add(String model, Instant asked, ChatResult result, Caller caller) {
        RequestTrace trace = RequestTrace.current();
        queue(spans -> spans.gateway(model, asked, result, caller, trace));
    }

    /** Sends that the gateway refused a request with this HTTP status before it asked a backend. Returns at once. */
    void addRefused(int status, Instant asked, Caller caller) {
        RequestTrace trace = trace(caller);
        Instant ended = Instant.now();
        queue(spans -> spans.refused(status, asked, ended, caller, trace));
    }

    private void queue(Consumer<AskSpans> trace) {
        sender.ifPresent(each -> each.queue(trace));
    }

    /** What became of the traces so far. */
    Counts counts() {
        return sender.map(Sender::counts).orElse(new Counts(0, 0, 0));
    }

    private static String reason(CompletableResultCode result) {
        Throwable cause = result.getFailureThrowable();
        if (cause == null) {
            return "the collector did not answer in time";
        }
        return cause.getCause() == null
                ? "the collector refused them ('quarry doctor' says how)"
                : cause.getCause().toString();
    }

    /** Gives what waits a moment to be sent. */
    @Override
    public void close() {
        sender.ifPresent(Sender::close);
    }

    /** The thread that sends. */
    private static final class Sender {
        private final SpanExporter exporter;
        private final AskSpans spans;
        private final Duration timeout;
        /** An empty one only wakes the thread. */
        private final BlockingQueue<Optional<Consumer<AskSpans>>> waiting = new ArrayBlockingQueue<>(QUEUED_MAX);

        private final AtomicLong exported = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final AtomicLong dropped = new AtomicLong();
        private final Thread thread;
        private volatile boolean closing;

        Sender(TelemetrySettings settings, SpanExporter exporter) {
            this.exporter = exporter;
            this.timeout = settings.timeout();
            this.spans = new AskSpans(resource(settings), settings.content());
            this.thread = Thread.ofPlatform().name("quarry-telemetry").daemon().unstarted(this::run);
        }

        private static Resource resource(TelemetrySettings settings) {
            AttributesBuilder attributes = Attributes.builder();
            settings.resource().forEach(attributes::put);
            attributes.put("service.name", settings.serviceName());
            return Resource.getDefault().merge(Resource.create(attributes.build()));
        }

        Counts counts() {
            return new Counts(exported.get(), failed.get(), dropped.get());
        }

        void queue(Consumer<AskSpans> trace) {
            if (closing || !waiting.offer(Optional.of(trace))) {
                dropped.incrementAndGet();
            }
        }

        private void run() {
            boolean well = true;
            while (!closing || !waiting.isEmpty()) {
                List<Optional<Consumer<AskSpans>>> taken = new ArrayList<>();
                try {
                    taken.add(waiting.take());
                } catch (InterruptedException ended) {
                    return;
                }
                waiting.drainTo(taken, BATCH_MAX - 1);
                List<Consumer<AskSpans>> batch =
                        taken.stream().flatMap(Optional::stream).toList();
                CompletableResultCode result = send(batch);
                (result.isSuccess() ? exported : failed).addAndGet(batch.size());
                if (well && !result.isSuccess()) {
                    log.warn("traces cannot be exported: {}; further failures are counted alone", reason(result));
                }
                well = result.isSuccess();
            }
        }

        /** Sends traces; those that a caller does not want recorded are not. */
        CompletableResultCode send(List<Consumer<AskSpans>> traces) {
            try {
                List<SpanData> finished = spans.of(traces);
                return finished.isEmpty()
                        ? CompletableResultCode.ofSuccess()
                        : exporter.export(finished).join(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RuntimeException defect) {
                // One trace must not end the export of the others.
                return CompletableResultCode.ofExceptionalFailure(defect);
            }
        }

        void close() {
            closing = true;
            // Wakes the thread; where the queue is full it is awake.
            boolean ignored = waiting.offer(Optional.empty());
            try {
                thread.join(CLOSE_TIME);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            thread.interrupt();
            exporter.shutdown();
        }
    }
}
