package dev.quarry.bench;

import dev.quarry.bench.ContextWay.Content;
import dev.quarry.schema.QuarryCache;
import dev.quarry.server.IndexOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * {@code quarry-bench context}: how much of what a question needs is in a context of limited size.
 *
 * <p>The questions are those of {@link RetrievalBench}, of libraries and of histories; of each set some are drawn by the
 * seed. What is needed is the method that a sentence documents, or all that the files declare that a commit changes. The
 * context is packed by the product; by BM25 alone, with bodies or with signatures; and as a map of the repository that is
 * ranked as aider ranks it. All count tokens alike, and all but the product's own leave out what a reader could do without:
 * hashes, and, where there are but signatures, lines.
 */
public final class ContextBench {
    private static final String USAGE = """
            usage: quarry-bench context --sets DIR [--work DIR] [--tsv FILE] [--tokens N] [--questions N] [--seed N] [SET…]
            """;

    private final List<String> wanted = new ArrayList<>();
    private Path work = QuarryCache.directory().resolve("bench-retrieval");
    private String sets = "";
    private String tsv = "";
    private int tokens = 8_000;
    private int questions = 200;
    private long seed = 1;

    private ContextBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        ContextBench bench = new ContextBench();
        if (!bench.read(arguments)) {
            System.err.print(USAGE);
            System.exit(2);
        }
        if (!Files.isDirectory(Path.of(bench.sets))) {
            System.err.println("skipped: there are no development sets in '" + bench.sets
                    + "'; --sets names the folder that holds them");
            return;
        }
        bench.run();
    }

    private boolean read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                wanted.add(argument);
                continue;
            }
            if (++i == arguments.length) {
                return false;
            }
            switch (argument) {
                case "--sets" -> sets = arguments[i];
                case "--work" -> work = Path.of(arguments[i]);
                case "--tsv" -> tsv = arguments[i];
                case "--tokens" -> tokens = Integer.parseInt(arguments[i]);
                case "--questions" -> questions = Integer.parseInt(arguments[i]);
                case "--seed" -> seed = Long.parseLong(arguments[i]);
                default -> {
                    return false;
                }
            }
        }
        return !sets.isEmpty();
    }

    private void run() throws IOException {
        ContextTable all = new ContextTable("all", new Bootstrap(seed));
        List<String> rows = new ArrayList<>(List.of(ContextTable.HEAD));
        for (RepositoryTask task : tasks(new EvalFiles(Path.of(sets)))) {
            if (wanted.isEmpty() || wanted.contains(task.name())) {
                ContextTable table = new ContextTable(task.name(), new Bootstrap(seed));
                List<ContextWay> ways = List.of(
                        new QuarryContext(), new TextContext(true), new TextContext(false), new RankedMapContext());
                task.visit(drawn(task.queries()), (query, repository) -> {
                    Set<String> gold = task.gold(query, repository);
                    for (ContextWay way : ways) {
                        Content content = way.pack(repository, query.text(), tokens);
                        double recall = recall(content, gold);
                        table.add(way.title(), recall, content);
                        all.add(way.title(), recall, content);
                    }
                });
                System.out.print(table.text());
                rows.addAll(table.tsv());
            }
        }
        System.out.print(all.text());
        rows.addAll(all.tsv());
        if (!tsv.isEmpty()) {
            Files.write(Path.of(tsv), rows);
        }
    }

    private static double recall(Content content, Set<String> gold) {
        long inside = gold.stream().filter(content.documents()::contains).count();
        return gold.isEmpty() ? 0 : (double) inside / gold.size();
    }

    private List<RepositoryTask> tasks(EvalFiles files) throws IOException {
        List<RepositoryTask> tasks = new ArrayList<>();
        for (String set : files.sets("csn-", "-queries.jsonl.gz")) {
            tasks.add(new LibraryTask(files, set, work, IndexOptions.defaults()));
        }
        for (String set : files.sets("commits-", "-queries.jsonl.gz")) {
            tasks.add(new CommitTask(files, set, work));
        }
        return tasks;
    }

    /** Some of the questions, in the same order. */
    private List<EvalQuery> drawn(List<EvalQuery> queries) {
        List<EvalQuery> shuffled = new ArrayList<>(queries);
        Collections.shuffle(shuffled, new Random(seed));
        Set<EvalQuery> some = new HashSet<>(shuffled.subList(0, Math.min(questions, shuffled.size())));
        return queries.stream().filter(some::contains).toList();
    }
}
