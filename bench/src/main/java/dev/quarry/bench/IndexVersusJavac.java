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
 * Times {@code quarry index --no-embed} over a repository against {@code javac -proc:none} over the same files, in turn, as
 * whole processes; then the same index run with nothing changed. Prints one row for each round and the medians.
 *
 * <p>Arguments: the launcher, the repository, the number of rounds, and what javac compiles, a process for each module:
 * {@code DIRECTORY=CLASSPATH}, the directory relative to the repository, the class path maybe empty.
 */
public final class IndexVersusJavac {
    private final Path launcher;
    private final Path repository;
    private final List<Module> modules;
    private final Path work;

    /** Sources that javac compiles at once. */
    private record Module(Path sources, String classPath) {
        static Module parse(Path repository, String text) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + text + "' is not DIRECTORY=CLASSPATH");
            }
            return new Module(repository.resolve(text.substring(0, equals)).normalize(), text.substring(equals + 1));
        }
    }

    private IndexVersusJavac(Path launcher, Path repository, List<Module> modules, Path work) {
        this.launcher = launcher;
        this.repository = repository;
        this.modules = modules;
        this.work = work;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4) {
            System.err.println("usage: IndexVersusJavac LAUNCHER REPOSITORY ROUNDS DIRECTORY=CLASSPATH…");
            System.exit(2);
        }
        Path repository = Path.of(arguments[1]).toAbsolutePath();
        List<Module> modules = Stream.of(arguments)
                .skip(3)
                .map(text -> Module.parse(repository, text))
                .toList();
        Path work = Files.createTempDirectory("quarry-bench");
        try {
            new IndexVersusJavac(Path.of(arguments[0]).toAbsolutePath(), repository, modules, work)
                    .run(Integer.parseInt(arguments[2]));
        } finally {
            deleteTree(work);
        }
    }

    private void run(int rounds) throws IOException, InterruptedException {
        List<Measure> javac = new ArrayList<>();
        List<Measure> first = new ArrayList<>();
        List<Measure> again = new ArrayList<>();
        System.out.println("round\tjavac_ms\tjavac_peak_mib\tindex_ms\tindex_peak_mib\tunchanged_ms");
        for (int round = 0; round <= rounds; round++) {
            Measure compiled = javac();
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

    /** The time of all modules' processes together, and the largest peak among them. */
    private Measure javac() throws IOException, InterruptedException {
        double millis = 0;
        long peak = 0;
        for (Module module : modules) {
            Measure measure = javac(module);
            millis += measure.wallMillis();
            peak = Math.max(peak, measure.peakKib());
        }
        return new Measure(millis, peak);
    }

    private Measure javac(Module module) throws IOException, InterruptedException {
        Path fileList = writeFileList(module.sources());
        Path classes = Files.createDirectories(work.resolve("classes"));
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        List<String> command = List.of(
                javac,
                "-proc:none",
                "-nowarn",
                "-Xlint:none",
                "-encoding",
                "UTF-8",
                "-cp",
                module.classPath(),
                "-d",
                classes.toString(),
                "@" + fileList);
        Measure measure = MeasuredProcess.run(command, work, work.resolve("javac.log"));
        deleteTree(classes);
        return measure;
    }

    private Measure index(Path store) throws IOException, InterruptedException {
        return MeasuredProcess.run(
                List.of(launcher.toString(), "index", "--no-embed", "--store", store.toString(), repository.toString()),
                work,
                work.resolve("index.log"));
    }

    private Path writeFileList(Path sources) throws IOException {
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
