package dev.quarry.ask;

import java.util.List;
import java.util.Map;

/**
 * The code that a model is given.
 *
 * @param sources best first, numbered from 1
 * @param tokens how many tokens the packed code has
 * @param sequence the commit sequence of the store that it is of
 * @param skipped the legs of the search that did not run, with the reason
 * @param retrieval how it was found
 */
public record AskContext(
        List<Source> sources, int tokens, long sequence, Map<String, String> skipped, Retrieval retrieval) {
    /** Copies the collections. */
    public AskContext {
        sources = List.copyOf(sources);
        skipped = Map.copyOf(skipped);
    }

    /** Code of which nobody says how it was found. */
    public AskContext(List<Source> sources, int tokens, long sequence, Map<String, String> skipped) {
        this(sources, tokens, sequence, skipped, Retrieval.UNKNOWN);
    }
}
