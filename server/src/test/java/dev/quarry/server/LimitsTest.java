package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens where a request asks for more than it may have, or the server cannot. */
class LimitsTest {
    private static final String WAIT = "{\"script\": \"wait\"}";

    @TempDir
    private Path store;

    private MemoryBackend backend;

    @BeforeEach
    void prepare() {
        backend = new MemoryBackend(store);
    }

    @AfterEach
    void release() {
        backend.release.countDown();
    }

    private QuarryServer server(ServerLimits limits) {
        return QuarryServer.start(ServerConfig.defaults().withPort(0).withLimits(limits), backend);
    }

    private static ServerLimits limits(int bodyBytes, int queued, Duration time) {
        ServerLimits usual = ServerLimits.DEFAULT;
        return new ServerLimits(
                bodyBytes,
                queued,
                1,
                time,
                usual.idleTime(),
                usual.queryTime(),
                usual.maxQueryRows(),
                usual.maxDepth(),
                usual.maxRows(),
                usual.maxTokens());
    }

    private static void problem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
    }

    @Test
    void body_largerThanTheLimit_is413() {
        try (QuarryServer server = server(limits(1_000, 8, Duration.ofSeconds(20)));
                TestClient client = new TestClient(server, store)) {
            String fitting = "{\"query\": \"" + "x".repeat(980) + "\"}";
            assertThat(client.post("/v1/search", fitting).statusCode()).isEqualTo(200);
            problem(client.post("/v1/search", fitting + "x".repeat(1_000)), 413, "LIMIT");
            HttpRequest chunked = client.request("/v1/search")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(fitting + "x".repeat(1_000))))
                    .build();
            problem(client.send(chunked), 413, "LIMIT");
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void body_notMarkedAsJson_is415() {
        try (QuarryServer server = server(ServerLimits.DEFAULT);
                TestClient client = new TestClient(server, store)) {
            for (String type :
                    List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
                HttpRequest request = client.request("/v1/search")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString("{\"query\": \"x\"}"))
                        .build();
                problem(client.send(request), 415, "BAD_INPUT");
            }
            HttpRequest withCharset = client.request("/v1/search")
                    .header("Content-Type", "application/json; charset=utf-8")
                    .POST(BodyPublishers.ofString("{\"query\": \"x\"}"))
                    .build();
            assertThat(client.send(withCharset).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void requests_moreThanThreadsAndQueue_are429AndHealthStillAnswers() {
        try (QuarryServer server = server(limits(1_000, 1, Duration.ofSeconds(20)));
                TestClient client = new TestClient(server, store)) {
            int taken = Runtime.getRuntime().availableProcessors() + 1;
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (int i = 0; i < taken + 3; i++) {
                replies.add(client.http().sendAsync(client.postRequest("/v1/query", WAIT), BodyHandlers.ofString()));
            }
            List<CompletableFuture<HttpResponse<String>>> refused = new ArrayList<>();
            while (refused.size() < 3) {
                refused = replies.stream().filter(CompletableFuture::isDone).toList();
                Thread.onSpinWait();
            }
            for (CompletableFuture<HttpResponse<String>> reply : refused) {
                problem(reply.join(), 429, "LIMIT");
                assertThat(reply.join().headers().firstValue("Retry-After")).isPresent();
            }
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
            backend.release.countDown();
            assertThat(replies.stream().map(CompletableFuture::join).filter(r -> r.statusCode() == 200))
                    .hasSize(taken);
        }
    }

    @Test
    void answer_longerThanTheTime_is503() {
        try (QuarryServer server = server(limits(1_000, 8, Duration.ofMillis(200)));
                TestClient client = new TestClient(server, store)) {
            problem(client.post("/v1/query", WAIT), 503, "LIMIT");
            backend.release.countDown();
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void body_thatDoesNotArrive_is408AndTheConnectionIsClosed() throws IOException {
        try (QuarryServer server = server(limits(1_000, 8, Duration.ofMillis(200)));
                TestClient client = new TestClient(server, store);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            String head = "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + client.token() + "\r\nContent-Length: 100\r\n\r\n{\"query\"";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(client.get("/health").statusCode())
                    .as("others are answered meanwhile")
                    .isEqualTo(200);
            String reply = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 408").contains("application/problem+json");
        }
    }

    @Test
    void address_tooLong_is414() throws IOException {
        try (QuarryServer server = server(ServerLimits.DEFAULT);
                TestClient client = new TestClient(server, store)) {
            problem(client.get("/v1/symbols?name=" + "x".repeat(20_000)), 414, "BAD_INPUT");
            problem(client.get("/health", r -> r.header("X-Long", "x".repeat(20_000))), 431, "BAD_INPUT");
        }
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void failures_ofEachCode_haveTheStatusOfTheTable(ErrorCode code) {
        backend.failure = () -> new QuarryException(code, "what is wrong, and what helps");
        try (QuarryServer server = server(ServerLimits.DEFAULT);
                TestClient client = new TestClient(server, store)) {
            HttpResponse<String> response = client.post("/v1/query", "{\"script\": \"fail\"}");
            problem(response, Problem.statusOf(code), code.name());
            if (code != ErrorCode.INTERNAL) {
                assertThat(response.body()).contains("what is wrong, and what helps");
            }
        }
    }

    @Test
    void defects_ofAnyKind_are500WithoutInternals() {
        try (QuarryServer server = server(ServerLimits.DEFAULT);
                TestClient client = new TestClient(server, store)) {
            HttpResponse<String> response = client.post("/v1/query", "{\"script\": \"fail\"}");
            problem(response, 500, "INTERNAL");
            assertThat(response.body()).doesNotContain("secret detail").doesNotContain("Exception");
            assertThat(new JsonObject(response.body()).getString("incident")).isNotBlank();
        }
    }

    @Test
    void close_whileARequestRuns_answersIt() throws Exception {
        QuarryServer server = server(ServerLimits.DEFAULT);
        try (TestClient client = new TestClient(server, store)) {
            CompletableFuture<HttpResponse<String>> reply =
                    client.http().sendAsync(client.postRequest("/v1/query", WAIT), BodyHandlers.ofString());
            while (!client.get("/metrics").body().contains("quarry_requests_active 2.0")) {
                Thread.onSpinWait();
            }
            Thread closing = Thread.ofPlatform().start(server::close);
            backend.release.countDown();
            assertThat(reply.get().statusCode()).isEqualTo(200);
            closing.join();
        }
        assertThat(Stream.of(Thread.getAllStackTraces().keySet())
                        .flatMap(threads -> threads.stream().map(Thread::getName)))
                .noneMatch(name -> name.startsWith("quarry-"));
    }
}
