package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.fake.FakeProvider;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.BackendPool;
import dev.quarry.llm.ChatResult;
import dev.quarry.llm.Secret;
import dev.quarry.schema.Secrets;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of a server's answers, taken by a collector that reads them as OpenTelemetry defines them. */
class TraceExportTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String STATE = "vendor=a1,other=b2";
    private static final String KEY = "sk-verysecretkey0123456789";

    @TempDir
    private Path store;

    private FakeProvider provider;
    private FakeProvider broken;

    @BeforeEach
    void start() {
        provider = new FakeProvider().saying("It trims ", "[1] and [7].");
        broken = new FakeProvider();
        broken.close();
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    private interface Use {
        void of(TestClient client) throws Exception;
    }

    private void served(TelemetrySettings settings, Use use) throws Exception {
        BackendConfig down = BackendConfig.of("down", BackendKind.ANTHROPIC, broken.url(), "gone")
                .withRetries(0);
        BackendConfig well = BackendConfig.of("well", BackendKind.OPENAI, provider.url(), FakeProvider.MODEL)
                .withRetries(0)
                .withKey(new Secret.Environment("KEY"));
        try (BackendPool pool = new BackendPool(List.of(down, well), Map.of("KEY", KEY));
                TraceExport export = TraceExport.of(settings, Map.of("HEADERS", "authorization=Bearer%20collector"));
                QuarryServer server = QuarryServer.start(
                        ServerConfig.defaults().withPort(0),
                        new MemoryBackend(store),
                        new Answering(new Asker(pool, AskSettings.DEFAULT), TraceSettings.OFF, export),
                        List.of());
                TestClient client = new TestClient(server, store)) {
            use.of(client);
        }
    }

    private static TelemetrySettings settings(URI collector, boolean content) {
        return new TelemetrySettings(
                Optional.of(URI.create(collector + "/v1/traces")),
                "quarry-test",
                content,
                new Secret.Environment("HEADERS"),
                Map.of("deployment.environment.name", "test"),
                Duration.ofSeconds(10));
    }

    private static String question(String text) {
        return new JsonObject().put("question", text).encode();
    }

    /** Asks as a part of a trace with these flags. */
    private static void below(TestClient client, String flags) {
        below(client, flags, "/v1/ask", question("What does trim do?"));
    }

    private static void below(TestClient client, String flags, String path, String body) {
        client.send(client.request(path)
                .header("Content-Type", "application/json")
                .header("traceparent", "00-" + TRACE + "-" + PARENT + "-" + flags)
                .header("tracestate", STATE)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private static String completion(String name, int value) {
        return new JsonObject()
                .put("model", "auto")
                .put(name, value)
                .put(
                        "messages",
                        new JsonArray().add(new JsonObject().put("role", "user").put("content", "swordfish")))
                .encode();
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Map<String, Span> byName(List<Span> spans) {
        return spans.stream().collect(Collectors.toMap(Span::getName, span -> span));
    }

    private static Span named(Map<String, Span> spans, String name) {
        return Objects.requireNonNull(spans.get(name), name);
    }

    private static Map<String, String> attributes(Span span) {
        return TraceCollector.attributes(span.getAttributesList());
    }

    @Test
    void ask_withACollector_sendsATreeOfSpansBelowTheCallersSpan() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), false), client -> {
                below(client, "01");
                TraceCollector.Received request = collector.next();
                assertThat(request.path()).isEqualTo("/v1/traces");
                assertThat(request.contentType()).isEqualTo("application/x-protobuf");
                assertThat(request.authorization()).isEqualTo("Bearer collector");
                assertThat(request.resource())
                        .containsEntry("service.name", "quarry-test")
                        .containsEntry("deployment.environment.name", "test");
                Map<String, Span> spans = byName(request.spans());
                assertThat(spans)
                        .containsOnlyKeys(
                                "ask",
                                "cache lookup",
                                "search",
                                "leg text",
                                "pack",
                                "generate",
                                "chat gone",
                                "chat " + FakeProvider.MODEL,
                                "check citations");
                Span root = named(spans, "ask");
                assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
                assertThat(hex(root.getParentSpanId())).isEqualTo(PARENT);
                assertThat(request.spans())
                        .allSatisfy(span -> assertThat(hex(span.getTraceId())).isEqualTo(TRACE));
                below(spans, "ask", "cache lookup", "search", "pack", "generate", "check citations");
                below(spans, "search", "leg text");
                below(spans, "generate", "chat gone", "chat " + FakeProvider.MODEL);
            });
        }
    }

    /** Children begin within their parent; what lasts milliseconds in a record may end one later. */
    private static void below(Map<String, Span> spans, String parent, String... children) {
        Span above = named(spans, parent);
        for (String name : children) {
            Span child = named(spans, name);
            assertThat(child.getParentSpanId()).as(name).isEqualTo(above.getSpanId());
            assertThat(child.getStartTimeUnixNano())
                    .as(name)
                    .isBetween(above.getStartTimeUnixNano(), above.getEndTimeUnixNano() + 1_000_000);
            assertThat(child.getEndTimeUnixNano())
                    .as(name)
                    .isBetween(child.getStartTimeUnixNano(), above.getEndTimeUnixNano() + 2_000_000);
        }
    }

    @Test
    void ask_withACollector_namesModelsTokensRanksAndFailures() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), false), client -> {
                client.post("/v1/ask", question("What does trim do?"));
                Map<String, Span> spans = byName(collector.next().spans());
                assertThat(attributes(named(spans, "ask")))
                        .containsEntry("quarry.answer.kind", "model")
                        .containsEntry("quarry.cache", "miss")
                        .containsEntry("quarry.status", "complete")
                        .containsEntry("gen_ai.response.model", FakeProvider.MODEL)
                        .containsEntry("gen_ai.response.finish_reasons", "stop")
                        .containsKeys("quarry.answer.id", "gen_ai.conversation.id");
                assertThat(attributes(named(spans, "chat " + FakeProvider.MODEL)))
                        .containsEntry("gen_ai.operation.name", "chat")
                        .containsEntry("gen_ai.provider.name", "openai")
                        .containsEntry("gen_ai.request.model", FakeProvider.MODEL)
                        .containsEntry("gen_ai.usage.input_tokens", "11")
                        .containsKey("gen_ai.usage.output_tokens");
                Span failure = named(spans, "chat gone");
                assertThat(attributes(failure)).containsEntry("error.type", "failed");
                assertThat(failure.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
                assertThat(attributes(named(spans, "search"))).containsEntry("quarry.query.shape", "words");
                assertThat(attributes(named(spans, "leg text")))
                        .containsKeys("quarry.leg.ranks", "quarry.leg.candidates");
                assertThat(attributes(named(spans, "check citations")))
                        .containsEntry("quarry.citations.known", "1")
                        .containsEntry("quarry.citations.unknown", "1");
            });
        }
    }

    @Test
    void ask_unlessContentIsWanted_tellsNoWordOfQuestionCodeOrAnswer() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), false), client -> {
                client.post("/v1/ask", question("What does trim do, and is swordfish a password?"));
                String all = collector.next().message().toString();
                assertThat(all).doesNotContain("swordfish", "trim", "It trims", "Text.java", "a.Text", KEY, "password");
                client.post("/v1/chat/completions", completion("max_tokens", 9));
                TraceCollector.Received gateway = collector.next();
                assertThat(byName(gateway.spans()))
                        .containsOnlyKeys("gateway", "chat gone", "chat " + FakeProvider.MODEL);
                assertThat(gateway.message().toString()).doesNotContain("swordfish", "It trims", KEY);
            });
        }
    }

    @Test
    void ask_withContentWanted_tellsQuestionAndAnswerWithoutSecrets() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), true), client -> {
                client.post("/v1/ask", question("What does trim do with " + KEY + "?"));
                TraceCollector.Received request = collector.next();
                Map<String, String> root = attributes(named(byName(request.spans()), "ask"));
                assertThat(root.get("gen_ai.input.messages")).contains("What does trim do", Secrets.MARK);
                assertThat(root.get("gen_ai.output.messages")).contains("It trims [1]");
                assertThat(attributes(named(byName(request.spans()), "pack")).get("quarry.pieces"))
                        .contains("a.Text#trim");
                assertThat(request.message().toString()).doesNotContain(KEY);
            });
        }
    }

    @Test
    void ask_ofACallerWithoutARecordedTrace_isNotSent() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), false), client -> {
                below(client, "00");
                client.post("/v1/ask", question("What does trim do once more?"));
                assertThat(collector.next().spans())
                        .allSatisfy(span -> assertThat(hex(span.getTraceId())).isNotEqualTo(TRACE));
                assertThat(collector.isEmpty()).isTrue();
            });
        }
    }

    /** What a backend is told of the span of its try. */
    private String told(TraceCollector.Received traces) {
        Span span = named(byName(traces.spans()), "chat " + FakeProvider.MODEL);
        return "traceparent: 00-" + hex(span.getTraceId()) + "-" + hex(span.getSpanId()) + "-01";
    }

    private String lastTold() {
        return provider.seen().getLast().trace();
    }

    @Test
    void backend_withACollector_isToldTheSpanOfItsTry() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), false), client -> {
                client.post("/v1/ask", question("What does trim do?"));
                assertThat(lastTold()).isEqualTo(told(collector.next()));
                below(client, "01", "/v1/ask", question("What else does trim do?"));
                assertThat(lastTold()).contains(TRACE).isEqualTo(told(collector.next()) + "\ntracestate: " + STATE);
                // Told to every kind of backend, and what one wire format alone has.
                for (String name : List.of("max_tokens", "seed")) {
                    below(client, "01", "/v1/chat/completions", completion(name, 9));
                    assertThat(lastTold()).isEqualTo(told(collector.next()) + "\ntracestate: " + STATE);
                }
                below(client, "00");
                assertThat(lastTold())
                        .startsWith("traceparent: 00-" + TRACE + "-")
                        .doesNotContain(PARENT, "-01");
            });
        }
    }

    @Test
    void backend_withoutACollector_isToldTheCallersSpan() throws Exception {
        served(TelemetrySettings.OFF, client -> {
            below(client, "01");
            assertThat(lastTold()).isEqualTo("traceparent: 00-" + TRACE + "-" + PARENT + "-01\ntracestate: " + STATE);
            below(client, "xx", "/v1/ask", question("What does trim do besides?"));
            assertThat(lastTold()).isEmpty();
            client.post("/v1/ask", question("What does trim do then?"));
            assertThat(lastTold()).isEmpty();
        });
    }

    @Test
    void ask_thatFails_leavesTheSpansOfHowFarItCame() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), false), client -> {
                String body = new JsonObject(question("What does trim do?"))
                        .put("backend", "nobody")
                        .encode();
                assertThat(client.post("/v1/ask", body).statusCode()).isEqualTo(404);
                TraceCollector.Received request = collector.next();
                Map<String, Span> spans = byName(request.spans());
                assertThat(spans).containsOnlyKeys("ask", "search", "leg text", "pack", "generate");
                Span root = named(spans, "ask");
                assertThat(root.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
                assertThat(attributes(root))
                        .containsEntry("error.type", "not_found")
                        .containsEntry("quarry.answer.kind", "none");
                assertThat(request.message().toString()).doesNotContain("nobody");
                below(spans, "ask", "search", "pack", "generate");
            });
        }
    }

    @Test
    void gateway_thatRefusesARequest_leavesASpanOfIt() throws Exception {
        try (TraceCollector collector = TraceCollector.answering()) {
            served(settings(collector.url(), false), client -> {
                String[] refused = {
                    completion("max_tokens", -1),
                    completion("max_tokens", 9).replace("auto", "swordfish-9"),
                    new JsonObject().put("messages", new JsonArray()).encode()
                };
                for (String body : refused) {
                    below(client, "01", "/v1/chat/completions", body);
                    TraceCollector.Received request = collector.next();
                    assertThat(request.spans()).hasSize(1);
                    Span root = request.spans().getFirst();
                    assertThat(root.getName()).isEqualTo("gateway");
                    assertThat(hex(root.getTraceId())).isEqualTo(TRACE);
                    assertThat(hex(root.getParentSpanId())).isEqualTo(PARENT);
                    assertThat(root.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
                    assertThat(attributes(root).get("http.response.status_code"))
                            .matches("40[04]");
                    assertThat(request.message().toString()).doesNotContain("swordfish");
                }
            });
            assertThat(provider.seen()).isEmpty();
        }
    }

    @Test
    void ask_withACollectorThatRefuses_isAnsweredAndCounted() throws Exception {
        try (TraceCollector collector = TraceCollector.answering().saying(400)) {
            served(settings(collector.url(), false), client -> {
                assertThat(client.post("/v1/ask", question("What does trim do?"))
                                .statusCode())
                        .isEqualTo(200);
                collector.next();
                while (counted(client, "failed") == 0) {
                    Thread.onSpinWait();
                }
                assertThat(counted(client, "exported")).isZero();
            });
        }
    }

    @Test
    void ask_withACollectorThatIsSilent_isAnsweredAndWhatDoesNotFitIsDropped() throws Exception {
        try (TraceCollector collector = TraceCollector.silent();
                TraceExport export = TraceExport.of(
                        settings(collector.url(), false), Map.of("HEADERS", "authorization=Bearer%20collector"))) {
            served(settings(collector.url(), false), client -> {
                for (int i = 0; i < 3; i++) {
                    assertThat(client.post("/v1/ask", question("What does trim do, " + i + "?"))
                                    .statusCode())
                            .isEqualTo(200);
                }
                collector.next();
                assertThat(counted(client, "exported")).isZero();
            });
            for (int i = 0; i < 1_000; i++) {
                export.add("auto", Instant.now(), ChatResult.kept("", "", ""), Caller.LOCAL);
            }
            assertThat(export.counts().dropped()).isPositive();
        }
    }

    @Test
    void probe_ofACollector_saysWhatIsWrong() {
        try (TraceCollector collector = TraceCollector.answering()) {
            Map<String, String> environment = Map.of("HEADERS", "authorization=Bearer%20collector");
            assertThat(TraceExport.probe(settings(collector.url(), false), environment))
                    .isEmpty();
            collector.saying(401);
            assertThat(TraceExport.probe(settings(collector.url(), false), environment))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("401"));
        }
        assertThat(TraceExport.probe(
                        settings(broken.url().resolve("/"), false), Map.of("HEADERS", "a=" + "x".repeat(9))))
                .hasValueSatisfying(reason -> assertThat(reason).doesNotContain("xxx"));
    }

    private static long counted(TestClient client, String what) {
        String metrics = client.get("/metrics").body();
        Matcher line =
                Pattern.compile("quarry_telemetry_" + what + "_total (\\d+)").matcher(metrics);
        assertThat(line.find()).as(metrics).isTrue();
        return Long.parseLong(line.group(1));
    }
}
