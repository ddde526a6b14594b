package dev.quarry.bench;

import dev.quarry.bench.MeasuredProcess.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Times {@code quarry index --no-embed} against {@code javac -proc:none} over the same files, in turn, as whole processes;
 * then the same index run with nothing changed. Prints one row for each round and the medians.
 *
 * <p>Arguments: the launcher, the directory of sources, the number of rounds, and javac's class path (may be empty).
 */
public final class IndexVersusJavac {
    private final Path launcher;
    private final Path sources;
    private final String classPath;
    private final Path work;

    private IndexVersusJavac(Path launcher, Path sources, String classPath, Path work) {
        this.launcher = launcher;
        this.sources = sources;
        this.classPath = classPath;
        this.work = work;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 4) {
            System.err.println("usage: IndexVersusJavac LAUNCHER SOURCES ROUNDS CLASSPATH");
            System.exit(2);
        }
        Path work = Files.createTempDirectory("quarry-bench");
        try {
            new IndexVersusJavac(
                            Path.of(arguments[0]).toAbsolutePath(),
                            Path.of(arguments[1]).toAbsolutePath(),
                            arguments[3],
                            work)
                    .run(Integer.parseInt(arguments[2]));
        } finally {
            deleteTree(work);
        }
    }

    private void run(int rounds) throws IOException, InterruptedException {
        List<Measure> javac = new ArrayList<>();
        List<Measure> first = new ArrayList<>();
        List<Measure> again = new ArrayList<>();
        Path fileList = writeFileList();
        System.out.println("round\tjavac_ms\tjavac_peak_mib\tindex_ms\tindex_peak_mib\tunchanged_ms");
        for (int round = 0; round <= rounds; round++) {
            Measure compiled = javac(fileList);
            Path store = work.resolve("store" + round);
            Measure indexed = index(store);
            Measure unchanged = index(store);
            deleteTree(store);
            if (round == 0) {
                continue; // the first round only warms the file cache
            }
            javac.add(compiled);
            first.add(indexed);
            again.add(unchanged);
            System.out.printf(
                    "%d\t%.0f\t%d\t%.0f\t%d\t%.0f%n",
                    round,
                    compiled.wallMillis(),
                    compiled.peakKib() / 1024,
                    indexed.wallMillis(),
                    indexed.peakKib() / 1024,
                    unchanged.wallMillis());
        }
        print(javac, first, again);
    }

    private static void print(List<Measure> javac, List<Measure> first, List<Measure> again) {
        System.out.printf(
                "median: javac %.0f ms, index %.0f ms (%.2f x javac), unchanged %.0f ms (%.1f %% of the first run), "
                        + "peak memory of index %d MiB%n",
                median(javac),
                median(first),
                median(first) / median(javac),
                median(again),
                100 * median(again) / median(first),
                first.stream().mapToLong(Measure::peakKib).max().orElse(0) / 1024);
    }

    private Measure javac(Path fileList) throws IOException, InterruptedException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        Measure measure = MeasuredProcess.run(
                List.of(
                        javac,
                        "-proc:none",
                        "-nowarn",
                        "-Xlint:none",
                        "-encoding",
                        "UTF-8",
                        "-cp",
                        classPath,
                        "-d",
                        classes.toString(),
                        "@" + fileList),
                work,
                work.resolve("javac.log"));
        deleteTree(classes);
        return measure;
    }

    private Measure index(Path store) throws IOException, InterruptedException {
        return MeasuredProcess.run(
                List.of(launcher.toString(), "index", "--no-embed", "--store", store.toString(), sources.toString()),
                work,
                work.resolve("index.log"));
    }

    private Path writeFileList() throws IOException {
        Path list = work.resolve("files.txt");
        try (Stream<Path> files = Files.walk(sources)) {
            Files.write(
                    list,
                    files.map(Path::toString)
                            .filter(file -> file.endsWith(".java") && !file.endsWith("module-info.java"))
                            .sorted()
                            .toList());
        }
        return list;
    }

    private static double median(List<Measure> measures) {
        double[] sorted =
                measures.stream().mapToDouble(Measure::wallMillis).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
