package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.ask.AskSettings;
import dev.quarry.ask.Asker;
import dev.quarry.fake.FakeProvider;
import dev.quarry.fake.FakeProvider.Fault;
import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.BackendPool;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions over HTTP, with a provider that speaks as real ones do. */
class AskTest {
    @TempDir
    private Path store;

    private FakeProvider first;
    private FakeProvider second;
    private BackendPool pool;
    private QuarryServer server;
    private MemoryBackend backend;
    private TestClient client;

    private record Event(String name, JsonObject data) {}

    @BeforeEach
    void start() {
        first = new FakeProvider().saying("It trims ", "[1] and [7].");
        second = new FakeProvider().saying("Another ", "voice [1].");
        BackendConfig patient = BackendConfig.of("first", BackendKind.OPENAI, first.url(), FakeProvider.MODEL)
                .withRetries(0)
                .withTimes(Duration.ofSeconds(20), Duration.ofSeconds(20))
                .withPrices(new BackendConfig.Prices(1, 1));
        BackendConfig other = BackendConfig.of("second", BackendKind.ANTHROPIC, second.url(), FakeProvider.MODEL)
                .withRetries(0);
        pool = new BackendPool(List.of(patient, other), Map.of());
        backend = new MemoryBackend(store);
        server = QuarryServer.start(
                ServerConfig.defaults().withPort(0),
                backend,
                new Answering(new Asker(pool, AskSettings.DEFAULT), TraceSettings.DEFAULT),
                List.of());
        client = new TestClient(server, store);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        client.close();
        server.close();
        pool.close();
    }

    private static String body(String question, boolean stream) {
        return new JsonObject().put("question", question).put("stream", stream).encode();
    }

    private List<Event> events(String question) {
        List<Event> events = new ArrayList<>();
        String name = "";
        for (String line :
                client.post("/v1/ask", body(question, true)).body().lines().toList()) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                events.add(new Event(name, new JsonObject(line.substring("data: ".length()))));
            }
        }
        return events;
    }

    @Test
    void ask_streamed_givesSourcesThenTextThenUsageThenTheAnswer() {
        List<Event> events = events("What does trim do?");
        assertThat(events)
                .extracting(Event::name)
                .containsExactly(
                        "phase", "phase", "sources", "phase", "token", "token", "attempt", "phase", "usage", "done");
        assertThat(events.getFirst().data().getString("phase")).isEqualTo("recall");
        assertThat(events.get(1).data().getString("phase")).isEqualTo("retrieve");
        assertThat(events.get(2).data().getJsonArray("sources").getJsonObject(0).getString("symbol"))
                .startsWith("a.Text#trim");
        JsonObject usage = events.get(8).data();
        assertThat(usage.getInteger("inputTokens")).isEqualTo(11);
        assertThat(usage.getDouble("costUsd")).isPositive();
        JsonObject done = events.getLast().data();
        assertThat(done.getString("text")).isEqualTo("It trims [1] and [7].");
        assertThat(done.getJsonObject("citations").encode()).contains("\"unknown\":[7]", "\"known\":[1]");
        assertThat(done.getJsonObject("freshness").getInteger("sequence")).isEqualTo(1);
    }

    @Test
    void ask_severalBackends_countsTheCodeInTokensOfTheFirst() {
        events("What does trim do?");
        assertThat(backend.countedFor).containsExactly(FakeProvider.MODEL);
    }

    @Test
    void ask_sameAgain_isAnsweredFromTheCacheUnlessAFreshAnswerIsWanted() {
        first.saying("It trims [1].");
        String question = "What does trim do?";
        JsonObject answered =
                new JsonObject(client.post("/v1/ask", body(question, false)).body());
        int asked = first.seen().size();

        List<Event> again = events(question);

        JsonObject done = again.getLast().data();
        assertThat(done.getString("kind")).isEqualTo("CACHED");
        assertThat(done.getString("text")).isEqualTo("It trims [1].");
        assertThat(done.getString("model")).isEqualTo(answered.getString("model"));
        assertThat(done.getJsonArray("sources").getJsonObject(0).getString("id"))
                .isEqualTo(answered.getJsonArray("sources").getJsonObject(0).getString("id"));
        assertThat(again).extracting(Event::name).startsWith("phase", "sources", "token");
        assertThat(first.seen()).hasSize(asked);
        String verdict = new JsonObject()
                .put("answer", done.getString("id"))
                .put("right", false)
                .encode();
        assertThat(client.post("/v1/cache/feedback", verdict).statusCode()).isEqualTo(200);
        assertThat(client.get("/metrics").body())
                .contains(
                        "quarry_cache_hits_total 1.0",
                        "quarry_cache_false_hits_total 1.0",
                        "quarry_cache_failures_total 0.0")
                .contains("quarry_cache_lookup_seconds{quantile=\"0.99\"}");

        String fresh =
                new JsonObject().put("question", question).put("fresh", true).encode();
        assertThat(new JsonObject(client.post("/v1/ask", fresh).body()).getString("kind"))
                .isEqualTo("MODEL");
        assertThat(first.seen()).hasSize(asked + 1);
    }

    @Test
    void ask_notStreamed_isOneDocument() {
        JsonObject reply = new JsonObject(
                client.post("/v1/ask", body("What does trim do?", false)).body());
        assertThat(reply.getString("kind")).isEqualTo("MODEL");
        assertThat(reply.getString("backend")).isEqualTo("first");
        JsonObject next = new JsonObject(client.post(
                        "/v1/ask",
                        new JsonObject()
                                .put("question", "Who calls it?")
                                .put("conversation", reply.getString("conversation"))
                                .encode())
                .body());
        assertThat(next.getString("query")).contains("Who calls it?", "What does trim do?");
        assertThat(first.seen().getLast().body()).contains("What does trim do?", "It trims");
    }

    @Test
    void ask_firstBackendFailing_isAnsweredByTheNextInOneVoice() {
        first.failing(Fault.FAILING);
        List<Event> events = events("What does trim do?");
        assertThat(events.stream()
                        .filter(event -> event.name().equals("token"))
                        .map(event -> event.data().getString("text")))
                .containsExactly("Another ", "voice [1].");
        assertThat(events.getLast().data().getString("status")).isEqualTo("COMPLETE");
        assertThat(events.getLast().data().getJsonArray("attempts")).hasSize(2);
    }

    @Test
    void ask_cutReply_saysThatItBrokeOff() {
        first.failing(Fault.CUT);
        JsonObject done = events("What does trim do?").getLast().data();
        assertThat(done.getString("status")).isEqualTo("BROKEN");
        assertThat(done.getString("detail")).contains("'first' broke off");
        assertThat(done.getString("text")).isEqualTo("It trims ");
        assertThat(second.seen()).isEmpty();
    }

    @Test
    void ask_noBackendReplying_isAnExtractWithTheSources() {
        first.failing(Fault.REFUSING);
        second.failing(Fault.REFUSING);
        JsonObject done = events("What does trim do?").getLast().data();
        assertThat(done.getString("kind")).isEqualTo("EXTRACT");
        assertThat(done.getString("text")).contains("no backend could answer", "a.Text#trim");
        assertThat(done.getJsonArray("sources")).isNotEmpty();
    }

    @Test
    void ask_notStreamed_waitsForASlowModelBeyondTheIdleTime() throws Exception {
        server.close();
        ServerConfig impatient = ServerConfig.defaults().withPort(0).withLimits(idleAfter(Duration.ofMillis(50)));
        try (QuarryServer other = QuarryServer.start(
                        impatient,
                        new MemoryBackend(store),
                        new Answering(new Asker(pool, AskSettings.DEFAULT), TraceSettings.OFF),
                        List.of());
                TestClient asking = new TestClient(other, store)) {
            first.failing(Fault.SLOW);
            CompletableFuture<HttpResponse<String>> answer = asking.http()
                    .sendAsync(
                            asking.postRequest("/v1/ask", body("What does trim do?", false)), BodyHandlers.ofString());
            while (first.seen().isEmpty()) {
                Thread.sleep(10);
            }
            awaitClosing(other.port());
            first.proceed();
            assertThat(answer.get().body()).contains("It trims ");
        }
    }

    private static ServerLimits idleAfter(Duration time) {
        ServerLimits usual = ServerLimits.DEFAULT;
        return new ServerLimits(
                usual.maxBodyBytes(),
                usual.maxQueuedRequests(),
                usual.maxStreams(),
                usual.requestTime(),
                time,
                usual.queryTime(),
                usual.maxQueryRows(),
                usual.maxDepth(),
                usual.maxRows(),
                usual.maxTokens());
    }

    /** A connection that brings no request is closed: the idle time is over, and connections were looked at. */
    private static void awaitClosing(int port) throws IOException {
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void ask_clientThatGoesAway_endsTheRequestToTheBackend() throws Exception {
        first.failing(Fault.SILENT);
        InputStream stream = client.http()
                .send(client.postRequest("/v1/ask", body("What does trim do?", true)), BodyHandlers.ofInputStream())
                .body();
        readUntil(stream, "generate");
        stream.close();
        while (pool.health().getFirst().lastFailure().isEmpty() && !isIdle()) {
            Thread.sleep(10);
        }
        assertThat(second.seen()).as("nobody waits, so nobody else is asked").isEmpty();
    }

    @Test
    void ask_answered_leavesATraceWithoutSecretsAndCode() {
        String id = events("What does trim do with password=hunter2hunter2?")
                .getLast()
                .data()
                .getString("id");
        JsonObject trace = new JsonObject(client.get("/v1/traces/" + id).body());
        assertThat(trace.getString("question")).contains("trim", "[redacted]").doesNotContain("hunter2");
        assertThat(trace.encode()).doesNotContain("hunter2hunter2");
        assertThat(trace.getJsonArray("attempts")).hasSize(1);
        JsonObject source = trace.getJsonArray("sources").getJsonObject(0);
        assertThat(source.getJsonObject("ranks").getInteger("text")).isEqualTo(1);
        assertThat(source.containsKey("text")).isFalse();
        assertThat(trace.getJsonObject("skippedLegs").getString("vector")).contains("no model");
    }

    @Test
    void ask_failed_leavesATraceThatSaysWhy() {
        String body = new JsonObject()
                .put("question", "What does trim do?")
                .put("backend", "nobody")
                .encode();
        assertThat(client.post("/v1/ask", body).statusCode()).isEqualTo(404);
        JsonObject brief = new JsonObject(client.get("/v1/traces").body())
                .getJsonArray("traces")
                .getJsonObject(0);
        assertThat(brief.getString("kind")).isEqualTo("NONE");
        JsonObject trace =
                new JsonObject(client.get("/v1/traces/" + brief.getString("id")).body());
        assertThat(trace.getString("detail")).startsWith("NOT_FOUND: ").contains("'nobody'");
        assertThat(trace.getJsonArray("sources")).as("found before").isNotEmpty();
    }

    /** No question is being answered any more. */
    private boolean isIdle() {
        return client.get("/metrics").body().contains("quarry_streams_open 0.0");
    }

    private static void readUntil(InputStream stream, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            read.append((char) stream.read());
        }
    }
}
