package dev.quarry.ask;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A question about the code.
 *
 * @param question what is asked
 * @param conversation the conversation that it goes on with, as an earlier answer named it; empty begins one
 * @param contextTokens the budget of the code that the model is given; empty for what is configured
 * @param backends the only backends to ask, of which the first that is well answers; none for all that are configured
 * @param fresh whether a model is asked even where an answer of before would do
 * @param given the conversation, where whoever asks keeps it; then there is none of ours
 */
public record AskRequest(
        String question,
        Optional<String> conversation,
        OptionalInt contextTokens,
        List<String> backends,
        boolean fresh,
        Optional<Given> given) {
    /** The longest question, in characters. */
    public static final int QUESTION_MAX = 20_000;

    /** Rejects what is no question. Copies the list. */
    public AskRequest {
        backends = List.copyOf(backends);
        if (question.isBlank()) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "the question is blank: write what you want to know");
        }
        if (question.length() > QUESTION_MAX) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the question has " + question.length() + " characters: ask with at most " + QUESTION_MAX);
        }
    }

    /** A question with everything else as it is configured. */
    public static AskRequest of(String question) {
        return new AskRequest(question, Optional.empty(), OptionalInt.empty(), List.of(), false, Optional.empty());
    }
}
