package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who is answered: tokens, the Host header, and what stays secret. */
class AccessTest {
    @TempDir
    private Path store;

    private QuarryServer server(ServerConfig config) {
        return QuarryServer.start(config.withPort(0), new MemoryBackend(store));
    }

    @Test
    void token_atFirstStart_is256BitsForItsOwnerOnly() throws IOException {
        Path file = QuarryServer.tokenFile(store);
        AccessToken token = AccessToken.of(file);
        String text = Files.readString(file).strip();
        assertThat(text).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(token.isShownBy("Bearer " + text)).isTrue();
        assertThat(token.isShownBy("bearer  " + text)).isTrue();
        assertThat(token.isShownBy(text)).isFalse();
        assertThat(token.isShownBy("Bearer " + text + "0")).isFalse();
        assertThat(token.isShownBy("Basic " + text)).isFalse();
        assertThat(token.isShownBy(null)).isFalse();
        assertThat(AccessToken.of(file).isShownBy("Bearer " + text))
                .as("a second start keeps it")
                .isTrue();
    }

    @Test
    void token_openToOthers_isClosed() throws IOException {
        Path file = QuarryServer.tokenFile(store);
        AccessToken.of(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        AccessToken.of(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void token_fileWithoutToken_isRefusedWithTheRemedy() throws IOException {
        Path file = QuarryServer.tokenFile(store);
        Files.writeString(file, "short");
        assertThatThrownBy(() -> AccessToken.of(file))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it");
    }

    @Test
    void requests_withoutOrWithWrongToken_are401() {
        try (QuarryServer server = server(ServerConfig.defaults());
                TestClient client = new TestClient(server, store)) {
            for (String path : List.of("/v1/symbols?name=trim", "/metrics", "/nothing", "/v1/index")) {
                HttpResponse<String> missing =
                        client.send(HttpRequest.newBuilder(client.uri(path)).build());
                unauthorized(missing);
                unauthorized(client.send(HttpRequest.newBuilder(client.uri(path))
                        .header("Authorization", "Bearer " + "0".repeat(64))
                        .build()));
            }
            assertThat(client.send(HttpRequest.newBuilder(client.uri("/health")).build())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void requests_fromPagesOfOtherSites_are403() {
        try (QuarryServer server = server(ServerConfig.defaults());
                TestClient client = new TestClient(server, store)) {
            for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1.evil.example", "::")) {
                HttpResponse<String> refused =
                        client.get("/v1/symbols?name=trim", request -> request.header("Origin", origin));
                assertThat(refused.statusCode()).as(origin).isEqualTo(403);
                assertThat(new JsonObject(refused.body()).getString("title"))
                        .isEqualTo("The request comes from elsewhere");
            }
            HttpResponse<String> own = client.get(
                    "/v1/symbols?name=trim", request -> request.header("Origin", "http://localhost:" + server.port()));
            assertThat(own.statusCode()).isEqualTo(200);
        }
    }

    private static void unauthorized(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("UNAUTHORIZED");
    }

    @Test
    void metrics_opened_needNoToken() {
        try (QuarryServer server = server(ServerConfig.defaults().withOpenMetrics(true));
                TestClient client = new TestClient(server, store)) {
            client.get("/v1/symbols?name=trim");
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(client.uri("/metrics")).build());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("quarry_requests_seconds_count{operation=\"findSymbols\",status=\"200\"}")
                    .contains("quarry_jobs_running 0.0")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.168.0.1", ""})
    void host_ofAnotherName_is403(String host) throws IOException {
        try (QuarryServer server = server(ServerConfig.defaults())) {
            assertThat(statusForHost(server, host)).isIn(400, 403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:9", "localhost", "LOCALHOST:9", "[::1]:9", "code.example:9"})
    void host_ofLoopbackOrAllowed_isAnswered(String host) throws IOException {
        try (QuarryServer server = server(ServerConfig.defaults().withHostNames(Set.of("Code.example")))) {
            assertThat(statusForHost(server, host)).isEqualTo(200);
        }
    }

    private static int statusForHost(QuarryServer server, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                InputStream in = socket.getInputStream()) {
            String request = "GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String reply = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(reply.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }

    @Test
    void replies_toAnotherOrigin_allowNothing() {
        try (QuarryServer server = server(ServerConfig.defaults());
                TestClient client = new TestClient(server, store)) {
            HttpResponse<String> response =
                    client.get("/v1/symbols?name=trim", r -> r.header("Origin", "http://evil.example"));
            assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void logs_atTheFinestLevel_holdNeitherTokenNorQuery() {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.quarry");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(lines);
        String token;
        try (QuarryServer server = server(ServerConfig.defaults());
                TestClient client = new TestClient(server, store)) {
            token = client.token();
            client.post("/v1/search", "{\"query\": \"confidential words\"}");
            client.get("/v1/symbols?name=confidentialName");
        } finally {
            logger.detachAppender(lines);
            logger.setLevel(null);
        }
        List<String> messages =
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(messages)
                .anyMatch(line -> line.contains(QuarryServer.tokenFile(store).toString()));
        assertThat(messages).anyMatch(line -> line.contains("search 200"));
        assertThat(messages).noneMatch(line -> line.contains(token) || line.contains("confidential"));
    }

    @Test
    void start_onAPortInUse_namesPortAndRemedy() {
        try (QuarryServer first = server(ServerConfig.defaults())) {
            ServerConfig same = ServerConfig.defaults().withPort(first.port());
            assertThatThrownBy(() -> QuarryServer.start(same, new MemoryBackend(store)))
                    .isInstanceOfSatisfying(
                            QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining(String.valueOf(first.port()))
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void start_onAnAddressOfAnotherMachine_isBadInput() {
        assertThatThrownBy(() -> server(ServerConfig.defaults().withHost("192.0.2.1")))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_INPUT))
                .hasMessageContaining("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void config_portThatDoesNotExist_isBadInput(int port) {
        assertThatThrownBy(() -> ServerConfig.defaults().withPort(port))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining(String.valueOf(port));
    }
}
