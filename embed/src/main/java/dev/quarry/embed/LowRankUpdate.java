package dev.quarry.embed;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A matrix of low rank that is added to one of a quantized network: as bytes of the network's file, a matrix in 8 bits with
 * one 32-bit scale for each of its columns.
 *
 * <p>The sum is rounded to what the 8 bits can say. Most of it is less than their unit, so that rounding to the nearest
 * would lose it; it is rounded up or down by a number that looks like chance and depends on the place alone, and what is
 * lost in one place is made up for in others. The order of all operations is fixed, so that the bytes are the same on each
 * machine.
 *
 * <p>How it is written: where the matrix begins in the file, its rows and columns, where the scales begin, the rank, the
 * matrix's number; of each component its strength, a 32-bit float; the left matrix of rows by rank, and the right one of
 * rank by columns, in bytes.
 */
final class LowRankUpdate {
    /** The network's matrices keep a bit free, so that pairs of products do not overflow on processors without VNNI. */
    private static final int QUANTUM_MAX = 64;

    private static final int RANK_MAX = 384;

    private final int offset;
    private final int rows;
    private final int columns;
    private final int scalesOffset;
    private final int number;
    private final float[] strengths;
    private final byte[] left;
    private final byte[] right;

    private LowRankUpdate(ByteBuffer in) {
        offset = in.getInt();
        rows = in.getInt();
        columns = in.getInt();
        scalesOffset = in.getInt();
        int rank = in.getInt();
        number = in.getInt();
        if (rank < 0 || rank > RANK_MAX || rows < 0 || columns < 0) {
            throw new IndexOutOfBoundsException("a matrix of " + rows + " by " + columns + " with rank " + rank);
        }
        strengths = new float[rank];
        for (int k = 0; k < rank; k++) {
            strengths[k] = in.getFloat();
        }
        left = bytes(in, (long) rows * rank);
        right = bytes(in, (long) rank * columns);
    }

    /**
     * The next bytes of a tuning, which says how many.
     *
     * @throws IndexOutOfBoundsException if so many are not there
     */
    static byte[] bytes(ByteBuffer in, long count) {
        if (count < 0 || count > in.remaining()) {
            throw new IndexOutOfBoundsException(count + " bytes of " + in.remaining());
        }
        byte[] bytes = new byte[(int) count];
        in.get(bytes);
        return bytes;
    }

    /**
     * Reads one.
     *
     * @throws java.nio.BufferUnderflowException if it is cut off
     * @throws IndexOutOfBoundsException if it is damaged
     */
    static LowRankUpdate read(ByteBuffer in) {
        return new LowRankUpdate(in);
    }

    /**
     * Adds it to the matrix in the network's file.
     *
     * @throws IndexOutOfBoundsException if the file is shorter
     */
    void apply(byte[] network) {
        FloatBuffer scales = ByteBuffer.wrap(network, scalesOffset, Math.multiplyExact(columns, Float.BYTES))
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] sums = new float[columns];
        for (int row = 0; row < rows; row++) {
            sum(row, sums);
            int first = offset + row * columns;
            for (int column = 0; column < columns; column++) {
                float chance = Dither.at(number, row * columns + column);
                float exact = (network[first + column] + chance) + sums[column] / scales.get(column);
                network[first + column] = (byte) Math.clamp((long) Math.floor(exact), -QUANTUM_MAX, QUANTUM_MAX);
            }
        }
    }

    /** A row of the product. */
    private void sum(int row, float[] sums) {
        Arrays.fill(sums, 0);
        for (int k = 0; k < strengths.length; k++) {
            float factor = left[row * strengths.length + k] * strengths[k];
            int from = k * columns;
            for (int column = 0; column < columns; column++) {
                sums[column] += factor * right[from + column];
            }
        }
    }

    /** Numbers that look like chance: the last step of SplitMix64 (Steele, Lea and Flood, 2014) on the place. */
    static final class Dither {
        private static final long GOLDEN = 0x9E3779B97F4A7C15L;
        private static final long FIRST = 0xBF58476D1CE4E5B9L;
        private static final long SECOND = 0x94D049BB133111EBL;
        private static final int BITS = 24;

        private Dither() {}

        /** A number from 0, always below 1. */
        static float at(int matrix, int place) {
            long mixed = ((long) matrix << Integer.SIZE) + place + GOLDEN;
            mixed = (mixed ^ (mixed >>> 30)) * FIRST;
            mixed = (mixed ^ (mixed >>> 27)) * SECOND;
            mixed ^= mixed >>> 31;
            return (float) (mixed >>> (Long.SIZE - BITS)) / (1 << BITS);
        }
    }
}
