package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Speaks with a server over HTTP, with its token. */
final class ServerClient implements AutoCloseable {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIME = Duration.ofSeconds(60);
    private static final String EVENT = "event: ";
    private static final String DATA = "data: ";

    private final URI address;
    private final String token;
    private final Places places;
    private final String remedy;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIME)
            .build();

    private ServerClient(ServerAddress server, String token, Path store, Terminal terminal) {
        this.address = server.address();
        this.remedy = "try again, or end it (process " + server.process()
                + "); if that process is no server any more, delete " + ServerAddress.file(store);
        this.token = token;
        this.places = new Places(store, this::repository, terminal);
    }

    /** A client of the server that holds this store. */
    static ServerClient of(Path store, ServerAddress server, Terminal terminal) {
        Path file = store.resolve("token");
        try {
            return new ServerClient(server, Files.readString(file).strip(), store, terminal);
        } catch (IOException failure) {
            throw new QuarryException(
                    ErrorCode.UNAUTHORIZED,
                    "the token of the server at " + server.address() + " cannot be read from " + file
                            + ": run the command as the user who runs the server",
                    failure);
        }
    }

    /** What the server listens at. */
    URI address() {
        return address;
    }

    /** How places of the repository are shown that the server serves. */
    Places places() {
        return places;
    }

    /** The root of the repository that the server has indexed, on its machine. */
    Optional<Path> repository() {
        String root = get("/v1/repository", "repository").text("repository");
        return root.isEmpty() ? Optional.empty() : Optional.of(Path.of(root));
    }

    /** A segment of a path, or a query's value, as a URL has it. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The object at this path. */
    JsonObject get(String path, String subject) {
        return send(
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(REQUEST_TIME)
                        .GET(),
                subject);
    }

    /** The object that this path gives for a request of these members. */
    JsonObject post(String path, Map<String, @Nullable Object> body, String subject) {
        return send(posting(path, body).timeout(REQUEST_TIME), subject);
    }

    /** The same of what may take as long as it likes. */
    JsonObject postAndWait(String path, Map<String, @Nullable Object> body, String subject) {
        return send(posting(path, body), subject);
    }

    private HttpRequest.Builder posting(String path, Map<String, @Nullable Object> body) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)));
    }

    /**
     * Follows the events that this path gives for a request, and gives what the last tells.
     *
     * @param text takes the text of each {@code token}
     */
    JsonObject events(String path, Map<String, @Nullable Object> body, Consumer<String> text) {
        HttpRequest request =
                posting(path, body).header("Authorization", "Bearer " + token).build();
        HttpResponse<Stream<String>> response = exchange(request, BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() / 100 != 2) {
                throw failure(object(lines.collect(Collectors.joining("\n"))), response.statusCode(), path);
            }
            return last(lines.iterator(), text);
        } catch (UncheckedIOException failure) {
            throw silent(new IOException(failure));
        }
    }

    private JsonObject last(Iterator<String> lines, Consumer<String> text) {
        String name = "";
        while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith(EVENT)) {
                name = line.substring(EVENT.length());
            } else if (line.startsWith(DATA)) {
                JsonObject data = object(line.substring(DATA.length()));
                switch (name) {
                    case "token" -> text.accept(data.text("text"));
                    case "done" -> {
                        return data;
                    }
                    case "error" -> throw failure(data, 200, name);
                    default -> {}
                }
            }
        }
        throw silent(new IOException("its answer ended without an end"));
    }

    /** Posts a message of another protocol; the text that answers it, empty if there is none. */
    Optional<String> message(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .header("Authorization", "Bearer " + token)
                .timeout(REQUEST_TIME)
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        String text = response.body();
        boolean isProblem =
                response.headers().firstValue("Content-Type").orElse("").contains("problem");
        if (isProblem) {
            throw failure(object(text), response.statusCode(), path);
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Deletes what is at this path; the reply is of no interest. */
    void delete(String path) {
        send(HttpRequest.newBuilder(address.resolve(path)).timeout(REQUEST_TIME).DELETE(), path);
    }

    private JsonObject send(HttpRequest.Builder builder, String subject) {
        HttpRequest request = builder.header("Authorization", "Bearer " + token).build();
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        JsonObject reply = object(response.body());
        if (response.statusCode() / 100 != 2) {
            throw failure(reply, response.statusCode(), subject);
        }
        return reply;
    }

    private JsonObject object(String body) {
        try {
            return JsonObject.of(Json.read(body));
        } catch (IOException failure) {
            throw silent(failure);
        }
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException failure) {
            throw silent(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new QuarryException(ErrorCode.INTERNAL, "the request was interrupted", interrupted);
        }
    }

    private QuarryException silent(IOException failure) {
        return new QuarryException(
                ErrorCode.BUSY,
                "the server at " + address + " holds the store but does not answer (" + said(failure) + "): " + remedy,
                failure);
    }

    /** What a failure says; the client's own say nothing where nobody listens. */
    private static String said(IOException failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure instanceof ConnectException
                    ? "connection refused"
                    : failure.getClass().getSimpleName();
        }
        return message;
    }

    private QuarryException failure(JsonObject problem, int status, String subject) {
        List<Answer.Symbol> candidates = problem.objects("candidates", AnswerReader::symbol);
        if (!candidates.isEmpty()) {
            return Candidates.ambiguous(subject, candidates, places);
        }
        ErrorCode code = code(problem.text("code"));
        String detail = problem.text("detail");
        return new QuarryException(
                code, detail.isEmpty() ? "the server at " + address + " answered with status " + status : detail);
    }

    /** The class of failure of this name; INTERNAL if there is none. */
    static ErrorCode code(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
