package dev.quarry.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured values in their order; there is at least one. */
final class Percentiles {
    private static final int HUNDRED = 100;

    private final double[] sorted;

    Percentiles(double[] values) {
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    Percentiles(Collection<Double> values) {
        this(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The value below which this percentage of them lies; from 0 to 99. */
    double at(int percent) {
        return sorted[(int) ((long) sorted.length * percent / HUNDRED)];
    }

    double median() {
        return at(HUNDRED / 2);
    }

    double most() {
        return sorted[sorted.length - 1];
    }

    int count() {
        return sorted.length;
    }
}
