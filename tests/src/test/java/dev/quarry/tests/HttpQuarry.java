package dev.quarry.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.server.QuarryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Asks a server over HTTP, with the token of its store. */
final class HttpQuarry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String token;

    /** What came back. */
    record Answer(int status, JsonNode json) {}

    private HttpQuarry(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** A client of this server. */
    static HttpQuarry of(QuarryServer server, Path store) {
        return of(URI.create("http://127.0.0.1:" + server.port()), store);
    }

    /** A client of the server at this address that holds this store. */
    static HttpQuarry of(URI server, Path store) {
        try {
            String token = Files.readString(QuarryServer.tokenFile(store)).strip();
            return new HttpQuarry(server, token);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same server with another token. */
    HttpQuarry withToken(String other) {
        return new HttpQuarry(server, other);
    }

    /** A symbol as a part of an address. */
    static String symbol(String name) {
        return "/v1/symbols/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** GET. */
    Answer get(String path) {
        return answer(send(request(path).GET().build()));
    }

    /** GET, as text. */
    String text(String path) {
        return send(request(path).GET().build()).body();
    }

    /** POST of a JSON object with these members. */
    Answer post(String path, Map<String, Object> members) {
        return answer(send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.valueToTree(members).toString()))
                .build()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static Answer answer(HttpResponse<String> response) {
        try {
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException noJson) {
            throw new UncheckedIOException(response.body(), noJson);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
