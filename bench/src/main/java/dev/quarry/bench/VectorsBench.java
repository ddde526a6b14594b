package dev.quarry.bench;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryCache;
import dev.quarry.search.SearchDocument;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * {@code quarry-bench vectors}: the vector leg over many vectors beside raw Lucene over the same, both against looking at
 * all of them. The vectors are drawn around centres, as those of a library's types lie together. The indexes stay in the
 * folder of {@code --work}, so that a second run measures alone.
 */
public final class VectorsBench {
    static final int K = 10;

    private static final int DIMENSION = 384;
    private static final int PER_CENTRE = 20;
    private static final double SPREAD = 0.9;
    private static final int PACKAGES = 100;
    private static final int PER_BATCH = 1_000;
    private static final int QUERIES = 300;
    private static final double RECALL = 0.98;
    private static final int WARM_UP = 3_000;

    private Path work = QuarryCache.directory().resolve("bench-vectors");
    private int count = 100_000;
    private long seed = 1;
    private final List<float[]> vectors = new ArrayList<>();
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final List<float[]> queries = new ArrayList<>();

    private VectorsBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        VectorsBench bench = new VectorsBench();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--work" -> bench.work = Path.of(arguments[i + 1]);
                case "--count" -> bench.count = Integer.parseInt(arguments[i + 1]);
                case "--seed" -> bench.seed = Long.parseLong(arguments[i + 1]);
                default ->
                    throw new IllegalArgumentException(
                            "usage: quarry-bench vectors [--count N] [--seed N] [--work DIR]");
            }
        }
        bench.run();
    }

    private void run() throws IOException {
        draw();
        Path folder = Files.createDirectories(work.resolve(count + "-" + seed));
        List<Set<Integer>> truth =
                queries.stream().map(query -> closest(query, i -> true)).toList();
        List<Set<Integer>> few = queries.stream()
                .map(query -> closest(query, i -> i % PACKAGES == 7))
                .toList();
        SearchFilter filter = SearchFilter.all().withPath("p7");
        System.out.println("system\tp50_ms\tp99_ms\trecall_at_10");
        Measured ours;
        try (SearchIndex index = SearchIndex.open(folder.resolve("quarry"))) {
            fill(index);
            ours = measure("Quarry", truth, query -> ids(index.vectors(query, SearchFilter.all(), K)));
            measure("Quarry, a filter that keeps 1 %", few, query -> ids(index.vectors(query, filter, K)));
            measure("Quarry, instant tier", truth, query -> ids(index.instant().closest(query, SearchFilter.all(), K)));
            measure(
                    "Quarry, instant tier, a filter that keeps 1 %",
                    few, query -> ids(index.instant().closest(query, filter, K)));
        }
        try (RawLucene lucene = RawLucene.open(folder.resolve("lucene"), vectors)) {
            List<Measured> theirs = new ArrayList<>();
            for (int candidates : new int[] {10, 20, 40, 64, 80, 160}) {
                theirs.add(measure(
                        "Lucene, " + candidates + " candidates", truth, query -> lucene.closest(query, candidates)));
            }
            theirs.stream()
                    .filter(each -> each.recall() >= RECALL)
                    .min(Comparator.comparingDouble(Measured::median))
                    .ifPresent(least -> System.out.printf(
                            Locale.ROOT,
                            "Quarry's p50 is %.2f of the least of Lucene at a recall of %.2f or more%n",
                            ours.median() / least.median(),
                            RECALL));
        }
    }

    private void draw() {
        SplittableRandom random = new SplittableRandom(seed);
        float[] centre = gaussian(random, 1);
        for (int i = 0; i < count + QUERIES; i++) {
            if (i % PER_CENTRE == 0) {
                centre = gaussian(random, 1);
            }
            float[] vector = gaussian(random, SPREAD);
            double squares = 0;
            for (int d = 0; d < DIMENSION; d++) {
                vector[d] += centre[d];
                squares += vector[d] * vector[d];
            }
            for (int d = 0; d < DIMENSION; d++) {
                vector[d] = (float) (vector[d] / Math.sqrt(squares));
            }
            vectors.add(vector);
        }
        // Each query is of the same centre as some of the vectors.
        for (int i = 0; i < QUERIES; i++) {
            queries.add(vectors.remove(random.nextInt(vectors.size())));
        }
        for (int i = 0; i < vectors.size(); i++) {
            numbers.put(id(i), i);
        }
    }

    private static float[] gaussian(SplittableRandom random, double times) {
        float[] vector = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            vector[d] = (float) (times * random.nextGaussian());
        }
        return vector;
    }

    private static NodeId id(int number) {
        return NodeId.of(NodeKind.CLASS, "p" + number % PACKAGES + ".C" + number, "");
    }

    private void fill(SearchIndex index) {
        if (index.vectorCount() == vectors.size()) {
            return;
        }
        for (int from = 0; from < vectors.size(); from += PER_BATCH) {
            Map<NodeId, float[]> byNode = new HashMap<>();
            for (int i = from; i < Math.min(vectors.size(), from + PER_BATCH); i++) {
                String path = "p" + i % PACKAGES + "/C" + i + ".java";
                byNode.put(id(i), vectors.get(i));
                SearchDocument document = new SearchDocument(id(i), NodeKind.CLASS, "C" + i, path, "", "", "", path, 0);
                index.replaceFile(path, List.of(document), Map.of(id(i), vectors.get(i)));
            }
            index.updateVectors(byNode, List.of());
        }
        index.commitText(1, "drawn");
        index.commitVectors(1, "drawn");
        index.mergeVectors();
    }

    private List<Integer> ids(List<SearchHit> hits) {
        return hits.stream().map(hit -> numbers.getOrDefault(hit.id(), -1)).toList();
    }

    /** The closest, by looking at all. */
    private Set<Integer> closest(float[] query, IntPredicate wanted) {
        double[] cosines = new double[vectors.size()];
        Arrays.fill(cosines, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < cosines.length; i++) {
            if (wanted.test(i)) {
                float[] vector = vectors.get(i);
                double sum = 0;
                for (int d = 0; d < DIMENSION; d++) {
                    sum += query[d] * vector[d];
                }
                cosines[i] = sum;
            }
        }
        Set<Integer> best = new HashSet<>();
        IntStream.range(0, cosines.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -cosines[i]))
                .limit(K)
                .forEach(best::add);
        return best;
    }

    /** A way to find the closest vectors. */
    interface Search {
        List<Integer> closest(float[] query) throws IOException;
    }

    /** The median of a way's times, in milliseconds, and the share of the closest that it found. */
    private record Measured(double median, double recall) {}

    private Measured measure(String name, List<Set<Integer>> truth, Search search) throws IOException {
        double[] millis = new double[QUERIES];
        int found = 0;
        for (int i = -WARM_UP; i < QUERIES; i++) {
            float[] query = queries.get(Math.floorMod(i, QUERIES));
            long start = System.nanoTime();
            List<Integer> hits = search.closest(query);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
                found += (int) hits.stream().filter(truth.get(i)::contains).count();
            }
        }
        Percentiles of = new Percentiles(millis);
        Measured measured = new Measured(of.median(), (double) found / (K * QUERIES));
        System.out.printf(Locale.ROOT, "%s\t%.2f\t%.2f\t%.3f%n", name, measured.median(), of.at(99), measured.recall());
        return measured;
    }
}
