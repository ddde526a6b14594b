package dev.quarry.server;

/**
 * Which commits are to be in the history.
 *
 * @param range {@code A..B} as git understands it, or {@code B} for all behind it; empty for {@code HEAD}
 * @param limit how many of the newest at most
 */
public record HistoryRequest(String range, int limit) {
    /** All commits, as far as nobody wants less. */
    public static final int NO_LIMIT = Integer.MAX_VALUE;
}
