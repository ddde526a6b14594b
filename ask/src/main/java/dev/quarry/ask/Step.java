package dev.quarry.ask;

/**
 * A part of the way to an answer.
 *
 * @param startNanos when it began, by the clock of {@link System#nanoTime}
 * @param nanos how long it took
 */
public record Step(Kind kind, long startNanos, long nanos) {
    /** What was done. */
    public enum Kind {
        /** An answer of before was looked for. */
        RECALL,
        /** Code was searched. */
        SEARCH,
        /** The source of what was found was packed. */
        PACK,
        /** Models were asked. */
        GENERATE,
        /** The citations were checked. */
        CHECK
    }

    /** What began then and ends now. */
    public static Step since(Kind kind, long startNanos) {
        return new Step(kind, startNanos, System.nanoTime() - startNanos);
    }
}
