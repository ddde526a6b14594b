package dev.quarry.ask;

/** Finds and packs the code that a question is about. Called by several threads. */
@FunctionalInterface
public interface ContextFinder {
    /** The code for this query under a budget of tokens, counted for a model; empty for no certain one. */
    AskContext find(String query, int tokens, String model);
}
