package dev.quarry.schema;

/**
 * A place in a file. Offsets count UTF-16 units from 0, the end is exclusive; lines count from 1, both are inclusive.
 *
 * @param docStart where the documentation comment begins; equal to {@code start} where there is none
 */
public record Span(int docStart, int start, int end, int startLine, int endLine) {
    /** The place of what has none. */
    public static final Span NONE = new Span(0, 0, 0, 0, 0);

    /** Rejects a place that runs backwards. */
    public Span {
        if (docStart < 0 || docStart > start || start > end || startLine > endLine) {
            throw new IllegalArgumentException("a span must not run backwards: " + docStart + ", " + start + "–" + end
                    + ", lines " + startLine + "–" + endLine);
        }
    }
}
