package dev.quarry.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Takes traces as a collector of OpenTelemetry does, and reads them by the protocol's own messages. */
final class TraceCollector implements AutoCloseable {
    private static final long WAIT_SECONDS = 60;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final CountDownLatch answering;
    private volatile int status = 200;

    /** What one request brought. */
    record Received(String path, String authorization, String contentType, ExportTraceServiceRequest message) {
        List<Span> spans() {
            return message.getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .flatMap(scope -> scope.getSpansList().stream())
                    .toList();
        }

        Map<String, String> resource() {
            ResourceSpans first = message.getResourceSpans(0);
            return TraceCollector.attributes(first.getResource().getAttributesList());
        }
    }

    private TraceCollector(boolean answers) {
        answering = new CountDownLatch(answers ? 0 : 1);
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::take);
        http.start();
    }

    /** One that answers. */
    static TraceCollector answering() {
        return new TraceCollector(true);
    }

    /** One that takes requests and answers none before it is closed. */
    static TraceCollector silent() {
        return new TraceCollector(false);
    }

    /** Answers with this status from now on. */
    TraceCollector saying(int code) {
        status = code;
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** The next request. */
    Received next() throws InterruptedException {
        Received next = received.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new IllegalStateException("no traces came");
        }
        return next;
    }

    /** Whether nothing has come that was not taken yet. */
    boolean isEmpty() {
        return received.isEmpty();
    }

    static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, attribute -> text(attribute.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(TraceCollector::text)
                        .collect(Collectors.joining(","));
            default -> value.toString();
        };
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            ExportTraceServiceRequest message = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            received.add(new Received(
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    message));
            answering.await();
            exchange.sendResponseHeaders(status, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        answering.countDown();
        http.stop(0);
        threads.shutdownNow();
    }
}
