package dev.quarry.ask;

import dev.quarry.llm.ChatMessage;
import dev.quarry.llm.ChatRequest;
import dev.quarry.llm.Role;
import dev.quarry.schema.ContentHash;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a question comes with where whoever asks keeps the conversation.
 *
 * @param instructions what the asker's program tells a model; it stands behind the rules, which it cannot change; may be
 *     empty
 * @param earlier the messages before the question, the eldest first
 * @param maxOutputTokens the most tokens of the answer; empty for what the backend is configured with
 * @param temperature empty for the backend's own
 * @param topP empty for the backend's own
 * @param stop texts at which the answer ends
 * @param repeatable whether an answer of before may be given again
 */
public record Given(
        String instructions,
        List<ChatMessage> earlier,
        OptionalInt maxOutputTokens,
        OptionalDouble temperature,
        OptionalDouble topP,
        List<String> stop,
        boolean repeatable) {
    /** Copies the lists. */
    public Given {
        earlier = List.copyOf(earlier);
        stop = List.copyOf(stop);
    }

    /** The messages before the question, each question with what was said to it; one of the two may be empty. */
    List<Turn> turns() {
        List<Turn> turns = new ArrayList<>();
        String question = "";
        for (ChatMessage message : earlier) {
            if (message.role() == Role.ASSISTANT) {
                turns.add(new Turn(question, message.text()));
                question = "";
            } else {
                question = question.isEmpty() ? message.text() : question + "\n\n" + message.text();
            }
        }
        if (!question.isEmpty()) {
            turns.add(new Turn(question, ""));
        }
        return turns;
    }

    /** What tells the answers to the same question apart; empty where nothing but the question is given. */
    String key() {
        boolean plain = instructions.isEmpty()
                && maxOutputTokens.isEmpty()
                && temperature.isEmpty()
                && topP.isEmpty()
                && stop.isEmpty();
        String all = String.join(
                "\u0000", instructions, maxOutputTokens.toString(), temperature.toString(), topP.toString());
        return plain
                ? ""
                : ContentHash.ofText(all + "\u0000" + String.join("\u0000", stop))
                        .toString();
    }

    ChatRequest request(List<ChatMessage> messages) {
        return new ChatRequest(messages, maxOutputTokens, temperature, topP, stop);
    }
}
