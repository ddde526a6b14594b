package dev.quarry.server;

import dev.quarry.llm.BackendConfig;
import dev.quarry.llm.BackendKind;
import dev.quarry.llm.ChatMessage;
import dev.quarry.llm.Role;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
final class OpenAiWire implements Wire {
    static final OpenAiWire INSTANCE = new OpenAiWire();

    private static final String HOST = "api.openai.com";
    private static final String LIMIT = "max_completion_tokens";
    private static final String LIMIT_OF_OLD = "max_tokens";
    private static final int TEMPERATURE_MAX = 2;
    private static final Set<String> KNOWN = Set.of(
            "model",
            "messages",
            "max_tokens",
            "max_completion_tokens",
            "temperature",
            "top_p",
            "stop",
            "stream",
            "stream_options");

    /** What holds anyhow, spelled out. */
    private static final Map<String, Object> IDLE = Map.of(
            "n",
            1,
            "logprobs",
            false,
            "presence_penalty",
            0,
            "frequency_penalty",
            0,
            "response_format",
            new JsonObject().put("type", "text"),
            "store",
            false,
            "service_tier",
            "auto",
            "parallel_tool_calls",
            true);

    private OpenAiWire() {}

    @Override
    public BackendKind kind() {
        return BackendKind.OPENAI;
    }

    @Override
    public List<String> passedHeaders() {
        return List.of("openai-organization", "openai-project");
    }

    @Override
    public String idHeader() {
        return "x-request-id";
    }

    @Override
    public GatewayRequest read(JsonObject json) {
        WireBody body = new WireBody(json);
        body.allowing(KNOWN, IDLE);
        boolean counts = false;
        if (body.has("stream_options")) {
            WireBody options = body.object("stream_options");
            options.allowing(Set.of("include_usage"), Map.of());
            counts = options.truth("include_usage");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (WireBody message : body.objects("messages")) {
            message(message, messages);
        }
        OptionalInt limit = body.whole(LIMIT);
        return new GatewayRequest(
                body.text("model"),
                messages,
                limit.isPresent() ? limit : body.whole(LIMIT_OF_OLD),
                body.number("temperature", TEMPERATURE_MAX),
                body.number("top_p", 1),
                body.texts("stop"),
                body.truth("stream"),
                counts,
                body.foreign(),
                json);
    }

    private static void message(WireBody message, List<ChatMessage> messages) {
        message.allowing(Set.of("role", "content"), Map.of());
        String role = message.text("role");
        switch (role) {
            case "system", "developer" -> messages.add(new ChatMessage(Role.SYSTEM, message.content("content")));
            case "user" -> messages.add(new ChatMessage(Role.USER, message.content("content")));
            case "assistant" -> messages.add(new ChatMessage(Role.ASSISTANT, message.content("content")));
            case "tool", "function" -> message.foreign("role");
            default -> throw message.wrong("role", "is '" + role + "': use system, developer, user, assistant or tool");
        }
    }

    @Override
    public JsonObject forBackend(JsonObject body, BackendConfig backend) {
        JsonObject copy = body.copy().put("model", backend.model());
        // A request may have one of the two names, and OpenAI itself does not know the older one of its newer models.
        Object limit = copy.remove(LIMIT);
        Object old = copy.remove(LIMIT_OF_OLD);
        String name = limit != null || HOST.equals(backend.url().getHost()) ? LIMIT : LIMIT_OF_OLD;
        int asked = (limit == null ? old : limit) instanceof Number number ? number.intValue() : Integer.MAX_VALUE;
        return copy.put(name, Math.min(asked, backend.maxOutputTokens()));
    }

    @Override
    public WireReply reply(GatewayRequest request) {
        return new OpenAiReply(request.countsTokens());
    }

    @Override
    public JsonObject error(WireError error) {
        JsonObject members = new JsonObject()
                .put("message", error.message())
                .put("type", type(error.status()))
                .put("param", error.parameter().orElse(null))
                .put("code", error.code().orElse(code(error.status())));
        return new JsonObject().put("error", members);
    }

    private static String type(int status) {
        if (status == 429) {
            return "rate_limit_error";
        }
        return status < 500 ? "invalid_request_error" : "server_error";
    }

    private static @Nullable String code(int status) {
        return switch (status) {
            case 401 -> "invalid_api_key";
            case 429 -> "rate_limit_exceeded";
            default -> null;
        };
    }
}
