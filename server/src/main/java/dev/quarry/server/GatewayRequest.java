package dev.quarry.server;

import dev.quarry.llm.ChatMessage;
import dev.quarry.llm.ChatRequest;
import dev.quarry.llm.Role;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A request of a model's API.
 *
 * @param model the name of what is asked
 * @param messages the conversation, as far as it is text
 * @param stream whether the reply is wanted as events
 * @param countsTokens whether a stream of events is to end with the numbers of tokens
 * @param foreign the first parameter that only backends of the same wire format understand; then the other members do not
 *     hold all that the request says
 * @param body the request as it came
 */
record GatewayRequest(
        String model,
        List<ChatMessage> messages,
        OptionalInt maxOutputTokens,
        OptionalDouble temperature,
        OptionalDouble topP,
        List<String> stop,
        boolean stream,
        boolean countsTokens,
        Optional<String> foreign,
        JsonObject body) {
    /** Copies the lists. */
    GatewayRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
    }

    /** For backends of every kind. */
    ChatRequest chat() {
        return new ChatRequest(messages, maxOutputTokens, temperature, topP, stop);
    }

    /** What the client tells the model about its part. */
    String instructions() {
        return messages.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .map(ChatMessage::text)
                .collect(Collectors.joining("\n\n"));
    }

    /** What was said, without the client's instructions. */
    List<ChatMessage> dialogue() {
        return messages.stream()
                .filter(message -> message.role() != Role.SYSTEM)
                .toList();
    }
}
