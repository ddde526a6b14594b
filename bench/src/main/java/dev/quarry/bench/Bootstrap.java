package dev.quarry.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What a mean over questions is worth: other questions might have been asked. Reproducible by its seed. */
final class Bootstrap {
    private static final int ROUNDS = 10_000;
    private static final double TAIL = 0.025;

    private final long seed;

    Bootstrap(long seed) {
        this.seed = seed;
    }

    /** An interval that holds the mean with a probability of 95 %. */
    record Interval(double low, double high) {}

    /** The interval of the mean of these values (percentile bootstrap). */
    Interval mean(double[] values) {
        double[] means = means(values);
        Arrays.sort(means);
        return new Interval(means[(int) (TAIL * ROUNDS)], means[(int) ((1 - TAIL) * ROUNDS)]);
    }

    /**
     * The probability that chance alone made one list so much better than another over the same questions (paired, both
     * sides).
     */
    double pairedP(double[] a, double[] b) {
        double[] differences = new double[a.length];
        Arrays.setAll(differences, i -> a[i] - b[i]);
        long notBetter =
                Arrays.stream(means(differences)).filter(mean -> mean <= 0).count();
        long notWorse =
                Arrays.stream(means(differences)).filter(mean -> mean >= 0).count();
        return Math.min(1, 2.0 * (1 + Math.min(notBetter, notWorse)) / (1 + ROUNDS));
    }

    /** The interval of the ratio of two means over the same questions (paired percentile bootstrap). */
    Interval ratio(double[] a, double[] b) {
        double[] above = means(a);
        double[] below = means(b);
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> above[i] / below[i]);
        Arrays.sort(ratios);
        return new Interval(ratios[(int) (TAIL * ROUNDS)], ratios[(int) ((1 - TAIL) * ROUNDS)]);
    }

    private double[] means(double[] values) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[round] = sum / values.length;
        }
        return means;
    }
}
