package dev.quarry.ask;

import dev.quarry.llm.Attempt;
import java.util.List;

/** What happens while a question is answered, in this order: phases, sources, text, the answer or a failure. */
public sealed interface AskEvent {
    /** Something begins. */
    enum Phase {
        /** An answer of before is looked for. */
        RECALL,
        /** Code is searched and packed. */
        RETRIEVE,
        /** A model is asked. */
        GENERATE,
        /** The citations are checked. */
        CHECK
    }

    /** A phase begins, so many milliseconds after the question. */
    record Began(Phase phase, long millis) implements AskEvent {}

    /** The code that the answer may cite; comes before any text. */
    record Sources(List<Source> sources) implements AskEvent {
        /** Copies the list. */
        public Sources {
            sources = List.copyOf(sources);
        }
    }

    /** A try of a backend has ended. */
    record Tried(Attempt attempt) implements AskEvent {}

    /** A further part of the answer's text. */
    record Text(String part) implements AskEvent {}

    /**
     * There will be no answer; the last event, after which the failure is thrown.
     *
     * @param soFar how far the question came, of the kind NONE; the model's result says why it ended
     */
    record Failed(AskAnswer soFar, Throwable cause) implements AskEvent {}

    /** The whole answer; the last event. */
    record Answered(AskAnswer answer) implements AskEvent {}
}
