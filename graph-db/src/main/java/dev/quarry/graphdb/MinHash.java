package dev.quarry.graphdb;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Finds those pairs of sets that are likely to be similar, without comparing all with all.
 *
 * <p>A signature holds the least value of the set under each of {@value #HASHES} hash functions; two signatures agree at a
 * place as likely as the sets are similar. Signatures are cut into bands of {@value #ROWS}, and sets whose signatures have
 * a band in common are a pair. A pair of similarity 0.8 is found with a probability of 0.9996, one of 0.7 with 0.97.
 */
final class MinHash {
    private static final int ROWS = 5;
    private static final int BANDS = 20;
    private static final int HASHES = ROWS * BANDS;

    /** With how many of those behind it in a band a set is paired: bounds the work where thousands are alike. */
    private static final int NEIGHBOURS = 128;

    private static final long SEED = 0x5157415252594CL;
    private static final long[] FACTORS = factors();

    private MinHash() {}

    private static long[] factors() {
        SplittableRandom random = new SplittableRandom(SEED);
        return random.longs(HASHES).map(factor -> factor | 1).toArray();
    }

    /** The likely pairs among these sets, each once, as {@code smaller index << 32 | larger index}, in ascending order. */
    static long[] pairs(List<int[]> sets) {
        int[][] signatures = sets.stream().map(MinHash::signature).toArray(int[][]::new);
        long[] pairs = new long[1024];
        int count = 0;
        for (int band = 0; band < BANDS; band++) {
            long[] keys = keys(signatures, band);
            for (int i = 0; i < keys.length; i++) {
                int last = Math.min(keys.length, i + 1 + NEIGHBOURS);
                for (int j = i + 1; j < last && sameBand(keys[i], keys[j]); j++) {
                    if (count == pairs.length) {
                        count = distinct(pairs, count);
                        pairs = count > pairs.length / 2 ? Arrays.copyOf(pairs, pairs.length * 2) : pairs;
                    }
                    pairs[count++] = ((keys[i] & 0xFFFF_FFFFL) << 32) | (keys[j] & 0xFFFF_FFFFL);
                }
            }
        }
        return Arrays.copyOf(pairs, distinct(pairs, count));
    }

    private static int[] signature(int[] set) {
        int[] least = new int[HASHES];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int element : set) {
            long value = element * 0xD6E8FEB86659FD93L;
            value ^= value >>> 32;
            for (int hash = 0; hash < HASHES; hash++) {
                least[hash] = Math.min(least[hash], (int) ((value * FACTORS[hash]) >>> 32));
            }
        }
        return least;
    }

    /** For each set the hash of its band, above, and its index, below; in ascending order. */
    private static long[] keys(int[][] signatures, int band) {
        long[] keys = new long[signatures.length];
        for (int i = 0; i < keys.length; i++) {
            int hash = 1;
            for (int row = band * ROWS; row < (band + 1) * ROWS; row++) {
                hash = 31 * hash + signatures[i][row] * 0x85EBCA6B;
            }
            keys[i] = ((long) hash << 32) | i;
        }
        Arrays.sort(keys);
        return keys;
    }

    private static boolean sameBand(long a, long b) {
        return a >>> 32 == b >>> 32;
    }

    private static int distinct(long[] pairs, int count) {
        Arrays.sort(pairs, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || pairs[kept - 1] != pairs[i]) {
                pairs[kept++] = pairs[i];
            }
        }
        return kept;
    }
}
