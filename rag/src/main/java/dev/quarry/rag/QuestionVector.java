package dev.quarry.rag;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A vector of length 1 in a byte for each number, and a sketch of it: on which sides of random planes it lies. The share of
 * planes between two vectors tells their angle roughly, in a few instructions. Immutable.
 */
final class QuestionVector {
    private static final int WORDS = 4;
    private static final int PLANES = WORDS * Long.SIZE;
    private static final long SEED = 0x51a9;
    private static final int BYTE_MAX = 127;
    private static final int DIMENSION_MAX = 4_096;

    /** How many standard deviations of the sketch's error a candidate may be off. */
    private static final double TOLERANCE = 4;

    private final byte[] numbers;
    private final float scale;
    private final long[] sketch;

    private QuestionVector(byte[] numbers, float scale, long[] sketch) {
        this.numbers = numbers;
        this.scale = scale;
        this.sketch = sketch;
    }

    /** A vector of any length but 0. */
    static QuestionVector of(float[] vector) {
        double square = 0;
        float largest = 0;
        for (float number : vector) {
            square += (double) number * number;
            largest = Math.max(largest, Math.abs(number));
        }
        if (!(square > 0) || Double.isInfinite(square) || vector.length > DIMENSION_MAX) {
            throw new IllegalArgumentException("a question's vector has numbers, and not all of them 0");
        }
        byte[] numbers = new byte[vector.length];
        double step = largest / BYTE_MAX;
        double rounded = 0;
        for (int i = 0; i < vector.length; i++) {
            numbers[i] = (byte) Math.round(vector[i] / step);
            rounded += numbers[i] * numbers[i];
        }
        return new QuestionVector(numbers, (float) (1 / Math.sqrt(rounded)), Planes.sketch(numbers));
    }

    /** The cosine of the angle to another vector; 0 if that has another dimension. */
    double cosine(QuestionVector other) {
        if (other.numbers.length != numbers.length) {
            return 0;
        }
        int sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            sum += numbers[i] * other.numbers[i];
        }
        return sum * (double) scale * other.scale;
    }

    /** How many planes lie between two vectors. */
    int planesBetween(QuestionVector other) {
        int count = 0;
        for (int i = 0; i < WORDS; i++) {
            count += Long.bitCount(sketch[i] ^ other.sketch[i]);
        }
        return count;
    }

    /** How many planes may lie between two vectors whose cosine is at least this. */
    static int planesMax(double cosine) {
        double share = Math.acos(Math.clamp(cosine, -1, 1)) / Math.PI;
        return (int) Math.ceil(PLANES * share + TOLERANCE * Math.sqrt(PLANES * share * (1 - share)));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeShort(numbers.length);
        out.writeFloat(scale);
        out.write(numbers);
    }

    static QuestionVector read(DataInputStream in) throws IOException {
        int length = in.readUnsignedShort();
        float scale = in.readFloat();
        byte[] numbers = in.readNBytes(length);
        return new QuestionVector(numbers, scale, Planes.sketch(numbers));
    }

    /** The planes of each dimension, the same in every process. */
    private static final class Planes {
        private static final Map<Integer, byte[][]> BY_DIMENSION = new ConcurrentHashMap<>();

        static long[] sketch(byte[] numbers) {
            byte[][] planes = BY_DIMENSION.computeIfAbsent(numbers.length, Planes::made);
            long[] sketch = new long[WORDS];
            for (int plane = 0; plane < PLANES; plane++) {
                int sum = 0;
                byte[] normal = planes[plane];
                for (int i = 0; i < numbers.length; i++) {
                    sum += normal[i] * numbers[i];
                }
                if (sum > 0) {
                    sketch[plane / Long.SIZE] |= 1L << plane;
                }
            }
            return sketch;
        }

        /** Sums of uniform numbers are near enough to normal ones. */
        private static byte[][] made(int dimension) {
            SplittableRandom random = new SplittableRandom(SEED);
            byte[][] planes = new byte[PLANES][dimension];
            for (byte[] plane : planes) {
                for (int i = 0; i < dimension; i++) {
                    plane[i] = (byte) (random.nextInt(-30, 31) + random.nextInt(-30, 31) + random.nextInt(-30, 31));
                }
            }
            return planes;
        }
    }
}
