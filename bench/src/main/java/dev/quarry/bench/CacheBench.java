package dev.quarry.bench;

import dev.quarry.bench.CacheQuestions.Pair;
import dev.quarry.bench.CacheQuestions.Sort;
import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.InstalledModels;
import dev.quarry.embed.SameQuestionModel;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.CacheQuestion;
import dev.quarry.rag.CacheRules;
import dev.quarry.rag.CacheScope;
import dev.quarry.rag.Citation;
import dev.quarry.rag.NewAnswer;
import dev.quarry.rag.QuestionJudge;
import dev.quarry.rag.StoredAnswerCache;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * {@code quarry-bench cache}: how often the answer cache serves a question that asks the same, and one that asks something
 * else, and how long a lookup takes among many entries.
 *
 * <p>One set of questions is for choosing: the rules of the gate were made with it in sight, and the threshold is the lowest
 * at which at most {@value #FALSE_MAX_PERCENT} per cent of its near misses are served. Two other sets, of other questions,
 * are judged by that threshold and by the product's own. Of a fourth one, over other libraries, one half is for improving
 * the rules, and the other is only counted, on request, so that nobody who changes the rules sees it.
 */
public final class CacheBench {
    private static final String USAGE =
            "usage: quarry-bench cache [--seed N] [--times N] [--entries N] [--show] [--sealed] SOURCES\n";
    private static final double FALSE_MAX_PERCENT = 0.5;
    private static final double PERCENT = 100;
    private static final double STEP = 0.03;
    private static final double LOWEST = 0.75;
    private static final Citation CITED =
            Citation.ofSyntax(NodeId.of(NodeKind.CLASS, "a.B", ""), ContentHash.ofText("class B {}"));

    private long seed = 1;
    private int times = 6;
    private int entries = 100_000;
    private boolean show;
    private boolean sealed;
    private Path sources = Path.of("");

    private final Map<String, float[]> vectors = new HashMap<>();
    private long embeddingNanos;

    private CacheBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        CacheBench bench = new CacheBench();
        if (!bench.read(arguments)) {
            System.err.print(USAGE);
            System.exit(2);
        }
        bench.run();
    }

    private boolean read(String[] arguments) {
        boolean named = false;
        for (int i = 0; i < arguments.length; i++) {
            boolean hasValue = i + 1 < arguments.length;
            if (arguments[i].equals("--seed") && hasValue) {
                seed = Long.parseLong(arguments[++i]);
            } else if (arguments[i].equals("--times") && hasValue) {
                times = Integer.parseInt(arguments[++i]);
            } else if (arguments[i].equals("--entries") && hasValue) {
                entries = Integer.parseInt(arguments[++i]);
            } else if (arguments[i].equals("--show")) {
                show = true;
            } else if (arguments[i].equals("--sealed")) {
                sealed = true;
            } else if (arguments[i].startsWith("--") || named) {
                return false;
            } else {
                sources = Path.of(arguments[i]);
                named = true;
            }
        }
        return named;
    }

    /** Pairs to be judged, and whether those that are judged wrongly may be shown. */
    private record QuestionSet(String name, List<Pair> pairs, boolean isShown) {}

    private void run() throws IOException {
        SymbolPool symbols = symbols();
        SplittableRandom random = new SplittableRandom(seed);
        List<Pair> choosing = pairs(CacheQuestions.choosing(), symbols, random);
        List<Pair> judging = pairs(CacheQuestions.judging(), symbols, random);
        List<QuestionSet> sets = new ArrayList<>(List.of(
                new QuestionSet("judging", judging, show),
                new QuestionSet("fresh", pairs(CacheQuestions.fresh(), symbols, random), show),
                new QuestionSet("open", allPairs(CacheQuestions.open()), show),
                new QuestionSet("typed", allPairs(CacheQuestions.typed()), show)));
        if (sealed) {
            sets.add(new QuestionSet("sealed", allPairs(CacheQuestions.sealed()), false));
            sets.add(new QuestionSet("asked", allPairs(CacheQuestions.asked()), false));
        }
        embed(choosing);
        for (QuestionSet set : sets) {
            embed(set.pairs());
        }
        System.out.println("set\tthreshold\tsort\tpairs\tserved\tpercent");
        double chosen = chosen(choosing);
        print("choosing", chosen, counts(choosing, chosen, false));
        for (double threshold : List.of(chosen, CacheRules.DEFAULT.threshold())) {
            for (QuestionSet set : sets) {
                print(set.name(), threshold, counts(set.pairs(), threshold, set.isShown()));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nembedding a question: mean %.1f ms%n",
                embeddingNanos / 1e6 / Math.max(1, vectors.size()));
        timeJudge(judging);
        new CacheLookups(entries, seed, List.copyOf(vectors.values())).run();
    }

    private static void timeJudge(List<Pair> pairs) {
        try (SameQuestionModel model = SameQuestionModel.bundled()) {
            int sure = 0;
            long start = System.nanoTime();
            for (Pair pair : pairs) {
                sure += model.logOdds(pair.kept(), pair.asked()) > 0 ? 1 : 0;
            }
            System.out.printf(
                    Locale.ROOT,
                    "comparing two questions in one order: mean %.1f ms, %d of %d called the same%n",
                    (System.nanoTime() - start) / 1e6 / Math.max(1, pairs.size()),
                    sure,
                    pairs.size());
        }
    }

    private List<Pair> pairs(List<CacheQuestions> blocks, SymbolPool symbols, SplittableRandom random) {
        List<Pair> pairs = new ArrayList<>();
        blocks.forEach(block -> pairs.addAll(block.pairs(symbols, times, random)));
        return pairs;
    }

    private static List<Pair> allPairs(List<CacheQuestions> blocks) {
        return blocks.stream().flatMap(block -> block.allPairs().stream()).toList();
    }

    private SymbolPool symbols() throws IOException {
        Path work = Files.createTempDirectory("quarry-bench");
        WorkspaceOptions options = new WorkspaceOptions(StoreOptions.DEFAULT, true, Optional.empty(), 1);
        try (Workspace workspace = Workspace.open(work.resolve("store"), options)) {
            workspace.index(sources, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE);
            return SymbolPool.of(workspace.graph());
        }
    }

    private void embed(List<Pair> pairs) {
        InstalledModels models = InstalledModels.ofUser();
        try (EmbeddingModel model =
                models.open(models.bundled().id(), new EmbedOptions(1)).orElseThrow()) {
            for (Pair pair : pairs) {
                for (String text : List.of(pair.kept(), pair.asked())) {
                    if (!vectors.containsKey(text)) {
                        long start = System.nanoTime();
                        vectors.put(text, model.embedQuery(text));
                        embeddingNanos += System.nanoTime() - start;
                    }
                }
            }
        }
    }

    /** The lowest threshold with few enough false hits. */
    private double chosen(List<Pair> pairs) throws IOException {
        double best = 1;
        for (double threshold = 0.99; threshold >= LOWEST; threshold -= STEP) {
            Map<Sort, int[]> counts = counts(pairs, threshold, false);
            int[] near = nearMisses(counts);
            if (PERCENT * near[1] > FALSE_MAX_PERCENT * near[0]) {
                break;
            }
            best = threshold;
        }
        return best;
    }

    private static int[] nearMisses(Map<Sort, int[]> counts) {
        int[] sum = new int[2];
        counts.forEach((sort, count) -> {
            if (sort != Sort.PARAPHRASE) {
                sum[0] += count[0];
                sum[1] += count[1];
            }
        });
        return sum;
    }

    /** For each sort how many pairs there are, and how many of the second questions are given the first one's answer. */
    private Map<Sort, int[]> counts(List<Pair> pairs, double threshold, boolean shown) throws IOException {
        CacheRules rules = new CacheRules(
                Integer.MAX_VALUE, 1_000, Duration.ofDays(1), CacheRules.Eviction.LEAST_RECENTLY, threshold);
        Map<Sort, int[]> counts = new EnumMap<>(Sort.class);
        Path work = Files.createTempDirectory("quarry-bench");
        int number = 0;
        try (AnswerCache cache = cache(work, rules)) {
            for (Pair pair : pairs) {
                // A tenant for each pair, so that no other pair's answer is near.
                String tenant = Integer.toString(number++);
                cache.keep(question(pair.kept(), scope(tenant, "main")), answer());
                String branch = pair.sort() == Sort.OTHER_BRANCH ? "other" : "main";
                boolean served =
                        cache.find(question(pair.asked(), scope(tenant, branch))) instanceof AnswerCache.Lookup.Hit;
                int[] count = counts.computeIfAbsent(pair.sort(), _ -> new int[2]);
                count[0]++;
                count[1] += served ? 1 : 0;
                if (shown && served != (pair.sort() == Sort.PARAPHRASE)) {
                    System.err.println(pair.sort() + "\t" + pair.kept() + "\t" + pair.asked());
                }
            }
        }
        return counts;
    }

    private static AnswerCache cache(Path directory, CacheRules rules) {
        return new StoredAnswerCache(directory, rules, CacheBench::contents, Clock.systemUTC());
    }

    /** One that serves other words only as far as lists and static vectors tell. */
    static AnswerCache cacheWithoutJudge(Path directory, CacheRules rules) {
        return new StoredAnswerCache(directory, rules, CacheBench::contents, QuestionJudge.NONE, Clock.systemUTC());
    }

    private static Map<NodeId, ContentHash> contents(Collection<NodeId> ids) {
        return Map.of(CITED.id(), CITED.content());
    }

    private CacheQuestion question(String text, CacheScope scope) {
        float[] vector = vectors.get(text);
        if (vector == null) {
            throw new IllegalStateException("no vector was made of: " + text);
        }
        return new CacheQuestion(text, scope, 1, vector);
    }

    static CacheScope scope(String tenant, String branch) {
        return new CacheScope(tenant, "repository", branch, "model", "1");
    }

    static NewAnswer answer() {
        return new NewAnswer("An answer.", List.of(CITED), 1_000, 0.01, Duration.ofSeconds(3));
    }

    private static void print(String set, double threshold, Map<Sort, int[]> counts) {
        counts.forEach((sort, count) -> line(set, threshold, sort.name(), count));
        line(set, threshold, "ALL_NEAR_MISSES", nearMisses(counts));
    }

    private static void line(String set, double threshold, String sort, int[] count) {
        System.out.printf(
                Locale.ROOT,
                "%s\t%.2f\t%s\t%d\t%d\t%.2f%n",
                set,
                threshold,
                sort,
                count[0],
                count[1],
                PERCENT * count[1] / Math.max(1, count[0]));
    }
}
