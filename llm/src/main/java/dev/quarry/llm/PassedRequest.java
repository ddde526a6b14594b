package dev.quarry.llm;

import java.util.Map;
import java.util.function.Function;

/**
 * A request in a wire format, to be handed on as it is to backends that speak this format.
 *
 * @param kind the wire format: OPENAI or ANTHROPIC
 * @param streams whether the request asks for its reply in parts
 * @param body the request's JSON for a backend, which names the backend's model
 * @param headers further headers, which hold no key
 */
public record PassedRequest(
        BackendKind kind, boolean streams, Function<BackendConfig, String> body, Map<String, String> headers) {
    /** Copies the map. */
    public PassedRequest {
        headers = Map.copyOf(headers);
    }
}
