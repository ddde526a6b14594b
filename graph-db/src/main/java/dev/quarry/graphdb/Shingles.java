package dev.quarry.graphdb;

import java.util.Arrays;

/** Runs of tokens: what two texts are compared by. */
final class Shingles {
    /** How many tokens a run has: a changed token takes this many runs along, and shorter ones are in all code. */
    static final int LENGTH = 3;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Shingles() {}

    /** The runs of these tokens as hashes, each once, in ascending order. */
    static int[] of(int[] tokens) {
        int[] runs = new int[Math.max(0, tokens.length - LENGTH + 1)];
        for (int i = 0; i < runs.length; i++) {
            long run = 0;
            for (int token = i; token < i + LENGTH; token++) {
                run = (run ^ tokens[token]) * MIX;
                run ^= run >>> 29;
            }
            runs[i] = (int) (run >>> 32);
        }
        Arrays.sort(runs);
        int distinct = 0;
        for (int run : runs) {
            if (distinct == 0 || runs[distinct - 1] != run) {
                runs[distinct++] = run;
            }
        }
        return Arrays.copyOf(runs, distinct);
    }

    /** The Jaccard similarity of two ascending sets: the share of their union that is in both. */
    static double similarity(int[] a, int[] b) {
        int common = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            int order = Integer.compare(a[i], b[j]);
            if (order == 0) {
                common++;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int union = a.length + b.length - common;
        return union == 0 ? 0 : (double) common / union;
    }
}
