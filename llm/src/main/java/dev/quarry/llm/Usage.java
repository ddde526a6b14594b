package dev.quarry.llm;

/**
 * Tokens that a call used.
 *
 * @param estimated whether they were counted here by another model's vocabulary, because the backend did not tell
 */
public record Usage(int inputTokens, int outputTokens, boolean estimated) {
    /** Nothing was used. */
    public static final Usage NONE = new Usage(0, 0, false);
}
