package dev.quarry.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code quarry-bench graph}: how the graph of sources compares with the class files that a compiler made of them.
 *
 * <p>Prints a table for each repository, and with {@code --tsv} writes all as tab-separated lines.
 */
public final class GraphBench {
    private static final String USAGE = """
            usage: quarry-bench graph [--tsv FILE] [--cp JAR:JAR…] SOURCES JAR…
                   quarry-bench graph [--tsv FILE] --all [ARTIFACT…]
            """;

    private final List<String> operands = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();
    private final List<String> lines = new ArrayList<>(List.of(GraphTable.HEAD));
    private boolean all;
    private String tsv = "";

    private GraphBench() {}

    /** Runs the benchmark. The first argument is the Maven launcher. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        GraphBench bench = new GraphBench();
        if (arguments.length == 0 || !bench.read(List.of(arguments).subList(1, arguments.length))) {
            System.err.print(USAGE);
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
            } else if (argument.equals("--cp") && hasValue) {
                for (String jar : arguments.get(++i).split(File.pathSeparator, -1)) {
                    classPath.add(Path.of(jar));
                }
            } else if (argument.startsWith("--")) {
                return false;
            } else {
                operands.add(argument);
            }
        }
        return all || operands.size() >= 2;
    }

    private void run(Path maven) throws IOException, InterruptedException {
        if (all) {
            published(maven);
        } else {
            Path sources = Path.of(operands.getFirst());
            List<Path> jars =
                    operands.subList(1, operands.size()).stream().map(Path::of).toList();
            print(GraphTable.of(String.valueOf(sources.getFileName()), sources, jars, classPath));
        }
        if (!tsv.isEmpty()) {
            Files.write(Path.of(tsv), lines);
        }
    }

    private void published(Path maven) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("quarry-bench");
        try {
            for (PublishedLibrary library : PublishedLibrary.values()) {
                if (operands.isEmpty() || operands.stream().anyMatch(library::isNamed)) {
                    print(library.score(maven, work));
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

    private void print(GraphTable table) {
        System.out.println(table.text());
        lines.addAll(table.tsv());
    }
}
