package dev.quarry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests made at random, from a seed that a failure prints: whatever comes, the answer is no defect. */
class FuzzTest {
    private static final List<String> POSTS = List.of("/v1/search", "/v1/context", "/v1/query", "/v1/ask");
    private static final List<String> NAMES = List.of(
            "query",
            "limit",
            "filter",
            "path",
            "package",
            "since",
            "script",
            "params",
            "limits",
            "rows",
            "millis",
            "symbols",
            "tokens",
            "format",
            "hex",
            "question",
            "conversation",
            "contextTokens",
            "stream");
    private static final List<String> WORDS = List.of(
            "trim",
            "METHOD",
            "json",
            "markdown",
            "",
            " ",
            "a.Text",
            "(",
            ")",
            "<",
            "a.b.C#m(int",
            "..",
            "\u0000",
            "é",
            "\ud83d",
            "00",
            "x.java:1",
            "*",
            "#",
            "$",
            "%2F",
            "\"",
            "\\");

    @TempDir
    private Path store;

    private final long seed = Long.getLong("quarry.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private QuarryServer server;
    private TestClient client;

    @BeforeEach
    void start() {
        server = QuarryServer.start(ServerConfig.defaults().withPort(0), new MemoryBackend(store));
        client = new TestClient(server, store);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String json(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextBoolean());
            case 2 -> String.valueOf(random.nextInt(-2, 50));
            case 3 -> any(List.of("1e400", "-0", "0.5", "99999999999999999999999", "1e-9", "NaN", "01"));
            case 4, 5 -> quoted(any(WORDS) + any(WORDS));
            case 6 -> {
                StringBuilder array = new StringBuilder("[");
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.append(json(depth - 1)).append(i > 1 ? "," : "");
                }
                yield array.append(']').toString();
            }
            default -> object(depth - 1);
        };
    }

    private String object(int depth) {
        StringBuilder object = new StringBuilder("{");
        for (int i = random.nextInt(5); i > 0; i--) {
            object.append(quoted(any(NAMES))).append(':').append(json(depth)).append(i > 1 ? "," : "");
        }
        return object.append('}').toString();
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private void check(String what, HttpResponse<String> response) {
        assertThat(response.statusCode())
                .as("-Dquarry.seed=%s: %s answered %s", seed, what, response.body())
                .isLessThan(500);
        if (response.statusCode() >= 400) {
            assertThat(response.headers().firstValue("Content-Type"))
                    .as("-Dquarry.seed=%s: %s", seed, what)
                    .contains("application/problem+json");
        }
    }

    @Test
    void bodies_atRandom_areNoDefects() {
        for (int i = 0; i < 1_500; i++) {
            String path = any(POSTS);
            String body = random.nextInt(5) == 0 ? json(3) : object(3);
            if (random.nextInt(10) == 0) {
                body = body.substring(0, random.nextInt(body.length() + 1));
            }
            check(path + " " + body, client.post(path, body));
        }
    }

    @Test
    void paths_atRandom_areNoDefects() {
        List<String> parts =
                List.of("v1", "symbols", "jobs", "callers", "path", "events", "impact", "health", "..", "");
        List<String> queries = List.of("", "?depth=", "?limit=", "?to=", "?name=", "?depth=1&depth=");
        for (int i = 0; i < 1_000; i++) {
            String name = TestClient.encode(
                    any(WORDS).replace("\ud83d", "😀") + any(WORDS).replace("\ud83d", "😀"));
            String path = random.nextBoolean()
                    ? "/v1/symbols/" + name + "/" + any(parts)
                    : "/" + any(parts) + "/" + any(parts) + "/" + name;
            String query = any(queries);
            check(
                    path + query,
                    client.get(path
                            + query
                            + (query.isEmpty()
                                    ? ""
                                    : TestClient.encode(any(WORDS).replace("\ud83d", "")))));
        }
    }

    @Test
    void bytes_atRandom_areNoDefects() throws IOException {
        List<String> pieces = List.of(
                "GET ",
                "POST ",
                "/health",
                "/v1/symbols/%",
                "/v1/%zz",
                " HTTP/1.1",
                " HTTP/9",
                "\r\n",
                "Host: localhost",
                "Content-Length: -1",
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "\u0000",
                "é",
                "Authorization: Bearer ",
                client.token(),
                ": ",
                "zz\r\n");
        for (int i = 0; i < 200; i++) {
            StringBuilder request = new StringBuilder(
                    random.nextBoolean()
                            ? "GET /v1/symbols/%zz" + any(pieces)
                                    + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + client.token() + "\r\n"
                            : "");
            for (int n = random.nextInt(8); n > 0; n--) {
                request.append(any(pieces));
            }
            String reply = raw(request.append("\r\nConnection: close\r\n\r\n").toString());
            assertThat(reply).as("-Dquarry.seed=%s: %s", seed, request).doesNotStartWith("HTTP/1.1 5");
        }
        assertThat(client.get("/health").statusCode()).isEqualTo(200);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            // The server may close before all is written.
            return "";
        }
    }
}
