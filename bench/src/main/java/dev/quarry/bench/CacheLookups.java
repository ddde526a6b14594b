package dev.quarry.bench;

import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CacheQuestion;
import dev.quarry.rag.CacheRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How long lookups take among many entries, with the vectors of real questions and of what lies beside them, without the
 * judge of other words, whose time does not depend on the entries.
 */
final class CacheLookups {
    private static final int LOOKUPS = 5_000;
    private static final int WARM_UP = 2_000;
    private static final int NAMES = 10_000;
    private static final double NEAR = 0.02;
    private static final double NEARER = 0.005;

    /** Words that the gate passes over. */
    private static final List<String> FILLERS = List.of(
            "really",
            "exactly",
            "actually",
            "usually",
            "normally",
            "currently",
            "internally",
            "simply",
            "just",
            "again");

    /** Words that it does not pass over. */
    private static final List<String> WORDS = List.of(
            "lock", "queue", "timer", "parser", "buffer", "index", "socket", "token", "filter", "cursor", "page",
            "frame");

    private final int entries;
    private final long seed;
    private final List<float[]> real;

    /** How the entries lie. */
    private enum Shape {
        /** Questions that differ in a name: hardly any share a bucket. */
        BY_NAME,
        /** All in one bucket, of the same words. */
        ONE_BUCKET,
        /** All in one bucket and close to each other, of a few words each. */
        ONE_BUCKET_OTHER_WORDS
    }

    CacheLookups(int entries, long seed, List<float[]> real) {
        this.entries = entries;
        this.seed = seed;
        this.real = real;
    }

    void run() throws IOException {
        System.out.println("entries\tshape\tkeep_mean_us\topen_ms\tlookup_p50_us\tlookup_p99_us\tmost_us\thits");
        for (Shape shape : Shape.values()) {
            measure(shape);
        }
    }

    private void measure(Shape shape) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        CacheRules rules = new CacheRules(
                entries, 1_000, Duration.ofDays(1), CacheRules.Eviction.LEAST_RECENTLY, CacheRules.DEFAULT.threshold());
        Path work = Files.createTempDirectory("quarry-bench");
        long filling = System.nanoTime();
        try (AnswerCache cache = CacheBench.cacheWithoutJudge(work, rules)) {
            for (int i = 0; i < entries; i++) {
                if (cache.keep(made(i, shape, random), CacheBench.answer()).isEmpty()) {
                    throw new IllegalStateException("an answer was not kept");
                }
            }
        }
        filling = System.nanoTime() - filling;
        try (AnswerCache cache = CacheBench.cacheWithoutJudge(work, rules)) {
            long opening = System.nanoTime();
            cache.stats();
            opening = System.nanoTime() - opening;
            double[] micros = new double[LOOKUPS];
            int hits = 0;
            for (int i = -WARM_UP; i < LOOKUPS; i++) {
                CacheQuestion question = made(random.nextInt(entries), shape, random);
                long start = System.nanoTime();
                AnswerCache.Lookup found = cache.find(question);
                long took = System.nanoTime() - start;
                if (i >= 0) {
                    micros[i] = took / 1e3;
                    hits += found instanceof AnswerCache.Lookup.Hit ? 1 : 0;
                }
            }
            Percentiles of = new Percentiles(micros);
            System.out.printf(
                    Locale.ROOT,
                    "%d\t%s\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%d%n",
                    cache.stats().entries(),
                    shape,
                    filling / 1e3 / entries,
                    opening / 1e6,
                    of.median(),
                    of.at(99),
                    of.most(),
                    hits);
        }
    }

    private CacheQuestion made(int number, Shape shape, SplittableRandom random) {
        // Without a word that says something, each would be compared with the very same text alone.
        String subject = switch (shape) {
            case BY_NAME -> "theName" + number % NAMES;
            case ONE_BUCKET -> "the cache";
            case ONE_BUCKET_OTHER_WORDS -> "it";
        };
        StringBuilder text = new StringBuilder("what does ").append(subject).append(" do");
        // A text of its own for each.
        List<String> words = shape == Shape.ONE_BUCKET_OTHER_WORDS ? WORDS : FILLERS;
        for (int rest = number; rest > 0; rest /= words.size()) {
            text.append(' ').append(words.get(rest % words.size()));
        }
        float[] vector = shape == Shape.ONE_BUCKET_OTHER_WORDS
                ? near(real.getFirst(), NEARER, random)
                : near(real.get(number % real.size()), NEAR, random);
        return new CacheQuestion(text.toString(), CacheBench.scope("", "main"), 1, vector);
    }

    /** A vector beside a real one. */
    private static float[] near(float[] vector, double far, SplittableRandom random) {
        float[] other = vector.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] += (float) (far * random.nextGaussian());
        }
        return other;
    }
}
