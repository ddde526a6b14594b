package dev.quarry.ask;

import java.util.Optional;

/**
 * Answers that models gave before. What is remembered must still be so: whoever implements this answers for that. Never in
 * the way: where a memory does not work it remembers nothing. Called by several threads.
 */
public interface AnswerMemory {
    /** Remembers nothing. */
    AnswerMemory NONE = new AnswerMemory() {
        @Override
        public Optional<Remembered> find(String question, Maker maker) {
            return Optional.empty();
        }

        @Override
        public void keep(AskAnswer answer, Maker maker) {}
    };

    /**
     * What an answer is made by; another maker would give another answer.
     *
     * @param model the backend with its model
     * @param prompt the version of what the model is told, with the budget of the code that it is given
     */
    record Maker(String model, String prompt) {}

    /**
     * An answer of before.
     *
     * @param id a new id for the answer, by which the memory knows later what it gave
     * @param text the answer
     * @param context the code that it cites, under the numbers of the text
     */
    record Remembered(String id, String text, AskContext context) {}

    /** The answer to a question that means the same. */
    Optional<Remembered> find(String question, Maker maker);

    /** Takes note of a whole answer of a model, all of whose citations point to something. */
    void keep(AskAnswer answer, Maker maker);
}
