package dev.quarry.embed;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.QuarryException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A vector for each piece of the bundled model's vocabulary that consists of ASCII letters or digits; made by {@code
 * scripts/static-table.py}, and checked against the digest of what was made.
 *
 * <p>The file: {@code QST1}, the number of rows, their length, slope and start of the line from cosines by the table to
 * cosines by the model; then rows of a piece's number, a scale, and four bits for each value. Big-endian.
 */
final class StaticTable {
    /** The digest of the file that ships. */
    static final String DIGEST = "c48fae1c40119e816e51b6c398ee69cb47fa51d40c85040ff27595f7d27623f8";

    private static final BundledFile FILE = new BundledFile("the table of the instant tier", "static-table.bin");
    private static final int MAGIC = 0x51535431;
    private static final int NIBBLE_ZERO = 8;
    private static final int NIBBLE_BITS = 4;
    private static final int NIBBLE_MASK = 0xF;

    private final int dimension;
    private final float slope;
    private final float start;
    private final int[] rowOf;
    private final float[] scales;
    private final byte[] values;

    private StaticTable(ByteBuffer in) {
        if (in.getInt() != MAGIC) {
            throw new IllegalArgumentException("it begins otherwise");
        }
        int rows = in.getInt();
        dimension = in.getInt();
        slope = in.getFloat();
        start = in.getFloat();
        scales = new float[rows];
        values = new byte[rows * dimension];
        int[] pieces = new int[rows];
        for (int row = 0; row < rows; row++) {
            pieces[row] = in.getInt();
            scales[row] = in.getFloat();
            for (int i = row * dimension; i < (row + 1) * dimension; i += 2) {
                int pair = in.get();
                values[i] = (byte) ((pair >> NIBBLE_BITS & NIBBLE_MASK) - NIBBLE_ZERO);
                values[i + 1] = (byte) ((pair & NIBBLE_MASK) - NIBBLE_ZERO);
            }
        }
        rowOf = new int[Arrays.stream(pieces).max().orElse(-1) + 1];
        Arrays.fill(rowOf, -1);
        for (int row = 0; row < rows; row++) {
            rowOf[pieces[row]] = row;
        }
    }

    /**
     * The table that ships with Quarry.
     *
     * @throws QuarryException MODEL_REFUSED if it is not the one that was made
     */
    static StaticTable bundled() {
        return of(FILE.bytes());
    }

    /** The table in these bytes, which must have the digest. */
    static StaticTable of(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw FILE.refused("is missing", null);
        }
        ContentHash found = ContentHash.ofContent(bytes);
        if (!found.equals(ContentHash.parse(DIGEST))) {
            throw FILE.refused("is not the one that was made: expected BLAKE3 " + DIGEST + ", found " + found, null);
        }
        return new StaticTable(ByteBuffer.wrap(bytes));
    }

    /** The length of a vector. */
    int dimension() {
        return dimension;
    }

    /** How many pieces may have a vector: their numbers are below. */
    int pieces() {
        return rowOf.length;
    }

    /** Whether a piece has a vector. */
    boolean has(int piece) {
        return piece < rowOf.length && rowOf[piece] >= 0;
    }

    /** Adds a piece's vector, so many times, to a sum. */
    void add(int piece, float times, float[] sum) {
        int row = rowOf[piece];
        float factor = times * scales[row];
        int offset = row * dimension;
        for (int i = 0; i < dimension; i++) {
            sum[i] += factor * values[offset + i];
        }
    }

    /** What a cosine by the table is as a cosine by the model, on an average. */
    float asModelCosine(float cosine) {
        return start + slope * cosine;
    }
}
