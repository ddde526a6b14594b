package dev.quarry.schema;

import java.util.Arrays;

/** Where in its source's file an edge is written: lines and columns, both from 1, in the order of the text. */
public final class Sites {
    /** No place: an edge that follows from the structure and not from a piece of text. */
    public static final Sites NONE = new Sites(new int[0]);

    private static final int COLUMN_BITS = 12;
    private static final int COLUMN_MAX = (1 << COLUMN_BITS) - 1;
    private static final int LINE_MAX = (1 << (Integer.SIZE - COLUMN_BITS - 1)) - 1;

    private final int[] packed;

    private Sites(int[] packed) {
        this.packed = packed;
    }

    /** One place. A column beyond 4,095 or a line beyond 524,287 is held as that limit. */
    public static Sites at(int line, int column) {
        return new Sites(new int[] {pack(line, column)});
    }

    /** Places from their packed form, as {@link #toPacked()} gives it; sorted here, repeats kept once. */
    public static Sites ofPacked(int[] packed) {
        return new Sites(Arrays.stream(packed).sorted().distinct().toArray());
    }

    /** One place in the packed form: 19 bits of line, 12 of column. */
    public static int pack(int line, int column) {
        return Math.clamp(line, 0, LINE_MAX) << COLUMN_BITS | Math.clamp(column, 0, COLUMN_MAX);
    }

    /** How many places there are. */
    public int count() {
        return packed.length;
    }

    /** The line of the place with this index. */
    public int line(int index) {
        return packed[index] >>> COLUMN_BITS;
    }

    /** The column of the place with this index. */
    public int column(int index) {
        return packed[index] & COLUMN_MAX;
    }

    /** A copy of the packed form. */
    public int[] toPacked() {
        return packed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sites sites && Arrays.equals(packed, sites.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < packed.length; i++) {
            text.append(i == 0 ? "" : ",").append(line(i)).append(':').append(column(i));
        }
        return text.toString();
    }
}
