package dev.quarry.ask;

/** Finds and packs the code that a question is about. Called by several threads. */
@FunctionalInterface
public interface ContextFinder {
    /** The code for this query under a budget of tokens. */
    AskContext find(String query, int tokens);

    /** The same with tokens counted for a model; empty for no certain one. */
    default AskContext find(String query, int tokens, String model) {
        return find(query, tokens);
    }
}
