package dev.quarry.ingest;

import java.util.Arrays;

/** Where the lines of a text begin. A line ends with {@code \n}, {@code \r} or {@code \r\n}. */
final class SourceLines {
    private final int length;
    private final int[] starts;

    private SourceLines(int length, int[] starts) {
        this.length = length;
        this.starts = starts;
    }

    static SourceLines of(String text) {
        int[] starts = new int[16 + text.length() / 24];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'))) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return new SourceLines(text.length(), Arrays.copyOf(starts, count));
    }

    /** How many lines there are; a text that ends with a line end has an empty last line, which counts. */
    int count() {
        return starts.length;
    }

    /** The offset of a line and column, both from 1; a place behind the end gives the end. */
    int offset(int line, int column) {
        if (line > starts.length) {
            return length;
        }
        return Math.min(starts[line - 1] + column - 1, length);
    }

    /** The line, from 1, of an offset. */
    int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
