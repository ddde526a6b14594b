package dev.quarry.server;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers HEAD by what answers GET, without the body: whoever asks whether something is there, such as a load balancer,
 * need not know that this interface is described by its GETs alone.
 */
final class HeadRequests {
    private static final String ASKED = "quarry.head";

    private HeadRequests() {}

    /** Goes on with a HEAD as with a GET; the response to a HEAD has no body whatever is written to it. */
    static void reroute(RoutingContext context) {
        if (HttpMethod.HEAD.equals(context.request().method())) {
            context.put(ASKED, true);
            context.reroute(HttpMethod.GET, context.request().uri());
        } else {
            context.next();
        }
    }

    /** Whether the request was a HEAD when it came. */
    static boolean isOne(RoutingContext context) {
        return context.get(ASKED) != null;
    }
}
