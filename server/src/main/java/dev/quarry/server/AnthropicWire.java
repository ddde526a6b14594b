package dev.quarry.server;

import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.ChatMessage;
import dev.quarry.llm.Role;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Anthropic's messages. */
final class AnthropicWire implements Wire {
    static final AnthropicWire INSTANCE = new AnthropicWire();

    private static final String LIMIT = "max_tokens";
    private static final Set<String> KNOWN =
            Set.of("model", "messages", "system", LIMIT, "temperature", "top_p", "stop_sequences", "stream");

    /** What holds anyhow, spelled out. */
    private static final Map<String, Object> IDLE =
            Map.of("thinking", new JsonObject().put("type", "disabled"), "service_tier", "auto");

    private AnthropicWire() {}

    @Override
    public BackendKind kind() {
        return BackendKind.ANTHROPIC;
    }

    @Override
    public List<String> passedHeaders() {
        return List.of("anthropic-version", "anthropic-beta");
    }

    @Override
    public String idHeader() {
        return "request-id";
    }

    @Override
    public GatewayRequest read(JsonObject json) {
        WireBody body = new WireBody(json);
        body.allowing(KNOWN, IDLE);
        if (!body.has(LIMIT)) {
            throw body.wrong(LIMIT, "is missing: give the most tokens that the reply may have");
        }
        List<ChatMessage> messages = new ArrayList<>();
        if (body.has("system")) {
            messages.add(new ChatMessage(Role.SYSTEM, body.content("system")));
        }
        for (WireBody message : body.objects("messages")) {
            message.allowing(Set.of("role", "content"), Map.of());
            messages.add(new ChatMessage(role(message), message.content("content")));
        }
        return new GatewayRequest(
                body.text("model"),
                messages,
                body.whole(LIMIT),
                body.number("temperature", 1),
                body.number("top_p", 1),
                body.texts("stop_sequences"),
                body.truth("stream"),
                true,
                body.foreign(),
                json);
    }

    private static Role role(WireBody message) {
        String role = message.text("role");
        return switch (role) {
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default -> throw message.wrong("role", "is '" + role + "': use user or assistant");
        };
    }

    @Override
    public JsonObject forBackend(JsonObject body, BackendConfig backend) {
        int asked = body.getValue(LIMIT) instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
        return body.copy().put("model", backend.model()).put(LIMIT, Math.min(asked, backend.maxOutputTokens()));
    }

    @Override
    public WireReply reply(GatewayRequest request) {
        return new AnthropicReply();
    }

    @Override
    public JsonObject error(WireError error) {
        return new JsonObject()
                .put("type", "error")
                .put("error", new JsonObject().put("type", type(error.status())).put("message", error.message()));
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> status < 500 ? "invalid_request_error" : "api_error";
        };
    }
}
