package dev.quarry.rag;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A vector of length 1 in a byte for each number, and a sketch of it: on which sides of random planes it lies. The share of
 * planes between two vectors tells their angle roughly, in a few instructions. Immutable.
 */
final class QuestionVector {
    /** How long a sketch is. */
    static final int WORDS = 4;

    static final int PLANES = WORDS * Long.SIZE;
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
        return new QuestionVector(numbers, (float) (1 / Math.sqrt(rounded)), Turn.sketch(numbers));
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

    /** How many planes lie between this vector and one whose sketch begins at this place. */
    int planesTo(long[] sketches, int at) {
        int count = 0;
        for (int i = 0; i < WORDS; i++) {
            count += Long.bitCount(sketch[i] ^ sketches[at + i]);
        }
        return count;
    }

    /** Writes the sketch to this place. */
    void copySketch(long[] sketches, int at) {
        System.arraycopy(sketch, 0, sketches, at, WORDS);
    }

    /** How many planes may lie between two vectors whose cosine is at least this. */
    static int planesMax(double cosine) {
        double share = Math.acos(Math.clamp(cosine, -1, 1)) / Math.PI;
        return (int) Math.ceil(PLANES * share + TOLERANCE * Math.sqrt(PLANES * share * (1 - share)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuestionVector vector
                && scale == vector.scale
                && Arrays.equals(numbers, vector.numbers);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(numbers);
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
        return new QuestionVector(numbers, scale, Turn.sketch(numbers));
    }

    /**
     * Turns vectors as if at random, the same way in every process, by changing signs and adding up three times; which side
     * of a plane a vector lies on is then the sign of one number.
     */
    private static final class Turn {
        private static final int ROUNDS = 3;
        private static final Map<Integer, Turn> BY_SIZE = new ConcurrentHashMap<>();

        private final boolean[][] isNegative;

        private Turn(int size) {
            SplittableRandom random = new SplittableRandom(SEED);
            isNegative = new boolean[ROUNDS][size];
            for (boolean[] round : isNegative) {
                for (int i = 0; i < size; i++) {
                    round[i] = random.nextBoolean();
                }
            }
        }

        static long[] sketch(byte[] numbers) {
            int size = PLANES;
            while (size < numbers.length) {
                size *= 2;
            }
            int[] turned = new int[size];
            for (int i = 0; i < numbers.length; i++) {
                turned[i] = numbers[i];
            }
            BY_SIZE.computeIfAbsent(size, Turn::new).turn(turned);
            long[] sketch = new long[WORDS];
            for (int plane = 0; plane < PLANES; plane++) {
                if (turned[plane] > 0) {
                    sketch[plane / Long.SIZE] |= 1L << plane;
                }
            }
            return sketch;
        }

        /** No number can overflow: a vector of so many bytes gets longer by the root of its size in each round. */
        private void turn(int[] vector) {
            for (boolean[] round : isNegative) {
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = round[i] ? -vector[i] : vector[i];
                }
                for (int width = 1; width < vector.length; width *= 2) {
                    for (int start = 0; start < vector.length; start += 2 * width) {
                        for (int i = start; i < start + width; i++) {
                            int sum = vector[i] + vector[i + width];
                            vector[i + width] = vector[i] - vector[i + width];
                            vector[i] = sum;
                        }
                    }
                }
            }
        }
    }
}
