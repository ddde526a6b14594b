package dev.quarry.server;

import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks, as far as traces tell: the headers by which a request says what it is a part of (W3C Trace Context).
 *
 * @param remote whether the question came over HTTP
 */
public record Caller(boolean remote, Map<String, String> headers) {
    /** This process itself. */
    public static final Caller LOCAL = new Caller(false, Map.of());

    /** Copies the map. */
    public Caller {
        headers = Map.copyOf(headers);
    }

    /** Who sent this request. */
    static Caller of(HttpServerRequest request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : new String[] {"traceparent", "tracestate"}) {
            Optional.ofNullable(request.getHeader(name)).ifPresent(value -> headers.put(name, value));
        }
        return new Caller(true, headers);
    }
}
