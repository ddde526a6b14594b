package dev.quarry.server;

import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** The wire format of a provider of models, as the gateway speaks it to its clients. */
interface Wire {
    /** The format that belongs to a path; empty if it is none of the gateway's. */
    static Optional<Wire> at(String path) {
        return switch (path) {
            case "/v1/chat/completions" -> Optional.of(OpenAiWire.INSTANCE);
            case "/v1/messages" -> Optional.of(AnthropicWire.INSTANCE);
            default -> Optional.empty();
        };
    }

    /** The backends that speak it. */
    BackendKind kind();

    /** The header in which a reply has a name of its own. */
    String idHeader();

    /** The headers of a request that go on with it to a backend of this format; the client's key is none of them. */
    List<String> passedHeaders();

    /**
     * Reads a request.
     *
     * @throws WireException if it is not as the format says
     */
    GatewayRequest read(JsonObject body);

    /** The request for a backend of this format: as it came, but for the model and the backend's limit of tokens. */
    JsonObject forBackend(JsonObject body, BackendConfig backend);

    /** How the reply to a request is written; for one reply. */
    WireReply reply(GatewayRequest request);

    /** The body of an error. */
    JsonObject error(WireError error);
}
