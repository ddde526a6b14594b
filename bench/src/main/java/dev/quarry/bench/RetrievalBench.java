package dev.quarry.bench;

import dev.quarry.server.IndexOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code quarry-bench retrieval}: how well questions find code, by each leg alone and by all together.
 *
 * <p>Development sets are read from the folder of {@code --sets}: {@code NAME-queries.jsonl.gz} and {@code
 * NAME-corpus.jsonl.gz} of libraries ({@code csn-…}) and of histories ({@code commits-…}, with {@code -trees} and {@code
 * -blobs}), and {@code NAME-pool1000.jsonl.gz}. Their declarations become source files, which are indexed and asked as
 * any repository is; with {@code --instant} libraries alone, by vectors of the instant tier in place of the model's.
 * Stores, and with them the vectors, stay in the folder of {@code --work} between runs.
 */
public final class RetrievalBench extends EvalArguments {
    private static final String USAGE = """
            usage: quarry-bench retrieval --sets DIR [--work DIR] [--tsv FILE] [--ranks FILE] [--seed N] [--instant] [SET…]
            """;

    private final List<String> rows = new ArrayList<>(List.of(RetrievalTable.HEAD));
    private final List<String> ranks = new ArrayList<>(List.of("set\tquery\tway\tfirst_answer"));
    private String ranksFile = "";
    private boolean instant;

    private RetrievalBench() {}

    /** Runs the benchmark. */
    public static void main(String[] arguments) throws IOException {
        RetrievalBench bench = new RetrievalBench();
        if (bench.readOrExplain(arguments, USAGE)) {
            bench.run();
        }
    }

    @Override
    boolean toggle(String option) {
        boolean isKnown = option.equals("--instant");
        instant |= isKnown;
        return isKnown;
    }

    @Override
    boolean own(String option, String value) {
        boolean isKnown = option.equals("--ranks");
        ranksFile = isKnown ? value : ranksFile;
        return isKnown;
    }

    private void run() throws IOException {
        EvalFiles files = files();
        for (EvalTask task : tasks(files)) {
            if (wants(task.name())) {
                score(task);
                if (!tsv().isEmpty()) {
                    Files.write(Path.of(tsv()), rows);
                }
                if (!ranksFile.isEmpty()) {
                    Files.write(Path.of(ranksFile), ranks);
                }
            }
        }
    }

    private List<EvalTask> tasks(EvalFiles files) throws IOException {
        List<EvalTask> tasks = new ArrayList<>();
        IndexOptions defaults = IndexOptions.defaults();
        for (String set : files.sets("csn-", "-queries.jsonl.gz")) {
            tasks.add(
                    instant
                            ? new LibraryTask(files, set, work().resolve("instant"), defaults.withInstantOnly())
                            : new LibraryTask(files, set, work(), defaults));
        }
        if (instant) {
            return tasks;
        }
        for (String set : files.sets("csn-", PoolTask.PART)) {
            tasks.add(new PoolTask(files, set, work()));
        }
        for (String set : files.sets("commits-", "-queries.jsonl.gz")) {
            tasks.add(new CommitTask(files, set, work()));
        }
        return tasks;
    }

    private void score(EvalTask task) throws IOException {
        List<EvalQuery> queries = task.queries();
        List<Map<Way, List<String>>> answers = task.ask();
        RetrievalTable table = new RetrievalTable(task.name(), new Bootstrap(seed()));
        for (Way way : Way.values()) {
            List<RankMeasures> ofWay = new ArrayList<>();
            for (int i = 0; i < queries.size(); i++) {
                List<String> found = answers.get(i).getOrDefault(way, List.of());
                EvalQuery query = queries.get(i);
                ofWay.add(RankMeasures.of(found, query.gold()));
                int first = 1 + firstOf(found, query);
                ranks.add(String.join("\t", task.name(), query.id(), way.name(), first == 0 ? "" : "" + first));
            }
            table.add(way, ofWay);
        }
        System.out.print(table.text());
        rows.addAll(table.tsv());
    }

    private static int firstOf(List<String> found, EvalQuery query) {
        for (int i = 0; i < found.size(); i++) {
            if (query.gold().contains(found.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
