package dev.quarry.server;

import dev.quarry.llm.Usage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message. */
final class AnthropicReply implements WireReply {
    private final String id = "msg_" + UUID.randomUUID().toString().replace("-", "");

    /** The numbers of tokens are known at the end only, and told there. */
    @Override
    public String begin(String model) {
        JsonObject message = message(model)
                .put("content", new JsonArray())
                .putNull("stop_reason")
                .putNull("stop_sequence")
                .put("usage", usage(Usage.NONE));
        return event("message_start", new JsonObject().put("message", message))
                + event("content_block_start", new JsonObject().put("index", 0).put("content_block", block("")))
                + beat();
    }

    private JsonObject message(String model) {
        return new JsonObject()
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
    }

    private static JsonObject block(String text) {
        return new JsonObject().put("type", "text").put("text", text);
    }

    @Override
    public String part(String text) {
        JsonObject delta = new JsonObject().put("type", "text_delta").put("text", text);
        return event("content_block_delta", new JsonObject().put("index", 0).put("delta", delta));
    }

    @Override
    public String end(GatewayEnd end) {
        JsonObject delta = new JsonObject().put("stop_reason", reason(end)).put("stop_sequence", stop(end));
        JsonObject last = new JsonObject().put("delta", delta).put("usage", usage(end.usage()));
        end.ground().ifPresent(ground -> last.put("quarry", ground));
        return event("content_block_stop", new JsonObject().put("index", 0))
                + event("message_delta", last)
                + event("message_stop", new JsonObject());
    }

    @Override
    public JsonObject document(String text, GatewayEnd end) {
        JsonObject document = message(end.model())
                .put("content", new JsonArray().add(block(text)))
                .put("stop_reason", reason(end))
                .put("stop_sequence", stop(end))
                .put("usage", usage(end.usage()));
        end.ground().ifPresent(ground -> document.put("quarry", ground));
        return document;
    }

    /** Where the backend does not tell a stop text from an end, it is taken for the end. */
    private static String reason(GatewayEnd end) {
        return switch (end.status()) {
            case TRUNCATED -> "max_tokens";
            case FILTERED -> "refusal";
            case COMPLETE -> end.stop().isEmpty() ? "end_turn" : "stop_sequence";
            case BROKEN, CANCELLED, UNAVAILABLE -> "end_turn";
        };
    }

    private static @Nullable String stop(GatewayEnd end) {
        return reason(end).equals("stop_sequence") ? end.stop() : null;
    }

    private static JsonObject usage(Usage usage) {
        return new JsonObject().put("input_tokens", usage.inputTokens()).put("output_tokens", usage.outputTokens());
    }

    @Override
    public String failure(WireError error) {
        return "event: error\ndata: " + AnthropicWire.INSTANCE.error(error).encode() + "\n\n";
    }

    @Override
    public String beat() {
        return event("ping", new JsonObject());
    }

    private static String event(String type, JsonObject members) {
        return "event: " + type + "\ndata: "
                + new JsonObject().put("type", type).mergeIn(members).encode() + "\n\n";
    }
}
