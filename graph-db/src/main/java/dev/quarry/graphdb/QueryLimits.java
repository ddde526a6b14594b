package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;

/**
 * What a query of a user may take.
 *
 * @param rows how many rows are handed back at most; more are cut off and the result says so
 * @param seconds how long it may run
 * @param memoryBytes how much memory its intermediate results may take, as the engine estimates it
 * @param scriptLength how many characters its text may have, at most {@value #MAX_SCRIPT_LENGTH}
 */
public record QueryLimits(int rows, double seconds, long memoryBytes, int scriptLength) {
    /** The longest text that any limit allows: the engine's stack is made for it. */
    public static final int MAX_SCRIPT_LENGTH = 32_768;

    /** Ten thousand rows, ten seconds, 256 MiB, and the longest text. */
    public static final QueryLimits DEFAULT = new QueryLimits(10_000, 10, 256L << 20, MAX_SCRIPT_LENGTH);

    /** Rejects limits that limit nothing. */
    public QueryLimits {
        if (rows < 1 || !(seconds > 0) || memoryBytes < 1 || scriptLength < 1 || scriptLength > MAX_SCRIPT_LENGTH) {
            throw new IllegalArgumentException("limits must be positive, and a script's length at most "
                    + MAX_SCRIPT_LENGTH + ": " + rows + " rows, " + seconds + " s, " + memoryBytes + " bytes, "
                    + scriptLength + " characters");
        }
    }

    /**
     * Rejects a script that has no words.
     *
     * @throws QuarryException BAD_INPUT if it is blank
     */
    public static void requireScript(String script) {
        if (script.isBlank()) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "the query is empty: give a CozoScript with a rule for '?'");
        }
    }
}
