package dev.quarry.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One request of one try, as the model classes want to send it. It is blocking, keeps what they lose (the status and the
 * wait that a backend asks for), reads no more than a limit, and can be ended by another thread.
 */
final class HttpExchange implements HttpClient, HttpClientBuilder {
    private static final long REPLY_BYTES_MAX = 16L << 20;
    private static final int ERROR_BYTES_MAX = 4 << 10;
    private static final int SUCCESS = 2;
    private static final int HUNDRED = 100;

    private final java.net.http.HttpClient http;
    private final Map<String, String> headers;
    private @Nullable CompletableFuture<HttpResponse<InputStream>> sending;
    private @Nullable InputStream reading;
    private boolean aborted;
    private volatile int status;
    private volatile Optional<Duration> rest = Optional.empty();
    private volatile Optional<String> location = Optional.empty();

    /** An exchange whose request has these headers besides its own. */
    HttpExchange(java.net.http.HttpClient http, Map<String, String> headers) {
        this.http = http;
        this.headers = headers;
    }

    /** The status of the reply; 0 while there is none. */
    int status() {
        return status;
    }

    /** How long the backend asks to be left alone. */
    Optional<Duration> rest() {
        return rest;
    }

    /** Where the reply says that the request should have gone; its query, which may hold a secret, is left out. */
    Optional<String> location() {
        return location;
    }

    /** Ends the request; what reads its reply fails. */
    void abort() {
        CompletableFuture<HttpResponse<InputStream>> request;
        InputStream body;
        synchronized (this) {
            aborted = true;
            request = sending;
            body = reading;
        }
        if (request != null) {
            request.cancel(true);
        }
        close(body);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (InputStream body = open(request)) {
            String text = new String(new BoundedInput(body, REPLY_BYTES_MAX).readAllBytes(), StandardCharsets.UTF_8);
            return SuccessfulHttpResponse.builder()
                    .statusCode(status)
                    .body(text)
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (InputStream body = open(request)) {
            listener.onOpen(SuccessfulHttpResponse.builder().statusCode(status).build());
            parser.parse(new BoundedInput(body, REPLY_BYTES_MAX), new ReportedErrors(listener));
            listener.onClose();
        } catch (IOException | HttpException e) {
            listener.onError(e);
        }
    }

    /** The body of a reply with a status of success. */
    private InputStream open(HttpRequest request) throws IOException {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
            header.getValue().forEach(value -> builder.header(header.getKey(), value));
        }
        headers.forEach(builder::setHeader);
        String body = request.body();
        builder.method(request.method().name(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<InputStream> response = send(builder.build());
        status = response.statusCode();
        if (status / HUNDRED != SUCCESS) {
            rest = RetryAfter.of(response.headers());
            location = response.headers().firstValue("Location").map(to -> to.replaceFirst("[?#].*", ""));
            try (InputStream error = response.body()) {
                throw new HttpException(status, new String(error.readNBytes(ERROR_BYTES_MAX), StandardCharsets.UTF_8));
            }
        }
        synchronized (this) {
            reading = response.body();
            if (!aborted) {
                return response.body();
            }
        }
        close(response.body());
        throw new IOException("the request was ended");
    }

    private HttpResponse<InputStream> send(java.net.http.HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> future;
        synchronized (this) {
            if (aborted) {
                throw new IOException("the request was ended");
            }
            future = http.sendAsync(request, BodyHandlers.ofInputStream());
            sending = future;
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the request was interrupted", e);
        } catch (java.util.concurrent.CancellationException e) {
            throw new IOException("the request was ended", e);
        }
    }

    private static void close(@Nullable InputStream body) {
        if (body != null) {
            try {
                body.close();
            } catch (IOException ignored) {
                // It is given up in any case.
            }
        }
    }

    // The times of a try are kept by the call, from its beginning to its end.

    @Override
    public @Nullable Duration connectTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        return this;
    }

    @Override
    public @Nullable Duration readTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        return this;
    }

    @Override
    public HttpClient build() {
        return this;
    }
}
