package dev.quarry.rag;

import java.time.Duration;
import java.util.List;

/**
 * An answer to be kept.
 *
 * @param text what was said
 * @param citations what it relies on
 * @param tokens how many tokens the model took and gave
 * @param cost what that cost, in US dollars; 0 if that is not known
 * @param time how long it took
 */
public record NewAnswer(String text, List<Citation> citations, long tokens, double cost, Duration time) {
    /** Copies the list. */
    public NewAnswer {
        citations = List.copyOf(citations);
    }
}
