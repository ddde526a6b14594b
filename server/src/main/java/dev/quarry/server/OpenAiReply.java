package dev.quarry.server;

import dev.quarry.llm.ChatResult;
import dev.quarry.llm.Usage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/** One chat completion. */
final class OpenAiReply implements WireReply {
    private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
    private final long created = Instant.now().getEpochSecond();
    private final boolean countsTokens;
    private String model = "";

    /** A completion whose stream ends with the numbers of tokens, or does not. */
    OpenAiReply(boolean countsTokens) {
        this.countsTokens = countsTokens;
    }

    @Override
    public String begin(String writer) {
        model = writer;
        return chunk(new JsonObject().put("role", "assistant").put("content", ""));
    }

    @Override
    public String part(String text) {
        return chunk(new JsonObject().put("content", text));
    }

    private String chunk(JsonObject delta) {
        return event(chunk(new JsonArray().add(choice().put("delta", delta).putNull("finish_reason"))));
    }

    private JsonObject chunk(JsonArray choices) {
        JsonObject chunk = head("chat.completion.chunk").put("choices", choices);
        return countsTokens ? chunk.putNull("usage") : chunk;
    }

    private JsonObject head(String object) {
        return new JsonObject()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model);
    }

    private static JsonObject choice() {
        return new JsonObject().put("index", 0).putNull("logprobs");
    }

    @Override
    public String end(GatewayEnd end) {
        JsonObject last = choice().put("delta", new JsonObject()).put("finish_reason", reason(end.status()));
        JsonObject chunk = chunk(new JsonArray().add(last));
        end.ground().ifPresent(ground -> chunk.put("quarry", ground));
        String text = event(chunk);
        if (countsTokens) {
            text += event(chunk(new JsonArray()).put("usage", usage(end.usage())));
        }
        return text + "data: [DONE]\n\n";
    }

    @Override
    public JsonObject document(String text, GatewayEnd end) {
        model = end.model();
        JsonObject message =
                new JsonObject().put("role", "assistant").put("content", text).putNull("refusal");
        JsonObject document = head("chat.completion")
                .put(
                        "choices",
                        new JsonArray()
                                .add(choice().put("message", message).put("finish_reason", reason(end.status()))))
                .put("usage", usage(end.usage()));
        end.ground().ifPresent(ground -> document.put("quarry", ground));
        return document;
    }

    private static String reason(ChatResult.Status status) {
        return switch (status) {
            case TRUNCATED -> "length";
            case FILTERED -> "content_filter";
            case COMPLETE, BROKEN, CANCELLED, UNAVAILABLE -> "stop";
        };
    }

    private static JsonObject usage(Usage usage) {
        return new JsonObject()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.inputTokens() + usage.outputTokens());
    }

    @Override
    public String failure(WireError error) {
        return event(OpenAiWire.INSTANCE.error(error));
    }

    @Override
    public String beat() {
        return ":\n\n";
    }

    private static String event(JsonObject data) {
        return "data: " + data.encode() + "\n\n";
    }
}
