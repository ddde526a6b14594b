package dev.quarry.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * {@code quarry-bench search}: asks a running server questions in words, subjects of commits and names, one after another
 * on one connection, and prints the percentiles of the whole round trip, the question's embedding included.
 *
 * <p>Questions and subjects are those of the development sets in the folder of {@code --sets}, names those of the store's
 * methods. No question comes twice, since a server remembers the vectors of the last ones.
 */
public final class SearchLatency extends EvalArguments {
    private static final String USAGE =
            "usage: quarry-bench search ADDRESS TOKENFILE --sets DIR [--questions N] [--seed N]\n";
    private static final int WARM_UP = 200;

    private int questions = 1_000;

    private SearchLatency() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        SearchLatency bench = new SearchLatency();
        if (arguments.length < 2) {
            System.err.print(USAGE);
            System.exit(2);
        }
        if (bench.readOrExplain(Arrays.copyOfRange(arguments, 2, arguments.length), USAGE)) {
            bench.run(ServerClient.of(arguments[0], arguments[1]));
        }
    }

    @Override
    boolean own(String option, String value) {
        switch (option) {
            case "--questions" -> questions = Integer.parseInt(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void run(ServerClient server) throws IOException {
        List<String> words = asked("csn-");
        List<String> subjects = asked("commits-");
        List<String> names = shuffled(server.methodNames(2 * (questions + WARM_UP)));
        List<String> warmUp = new ArrayList<>(last(words, WARM_UP));
        warmUp.addAll(last(subjects, WARM_UP / 4));
        warmUp.addAll(last(names, WARM_UP));
        Collections.shuffle(warmUp, new Random(seed()));
        for (String question : warmUp) {
            server.post("/v1/search", Map.of("query", question));
        }
        System.out.println("asked\tp50_ms\tp95_ms\tp99_ms\tmost_ms\trequests");
        double[] inWords = time(server, "questions in words", words);
        double[] ofChanges = time(server, "subjects of commits", subjects);
        double[] ofNames = time(server, "names", names);
        print(
                "all",
                Stream.of(inWords, ofChanges, ofNames)
                        .flatMapToDouble(Arrays::stream)
                        .toArray());
    }

    /** The questions of all sets of a sort, shuffled; each once. */
    private List<String> asked(String prefix) throws IOException {
        List<String> asked = new ArrayList<>();
        EvalFiles files = files();
        for (String set : files.sets(prefix, "-queries.jsonl.gz")) {
            files.lines(set + "-queries.jsonl.gz")
                    .forEach(line -> asked.add(EvalFiles.query(line).text()));
        }
        return shuffled(asked);
    }

    private List<String> shuffled(List<String> asked) {
        List<String> once = new ArrayList<>(asked.stream().distinct().sorted().toList());
        Collections.shuffle(once, new Random(seed()));
        return once;
    }

    private static List<String> last(List<String> asked, int count) {
        return asked.subList(Math.max(0, asked.size() - count), asked.size());
    }

    /** Milliseconds of each request; the questions of the warm-up are left out where there are others. */
    private double[] time(ServerClient server, String name, List<String> asked) throws IOException {
        int count = Math.min(questions, asked.size() > 2 * WARM_UP ? asked.size() - WARM_UP : asked.size() * 3 / 4);
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            server.post("/v1/search", Map.of("query", asked.get(i)));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        print(name, millis);
        return millis;
    }

    private static void print(String name, double[] millis) {
        Percentiles of = new Percentiles(millis);
        System.out.printf(
                Locale.ROOT,
                "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%d%n",
                name,
                of.median(),
                of.at(95),
                of.at(99),
                of.most(),
                of.count());
    }
}
