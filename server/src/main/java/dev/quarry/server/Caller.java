package dev.quarry.server;

import dev.quarry.llm.RequestTrace;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who asks, as far as traces tell: the headers by which a request says what it is a part of (W3C Trace Context).
 *
 * @param remote whether the question came over HTTP
 */
public record Caller(boolean remote, Map<String, String> headers) {
    /** This process itself. */
    public static final Caller LOCAL = new Caller(false, Map.of());

    private static final Pattern PARENT = Pattern.compile("(?!ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final Pattern STATE = Pattern.compile("[\\x20-\\x7e]{0,512}");

    /** Copies the map. */
    public Caller {
        headers = Map.copyOf(headers);
    }

    /**
     * The trace of the caller, for whoever adds nothing to it. A header that is none is left out, as the standard says, and
     * the one without the other.
     */
    RequestTrace trace() {
        String parent = headers.getOrDefault("traceparent", "");
        String state = headers.getOrDefault("tracestate", "");
        return PARENT.matcher(parent).matches()
                ? new RequestTrace.HandedOn(parent, STATE.matcher(state).matches() ? state : "")
                : new RequestTrace.None();
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
