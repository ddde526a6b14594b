package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a running server; blocks the thread that asks, on one connection that is used again. */
final class ServerClient {
    private final ObjectMapper json = new ObjectMapper();
    private final String address;
    private final String token;

    ServerClient(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** Of the server at this address, by the token in this file. */
    static ServerClient of(String address, String tokenFile) throws IOException {
        return new ServerClient(address, Files.readString(Path.of(tokenFile)).strip());
    }

    /** Names of methods, spread over the whole store. */
    List<String> methodNames(int count) throws IOException {
        String script = "?[h, name] := *node{name, kind: 'METHOD', version}, h = version :order h :limit " + count;
        List<String> names = new ArrayList<>();
        for (JsonNode row : query(script).get("rows")) {
            names.add(row.get(1).asText());
        }
        return names;
    }

    /** The rows of a script. */
    JsonNode query(String script) throws IOException {
        return json.readTree(post("/v1/query", Map.of("script", script)));
    }

    /** The rows of a script with {@code $id} in it. */
    JsonNode query(String script, NodeId id) throws IOException {
        Map<String, ?> params = Map.of("id", Map.of("hex", id.toString()));
        return json.readTree(post("/v1/query", Map.of("script", script, "params", params)));
    }

    /** The line at which a symbol is declared now, from 1; 0 where the server has no line of it. */
    int line(String id) throws IOException {
        return json("/v1/symbols/" + id).path("symbol").path("startLine").asInt();
    }

    /** The document of a path. */
    JsonNode json(String path) throws IOException {
        return json.readTree(get(path));
    }

    String get(String path) throws IOException {
        return body(open(path));
    }

    String post(String path, Map<String, ?> body) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        connection.getOutputStream().write(json.writeValueAsBytes(body));
        return body(connection);
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(address + path).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    /** Reads to the end, so that the connection is used again. */
    private static String body(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status != 200) {
                throw new IOException(connection.getURL() + ": " + status + " " + text);
            }
            return text;
        }
    }
}
