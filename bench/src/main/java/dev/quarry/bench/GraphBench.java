package dev.quarry.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code quarry-bench graph}: how the graph of sources compares with the class files that a compiler made of them.
 *
 * <p>Prints a table for each repository, with its class path and without any jar. {@code --tsv} names a file that takes all
 * as tab-separated lines, {@code --misses} one that takes each edge that only one side has.
 */
public final class GraphBench {
    private static final String USAGE = """
            usage: quarry-bench graph [--tsv FILE] [--misses FILE] [--cp JAR:JAR…] SOURCES JAR…
                   quarry-bench graph [--tsv FILE] [--misses FILE] --all [LIBRARY…]
            """;

    private final List<String> operands = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();
    private final List<String> lines = new ArrayList<>(List.of(GraphTable.HEAD));
    private final List<String> misses = new ArrayList<>();
    private boolean all;
    private String tsv = "";
    private String missesFile = "";

    private GraphBench() {}

    /** Runs the benchmark. The first argument is the Maven launcher. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        GraphBench bench = new GraphBench();
        if (arguments.length == 0 || !bench.read(List.of(arguments).subList(1, arguments.length))) {
            System.err.print(USAGE);
            System.exit(2);
        }
        List<String> refused = bench.refused();
        if (!refused.isEmpty()) {
            refused.forEach(System.err::println);
            System.exit(2);
        }
        bench.run(Path.of(arguments[0]).toAbsolutePath());
    }

    private boolean read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            boolean hasValue = i + 1 < arguments.size();
            if (argument.equals("--all")) {
                all = true;
            } else if (argument.equals("--tsv") && hasValue) {
                tsv = arguments.get(++i);
            } else if (argument.equals("--misses") && hasValue) {
                missesFile = arguments.get(++i);
            } else if (argument.equals("--cp") && hasValue) {
                Stream.of(arguments.get(++i).split(File.pathSeparator, -1))
                        .filter(jar -> !jar.isEmpty())
                        .map(Path::of)
                        .forEach(classPath::add);
            } else if (argument.startsWith("--")) {
                return false;
            } else {
                operands.add(argument);
            }
        }
        return all || operands.size() >= 2;
    }

    /** What cannot be read of the jars that are given; told before anything is indexed. */
    private List<String> refused() {
        Stream<Path> classes = all ? Stream.empty() : operands.stream().skip(1).map(Path::of);
        return Stream.concat(classes, classPath.stream())
                .flatMap(entry -> ClassPool.refusal(entry).stream())
                .toList();
    }

    private void run(Path maven) throws IOException, InterruptedException {
        if (all) {
            published(maven);
        } else {
            Path sources = Path.of(operands.getFirst());
            List<Path> jars =
                    operands.subList(1, operands.size()).stream().map(Path::of).toList();
            print(new Subject(String.valueOf(sources.getFileName()), sources, jars, classPath));
        }
    }

    private void published(Path maven) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("quarry-bench");
        try {
            LibraryFetch fetch = new LibraryFetch(maven, work);
            for (PinnedLibrary library : PinnedLibrary.all()) {
                if (isWanted(library.name())) {
                    print(fetch.fetch(library));
                }
            }
            if (isWanted(JdkSources.MODULE)) {
                Optional<Subject> jdk = JdkSources.unpack(work);
                if (jdk.isPresent()) {
                    print(jdk.get());
                } else {
                    System.err.println(JdkSources.MODULE + " is left out: this JDK has no lib/src.zip");
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(work)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private boolean isWanted(String library) {
        return operands.isEmpty() || operands.contains(library);
    }

    private void print(Subject subject) throws IOException {
        for (GraphTable table : GraphTable.of(subject)) {
            System.out.println(table.text());
            lines.addAll(table.tsv());
            misses.addAll(table.differences());
        }
        if (!tsv.isEmpty()) {
            Files.write(Path.of(tsv), lines);
        }
        if (!missesFile.isEmpty()) {
            Files.write(Path.of(missesFile), misses);
        }
    }
}
