package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

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
    private long random = 1;

    private SearchLatency() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        SearchLatency bench = new SearchLatency();
        if (arguments.length < 2) {
            System.err.print(USAGE);
            System.exit(2);
        }
        if (bench.readOrExplain(Arrays.copyOfRange(arguments, 2, arguments.length), USAGE)) {
            String token = Files.readString(Path.of(arguments[1])).strip();
            bench.run(new ServerClient(arguments[0], token));
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
        random = seed();
        List<String> words = asked("csn-");
        List<String> subjects = asked("commits-");
        List<String> names = names(server);
        List<String> warmUp = new ArrayList<>(last(words, WARM_UP));
        warmUp.addAll(last(subjects, WARM_UP / 4));
        warmUp.addAll(last(names, WARM_UP));
        Collections.shuffle(warmUp, new Random(random));
        for (String question : warmUp) {
            server.post("/v1/search", Map.of("query", question));
        }
        System.out.println("asked\tp50_ms\tp95_ms\tp99_ms\tmost_ms\trequests");
        double[] inWords = time(server, "questions in words", words);
        double[] ofChanges = time(server, "subjects of commits", subjects);
        double[] ofNames = time(server, "names", names);
        double[] all = new double[inWords.length + ofChanges.length + ofNames.length];
        System.arraycopy(inWords, 0, all, 0, inWords.length);
        System.arraycopy(ofChanges, 0, all, inWords.length, ofChanges.length);
        System.arraycopy(ofNames, 0, all, inWords.length + ofChanges.length, ofNames.length);
        print("all", all);
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

    private List<String> names(ServerClient server) throws IOException {
        String script = "?[h, name] := *node{name, kind: 'METHOD', version}, h = version :order h :limit "
                + (2 * (questions + WARM_UP));
        List<String> names = new ArrayList<>();
        for (JsonNode row : server.query(script).get("rows")) {
            names.add(row.get(1).asText());
        }
        return shuffled(names);
    }

    private List<String> shuffled(List<String> asked) {
        List<String> once = new ArrayList<>(asked.stream().distinct().sorted().toList());
        Collections.shuffle(once, new Random(random));
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
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        System.out.printf(
                Locale.ROOT,
                "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%d%n",
                name,
                sorted[count / 2],
                sorted[count * 95 / 100],
                sorted[count * 99 / 100],
                sorted[count - 1],
                count);
    }
}
