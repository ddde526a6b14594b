package dev.quarry.llm;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A conversation that a model is to go on with.
 *
 * @param messages the conversation so far, not empty
 * @param maxOutputTokens the most tokens that the reply may have; empty for what the backend is configured with
 * @param temperature 0 to 2; empty for the backend's own
 * @param topP the share of the likeliest tokens to choose from, 0 to 1; empty for the backend's own
 * @param stop texts at which the reply ends
 */
public record ChatRequest(
        List<ChatMessage> messages,
        OptionalInt maxOutputTokens,
        OptionalDouble temperature,
        OptionalDouble topP,
        List<String> stop) {
    /** Copies the lists and rejects an empty conversation. */
    public ChatRequest {
        messages = List.copyOf(messages);
        stop = List.copyOf(stop);
        if (messages.isEmpty()) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "the conversation has no message: send at least one");
        }
    }

    /** A conversation with everything else as the backend is configured. */
    public static ChatRequest of(List<ChatMessage> messages) {
        return new ChatRequest(
                messages, OptionalInt.empty(), OptionalDouble.empty(), OptionalDouble.empty(), List.of());
    }

    /** The same with a limit of tokens. */
    public ChatRequest withMaxOutputTokens(int tokens) {
        return new ChatRequest(messages, OptionalInt.of(tokens), temperature, topP, stop);
    }

    /** The same of another conversation. */
    public ChatRequest withMessages(List<ChatMessage> others) {
        return new ChatRequest(others, maxOutputTokens, temperature, topP, stop);
    }
}
