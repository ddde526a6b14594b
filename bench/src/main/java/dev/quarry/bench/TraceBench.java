package dev.quarry.bench;

import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.AskContext;
import dev.quarry.ask.Citations;
import dev.quarry.ask.Source;
import dev.quarry.llm.ChatResult;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.server.TraceSettings;
import dev.quarry.server.Traces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Keeps many traces of answers as the server does, with questions and answers of random words and 20 pieces of code each,
 * and prints how long it takes to keep one, and to find the newest 20 by one to three words: right after another was kept,
 * and for the first time after a restart.
 *
 * <p>Arguments: an empty folder, how many traces, how many searches, a seed.
 */
public final class TraceBench {
    private static final int DAYS = 30;
    private static final int MEGABYTES = 10_000;
    private static final int PIECES = 20;
    private static final int VOCABULARY = 20_000;
    private static final int QUESTION_WORDS = 12;
    private static final int ANSWER_WORDS = 200;
    private static final int LIMIT = 20;

    private final Path folder;
    private final SplittableRandom random;
    private final Map<String, List<Double>> times = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();

    private TraceBench(Path folder, long seed) {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        for (int i = 1; i <= PIECES; i++) {
            ContentHash content = ContentHash.ofText("piece" + i);
            sources.add(new Source(
                    i,
                    NodeId.of(NodeKind.METHOD, "org.example.text.Words#piece" + i, "(String, int)"),
                    "org.example.text.Words#piece" + i + "(String, int)",
                    "src/main/java/org/example/text/Words.java",
                    i,
                    i + 9,
                    "BODY",
                    "match",
                    content,
                    Map.of("text", i, "vector", i + 1),
                    ""));
        }
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            System.err.println("usage: TraceBench FOLDER TRACES SEARCHES SEED");
            System.exit(2);
        }
        new TraceBench(Path.of(arguments[0]), Long.parseLong(arguments[3]))
                .run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    }

    private void run(int count, int searches) {
        try (Traces traces = traces()) {
            for (int i = 0; i < count; i++) {
                AskAnswer answer = answer(i);
                timed("keep one", () -> traces.add(answer));
            }
            timed("read what was kept", () -> traces.find("", 1));
            for (int i = 0; i < searches; i++) {
                AskAnswer answer = answer(count + i);
                timed("keep one, searched", () -> traces.add(answer));
                String wanted = words(1 + i % 3);
                timed("find by words, behind a write", () -> traces.find(wanted, LIMIT));
                timed("find by words, again", () -> traces.find(wanted, LIMIT));
                timed("the newest", () -> traces.find("", LIMIT));
            }
        }
        for (int i = 0; i < 5; i++) {
            try (Traces traces = traces()) {
                timed("the first search of a process", () -> traces.find(words(2), LIMIT));
            }
        }
        System.out.println("what\tp50_ms\tp99_ms\tmax_ms\tcount");
        times.forEach((name, millis) -> {
            Percentiles of = new Percentiles(millis);
            System.out.printf(
                    Locale.ROOT, "%s\t%.2f\t%.2f\t%.2f\t%d%n", name, of.median(), of.at(99), of.most(), of.count());
        });
    }

    private Traces traces() {
        return Traces.of(folder, new TraceSettings(true, DAYS, MEGABYTES));
    }

    private void timed(String name, Runnable work) {
        long start = System.nanoTime();
        work.run();
        times.computeIfAbsent(name, _ -> new ArrayList<>()).add((System.nanoTime() - start) / 1e6);
    }

    /** Words of which some are common and most are rare. */
    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int word = (int) (VOCABULARY * Math.pow(random.nextDouble(), 3));
            text.append(i == 0 ? "" : " ").append("word").append(Integer.toString(word, Character.MAX_RADIX));
        }
        return text.toString();
    }

    private AskAnswer answer(int number) {
        String question = words(QUESTION_WORDS);
        String text = words(ANSWER_WORDS) + " [1].";
        return new AskAnswer(
                "trace-" + number,
                question,
                question,
                "",
                AskAnswer.Kind.MODEL,
                text,
                new AskContext(sources, 1, 1, Map.of()),
                Citations.NONE,
                ChatResult.kept(text, "none", "none"),
                new AskAnswer.Timings(1, 1, 1));
    }
}
