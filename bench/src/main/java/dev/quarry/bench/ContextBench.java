package dev.quarry.bench;

import dev.quarry.bench.ContextWay.Content;
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
public final class ContextBench extends EvalArguments {
    private static final String USAGE = """
            usage: quarry-bench context --sets DIR [--work DIR] [--tsv FILE] [--tokens N] [--questions N] [--seed N] [SET…]
            """;

    private int tokens = 8_000;
    private int questions = 200;

    private ContextBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        ContextBench bench = new ContextBench();
        if (bench.readOrExplain(arguments, USAGE)) {
            bench.run();
        }
    }

    @Override
    boolean own(String option, String value) {
        switch (option) {
            case "--tokens" -> tokens = Integer.parseInt(value);
            case "--questions" -> questions = Integer.parseInt(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void run() throws IOException {
        ContextTable all = new ContextTable("all", new Bootstrap(seed()));
        List<String> rows = new ArrayList<>(List.of(ContextTable.HEAD));
        for (RepositoryTask task : tasks(files())) {
            if (wants(task.name())) {
                ContextTable table = new ContextTable(task.name(), new Bootstrap(seed()));
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
        if (!tsv().isEmpty()) {
            Files.write(Path.of(tsv()), rows);
        }
    }

    private static double recall(Content content, Set<String> gold) {
        long inside = gold.stream().filter(content.documents()::contains).count();
        return gold.isEmpty() ? 0 : (double) inside / gold.size();
    }

    private List<RepositoryTask> tasks(EvalFiles files) throws IOException {
        List<RepositoryTask> tasks = new ArrayList<>();
        for (String set : files.sets("csn-", "-queries.jsonl.gz")) {
            tasks.add(new LibraryTask(files, set, work(), IndexOptions.defaults()));
        }
        for (String set : files.sets("commits-", "-queries.jsonl.gz")) {
            tasks.add(new CommitTask(files, set, work()));
        }
        return tasks;
    }

    /** Some of the questions, in the same order. */
    private List<EvalQuery> drawn(List<EvalQuery> queries) {
        List<EvalQuery> shuffled = new ArrayList<>(queries);
        Collections.shuffle(shuffled, new Random(seed()));
        Set<EvalQuery> some = new HashSet<>(shuffled.subList(0, Math.min(questions, shuffled.size())));
        return queries.stream().filter(some::contains).toList();
    }
}
