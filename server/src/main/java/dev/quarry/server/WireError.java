package dev.quarry.server;

import java.util.Map;
import java.util.Optional;

/**
 * Why a request of a model's API has no answer; each wire format has its own words for the kinds.
 *
 * @param status the HTTP status
 * @param message what is wrong with which input, and what helps
 * @param parameter the member of the request that is to blame
 * @param code a word for programs, where the status does not say enough
 * @param headers to be sent with it
 */
record WireError(
        int status, String message, Optional<String> parameter, Optional<String> code, Map<String, String> headers) {
    static WireError of(int status, String message) {
        return new WireError(status, message, Optional.empty(), Optional.empty(), Map.of());
    }

    /** A parameter is wrong, or cannot be served. */
    static WireError parameter(String name, String message) {
        return new WireError(400, message, Optional.of(name), Optional.empty(), Map.of());
    }

    /** What went wrong before the request came to a wire format. */
    static WireError of(Problem problem) {
        return new WireError(problem.status(), problem.detail(), Optional.empty(), Optional.empty(), problem.headers());
    }
}
