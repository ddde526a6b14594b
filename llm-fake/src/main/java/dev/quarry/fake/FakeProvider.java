package dev.quarry.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something that speaks the wire formats of the providers, event by event as they do, on a port of this machine. It
 * replies with the parts that it is given, and shows the faults that it is told, one for each request.
 */
public final class FakeProvider implements AutoCloseable {
    /** What goes wrong with a request. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** The status and headers come, and then nothing until {@link #close}. */
        SILENT,
        /** The status and headers come, and the rest once {@link #proceed} was called. */
        SLOW,
        /** The model thinks before its reply, {@link #THOUGHTS} times {@link #THOUGHT_TIME}, and says so; streams only. */
        THINKING,
        /** The connection ends behind the first part. */
        CUT,
        /** The reply ends in order behind the first part, without its end. */
        ENDLESS,
        /** 429 that asks for a wait of a tenth of a second. */
        RATE_LIMITED,
        /** 429 that asks for a wait of a minute. */
        RATE_LIMITED_LONG,
        /** 500. */
        FAILING,
        /** 401, with the key that was shown in the message. */
        REFUSING,
        /** 400 with the code {@link #CODE}. */
        TOO_MUCH,
        /** 307 to {@link #ELSEWHERE}. */
        REDIRECTING,
        /** 200, and in place of what would follow the first part an event, or a document, that reports a failure. */
        REPORTING,
        /** 200 with events that are no JSON. */
        GARBAGE,
        /** 200 with a web page. */
        WEB_PAGE,
        /** The reply ends where the limit of tokens is reached. */
        TOO_LONG,
        /** The reply ends at the stop text {@link #STOP}. */
        STOPPED
    }

    private enum Format {
        OPENAI,
        ANTHROPIC,
        OLLAMA
    }

    /** The stop text at which replies end that end at one. */
    public static final String STOP = "END";

    /** The code of a refusal that has one. */
    public static final String CODE = "context_length_exceeded";

    /** Where a redirect leads to. */
    public static final String ELSEWHERE = "http://127.0.0.1:1/elsewhere?key=hidden";

    /** How many thoughts a model has that thinks. */
    public static final int THOUGHTS = 10;

    /** How long a thought takes. */
    public static final Duration THOUGHT_TIME = Duration.ofMillis(150);

    /** The name of its model. */
    public static final String MODEL = "tiny";

    /** A request that came; {@code trace} has its headers of W3C Trace Context, one line each. */
    public record Seen(String path, String authorization, String body, String trace) {}

    private static final Pattern STREAMED = Pattern.compile("\"stream\"\\s*:\\s*true");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch proceeding = new CountDownLatch(1);
    private volatile List<String> parts = List.of("Hello", ", ", "world");

    /** Starts one on a free port. */
    public FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, Format.OPENAI));
        server.createContext("/v1/messages", exchange -> answer(exchange, Format.ANTHROPIC));
        server.createContext("/api/chat", exchange -> answer(exchange, Format.OLLAMA));
        server.start();
    }

    /** From now on replies have these parts. */
    public FakeProvider saying(String... texts) {
        parts = List.of(texts);
        return this;
    }

    /** The next requests meet these faults, one each; those behind them none. */
    public FakeProvider failing(Fault... next) {
        synchronized (faults) {
            faults.addAll(List.of(next));
        }
        return this;
    }

    /** Lets slow replies begin. */
    public void proceed() {
        proceeding.countDown();
    }

    /** The requests that came. */
    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** Where it speaks as OpenAI and as Anthropic do. */
    public URI url() {
        return URI.create(ollamaUrl() + "/v1");
    }

    /** Where it speaks as Ollama does. */
    public URI ollamaUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        closing.countDown();
        proceeding.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, Format kind) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String shown = kind == Format.ANTHROPIC
                    ? exchange.getRequestHeaders().getFirst("x-api-key")
                    : exchange.getRequestHeaders().getFirst("Authorization");
            seen.add(new Seen(exchange.getRequestURI().getPath(), shown == null ? "" : shown, body, trace(exchange)));
            Fault fault;
            synchronized (faults) {
                fault = faults.isEmpty() ? Fault.NONE : faults.removeFirst();
            }
            switch (fault) {
                case RATE_LIMITED -> refuse(exchange, 429, "slow down", "0.1");
                case RATE_LIMITED_LONG -> refuse(exchange, 429, "slow down", "60");
                case FAILING -> refuse(exchange, 500, "out of order", "");
                case REFUSING -> refuse(exchange, 401, "the key " + shown + " is wrong", "");
                case TOO_MUCH ->
                    send(exchange, 400, "{\"error\":{\"message\":\"too long\",\"code\":" + quoted(CODE) + "}}");
                case REDIRECTING -> {
                    exchange.getResponseHeaders().add("Location", ELSEWHERE);
                    send(exchange, 307, "{}");
                }
                default -> {
                    if (kind == Format.OLLAMA || STREAMED.matcher(body).find()) {
                        stream(exchange, kind, fault);
                    } else {
                        document(exchange, kind, fault);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String trace(HttpExchange exchange) {
        return Stream.of("traceparent", "tracestate")
                .flatMap(name -> exchange.getRequestHeaders().getOrDefault(name, List.of()).stream()
                        .map(value -> name + ": " + value))
                .collect(Collectors.joining("\n"));
    }

    private static void refuse(HttpExchange exchange, int status, String message, String wait) throws IOException {
        if (!wait.isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", wait);
        }
        send(exchange, status, "{\"error\":{\"message\":" + quoted(message) + "}}");
    }

    private static void send(HttpExchange exchange, int status, String document) throws IOException {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private void stream(HttpExchange exchange, Format kind, Fault fault) throws IOException, InterruptedException {
        String type = kind == Format.OLLAMA ? "application/x-ndjson" : "text/event-stream";
        exchange.getResponseHeaders().add("Content-Type", fault == Fault.WEB_PAGE ? "text/html" : type);
        List<String> events = events(kind, fault);
        // A length that is never reached makes the client see that the connection was cut.
        exchange.sendResponseHeaders(200, fault == Fault.CUT ? 1 << 20 : 0);
        OutputStream out = exchange.getResponseBody();
        if (fault == Fault.SILENT) {
            out.flush();
            closing.await();
            return;
        }
        if (fault == Fault.SLOW) {
            out.flush();
            proceeding.await();
        }
        if (fault == Fault.THINKING) {
            for (String thought : Collections.nCopies(THOUGHTS, thought(kind))) {
                Thread.sleep(THOUGHT_TIME);
                out.write(thought.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
        for (String event : events) {
            out.write(event.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
        if (fault != Fault.CUT) {
            out.close();
        }
    }

    /** The whole reply at once. */
    private void document(HttpExchange exchange, Format kind, Fault fault) throws IOException, InterruptedException {
        if (fault == Fault.SILENT) {
            closing.await();
        } else if (fault == Fault.SLOW) {
            proceeding.await();
        }
        if (fault == Fault.REPORTING) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] error = error(kind).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, error.length);
            exchange.getResponseBody().write(error);
            return;
        }
        boolean readable = fault != Fault.GARBAGE && fault != Fault.WEB_PAGE;
        String text = readable ? document(kind, String.join("", parts), fault) : "{]";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean cut = fault == Fault.CUT || fault == Fault.ENDLESS;
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes, 0, cut ? bytes.length / 2 : bytes.length);
    }

    private static String document(Format kind, String text, Fault fault) {
        return kind == Format.ANTHROPIC
                ? "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"tiny\",\"content\":[{\"type\":"
                        + "\"text\",\"text\":" + quoted(text) + "}],\"stop_reason\":\""
                        + reason(kind, fault)
                        + "\",\"stop_sequence\":" + stop(fault)
                        + ",\"usage\":{\"input_tokens\":11,\"output_tokens\":3}}"
                : "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"tiny\",\"choices\":"
                        + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + quoted(text)
                        + "},\"finish_reason\":\"" + reason(kind, fault)
                        + "\"}],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3,\"total_tokens\":14}}";
    }

    private List<String> events(Format kind, Fault fault) {
        return switch (fault) {
            case GARBAGE -> List.of(kind == Format.OLLAMA ? "{]\n" : "data: {]\n\n");
            case WEB_PAGE -> List.of("<html>\n<body>It works</body>\n</html>\n");
            case REPORTING -> {
                List<String> all = reply(kind, parts.subList(0, 1), fault);
                String event = kind == Format.OLLAMA ? error(kind) + "\n" : "data: " + error(kind) + "\n\n";
                yield Stream.concat(all.subList(0, all.size() - ends(kind)).stream(), Stream.of(event))
                        .toList();
            }
            default -> {
                boolean cut = fault == Fault.CUT || fault == Fault.ENDLESS;
                List<String> all = reply(kind, cut ? parts.subList(0, 1) : parts, fault);
                yield cut ? all.subList(0, all.size() - ends(kind)) : all;
            }
        };
    }

    /** A report of a failure, with room between its signs. */
    private static String error(Format kind) {
        return switch (kind) {
            case OPENAI -> "{ \"id\": \"1\", \"error\": { \"message\": \"out of order\" } }";
            case ANTHROPIC -> "{ \"type\": \"error\", \"error\": { \"message\": \"out of order\" } }";
            case OLLAMA -> "{ \"error\": \"out of order\" }";
        };
    }

    /** How many events at the end say that the reply is whole. */
    private static int ends(Format kind) {
        return switch (kind) {
            case OPENAI, ANTHROPIC -> 3;
            case OLLAMA -> 1;
        };
    }

    private static List<String> reply(Format kind, List<String> parts, Fault fault) {
        return switch (kind) {
            case OPENAI -> openAi(parts, reason(kind, fault));
            case ANTHROPIC -> anthropic(parts, reason(kind, fault), stop(fault));
            case OLLAMA -> ollama(parts, reason(kind, fault));
        };
    }

    /** Why a reply ended, in the words of a wire format. */
    private static String reason(Format kind, Fault fault) {
        if (kind != Format.ANTHROPIC) {
            return fault == Fault.TOO_LONG ? "length" : "stop";
        }
        return switch (fault) {
            case TOO_LONG -> "max_tokens";
            case STOPPED -> "stop_sequence";
            default -> "end_turn";
        };
    }

    private static String stop(Fault fault) {
        return fault == Fault.STOPPED ? quoted(STOP) : "null";
    }

    /** A part of what a model thinks, before it replies. */
    private static String thought(Format kind) {
        return switch (kind) {
            case OPENAI ->
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"tiny\","
                        + "\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"Well. \"},\"finish_reason\":null}]}\n\n";
            case ANTHROPIC ->
                event(
                                "content_block_start",
                                "\"index\":0,\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}")
                        + event(
                                "content_block_delta",
                                "\"index\":0,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Well. \"}")
                        + event("content_block_stop", "\"index\":0");
            case OLLAMA ->
                "{\"model\":\"tiny\",\"created_at\":\"2020-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"\",\"thinking\":\"Well. \"},\"done\":false}\n";
        };
    }

    private static List<String> openAi(List<String> parts, String reason) {
        String head =
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"tiny\",";
        List<String> events = new java.util.ArrayList<>();
        events.add(head + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                + "\"finish_reason\":null}]}\n\n");
        for (String part : parts) {
            events.add(head + "\"choices\":[{\"index\":0,\"delta\":{\"content\":" + quoted(part)
                    + "},\"finish_reason\":null}]}\n\n");
        }
        events.add(head + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\n");
        events.add(head + "\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":3,"
                + "\"total_tokens\":14}}\n\n");
        events.add("data: [DONE]\n\n");
        return events;
    }

    private static List<String> anthropic(List<String> parts, String reason, String stop) {
        List<String> events = new java.util.ArrayList<>();
        events.add(event(
                "message_start",
                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"tiny\","
                        + "\"stop_reason\":null,\"stop_sequence\":null,"
                        + "\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}"));
        events.add(event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"));
        events.add(event("ping", ""));
        for (String part : parts) {
            events.add(event(
                    "content_block_delta",
                    "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted(part) + "}"));
        }
        events.add(event("content_block_stop", "\"index\":0"));
        events.add(event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"" + reason + "\",\"stop_sequence\":" + stop
                        + "},\"usage\":{\"output_tokens\":3}"));
        events.add(event("message_stop", ""));
        return events;
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (members.isEmpty() ? "" : "," + members)
                + "}\n\n";
    }

    private static List<String> ollama(List<String> parts, String reason) {
        String head =
                "{\"model\":\"tiny\",\"created_at\":\"2020-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\",\"content\":";
        List<String> events = parts.stream()
                .map(part -> head + quoted(part) + "},\"done\":false}\n")
                .collect(Collectors.toList());
        events.add(head + "\"\"},\"done_reason\":\"" + reason + "\",\"done\":true,\"total_duration\":1,"
                + "\"prompt_eval_count\":11,\"eval_count\":3}\n");
        return events;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
