package dev.quarry.ask;

import dev.quarry.llm.ChatResult;
import java.time.Instant;
import java.util.List;

/**
 * An answer.
 *
 * @param id names the answer and its trace
 * @param question what was asked
 * @param query what the code was searched by
 * @param conversation names the conversation, to go on with it; empty where whoever asks keeps it
 * @param kind who wrote the text
 * @param text the answer; where it is of no model it says so
 * @param context the code that it may cite
 * @param citations what it cites
 * @param model how the model replied
 * @param timings where the time went
 */
public record AskAnswer(
        String id,
        String question,
        String query,
        String conversation,
        Kind kind,
        String text,
        AskContext context,
        Citations citations,
        ChatResult model,
        Timings timings) {
    /** Who wrote an answer. */
    public enum Kind {
        /** A model. */
        MODEL,
        /** A model, before, to a question that means the same; the code that it cites is as it was. */
        CACHED,
        /** Nobody: it lists the code that fits best, because no model replied. */
        EXTRACT,
        /** Nobody: the question ended with a failure before there was an answer. What is told of it is how far it came. */
        NONE
    }

    /**
     * Where the time went.
     *
     * @param retrieveMillis from the question until the code, or an answer of before, was there
     * @param firstTextMillis from the question to the first text; -1 if none came
     * @param totalMillis from the question to the end
     * @param asked when the question came
     * @param startNanos the same by the clock of {@link System#nanoTime}
     * @param steps what was done, in the order in which it began
     */
    public record Timings(
            long retrieveMillis,
            long firstTextMillis,
            long totalMillis,
            Instant asked,
            long startNanos,
            List<Step> steps) {
        /** Copies the list. */
        public Timings {
            steps = List.copyOf(steps);
        }

        /** An answer that came now, and nobody says how. */
        public Timings(long retrieveMillis, long firstTextMillis, long totalMillis) {
            this(retrieveMillis, firstTextMillis, totalMillis, Instant.now(), System.nanoTime(), List.of());
        }
    }

    /** The sources that the answer cites, in the order of their numbers. */
    public List<Source> cited() {
        return context.sources().stream()
                .filter(source -> citations.known().contains(source.number()))
                .toList();
    }
}
