package dev.quarry.server;

import dev.quarry.schema.ErrorCode;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What each request passes before anything is done for it: is the server up, is it meant (the Host header, so that no web
 * page can reach the server under a name of its own), is the token shown, is the body JSON.
 */
final class Gate implements SecurityPolicyHandler {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");
    private static final String API_KEY = "x-api-key";
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private final AccessToken token;
    private final Set<String> openPaths;
    private final Set<String> hostNames;
    private final long requestMillis;
    private volatile boolean closing;

    Gate(ServerConfig config, AccessToken token) {
        this.token = token;
        this.openPaths = config.openMetrics() ? Set.of("/health", "/metrics") : Set.of("/health");
        this.requestMillis = config.limits().requestTime().toMillis();
        Set<String> names = new HashSet<>(config.hostNames());
        if (config.isLoopback()) {
            names.addAll(LOOPBACK_NAMES);
            names.add(config.host().toLowerCase(Locale.ROOT));
        }
        this.hostNames = Set.copyOf(names);
    }

    /** Lets nothing through any more. */
    void close() {
        closing = true;
    }

    @Override
    public void handle(RoutingContext context) {
        Problem problem = objection(context.request());
        if (problem != null) {
            throw new ProblemException(problem);
        }
        long timer = context.vertx().setTimer(requestMillis, _ -> Replies.expire(context));
        context.put(Replies.DEADLINE, timer);
        context.addEndHandler(_ -> context.vertx().cancelTimer(timer));
        context.next();
    }

    private @Nullable Problem objection(HttpServerRequest request) {
        if (closing) {
            return Problem.unavailable(ErrorCode.BUSY, "the server is going down");
        }
        if (!isMeant(request.authority())) {
            return Problem.of(
                    403,
                    ErrorCode.UNAUTHORIZED,
                    "the Host header does not name this server: use the address that it listens at, or have its name"
                            + " allowed");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && !isOwn(origin, request.authority())) {
            return Problem.of(
                    403,
                    ErrorCode.UNAUTHORIZED,
                    "the Origin header names a page of another site: pages are answered only if this server's name is"
                            + " theirs");
        }
        if (!openPaths.contains(request.path()) && !isTokenShown(request)) {
            boolean shown = request.headers().contains(HttpHeaders.AUTHORIZATION)
                    || request.headers().contains(API_KEY);
            return Problem.unauthorized(
                    !shown
                            ? "the request shows no token: add the header 'Authorization: Bearer TOKEN' with the token"
                                    + " from the file 'token' of the store's directory"
                            : "the token is wrong: take it from the file 'token' of the store's directory");
        }
        if (BROKEN_ESCAPE.matcher(request.uri()).find()) {
            return Problem.of(
                    400, ErrorCode.BAD_INPUT, "the address has a '%' without two hexadecimal digits: write it as %25");
        }
        if (request.method().equals(HttpMethod.POST) && hasBody(request) && !isJson(request)) {
            return Problem.of(
                    415, ErrorCode.BAD_INPUT, "the body is not marked as JSON: add 'Content-Type: application/json'");
        }
        return null;
    }

    /** Clients of some providers show their key in a header of its own. */
    private boolean isTokenShown(HttpServerRequest request) {
        String key = request.getHeader(API_KEY);
        return token.isShownBy(request.getHeader(HttpHeaders.AUTHORIZATION))
                || (key != null && token.isShownBy("Bearer " + key));
    }

    private boolean isMeant(@Nullable HostAndPort host) {
        return hostNames.isEmpty()
                || (host != null && hostNames.contains(host.host().toLowerCase(Locale.ROOT)));
    }

    /** Whether a page of this origin may ask: one that was loaded from this server's machine, by one of its names. */
    private boolean isOwn(String origin, @Nullable HostAndPort host) {
        String name = hostOf(origin);
        return name != null
                && (hostNames.isEmpty()
                        ? host != null && name.equals(host.host().toLowerCase(Locale.ROOT))
                        : hostNames.contains(name));
    }

    private static @Nullable String hostOf(String origin) {
        try {
            String host = new URI(origin).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException malformed) {
            return null;
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null : !length.equals("0");
    }

    private static boolean isJson(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return false;
        }
        int parameters = type.indexOf(';');
        String media = parameters < 0 ? type : type.substring(0, parameters);
        return media.strip().equalsIgnoreCase(Reply.JSON);
    }
}
