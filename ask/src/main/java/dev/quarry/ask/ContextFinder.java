package dev.quarry.ask;

/** Finds and packs the code that a question is about. Called by several threads. */
@FunctionalInterface
public interface ContextFinder {
    /** The code for this query under a budget of tokens, counted for a model; an empty one is no certain one. */
    AskContext find(String query, int tokens, String model);

    /** The same with tokens counted for no certain model. */
    default AskContext find(String query, int tokens) {
        return find(query, tokens, "");
    }
}
