package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session follows random edits of small repositories: files of a large one that use each other, so that most edits bear on
 * another file, and much that they use is missing.
 *
 * <p>They are the same at each run, so that a change is not blamed for what it did not do. Others are looked for with {@code
 * -Dquarry.seed=N -Dquarry.repositories=N}, of other sources with {@code -Dquarry.sources=DIRECTORY}.
 */
class RandomRepositoriesTest {
    private static final Pattern TYPE_NAME = Pattern.compile("\\b[A-Z]\\w+");
    private static final int FOLLOWED = 6;

    private final long seed = Long.getLong("quarry.seed", 1);
    private final int repositories = Integer.getInteger("quarry.repositories", 3);
    private final int files = Integer.getInteger("quarry.files", 24);
    private final int commits = Integer.getInteger("quarry.commits", 12);

    @TempDir
    private Path folder;

    /** A file, some of those whose types it names, some of those that they name, and so on. */
    private Set<String> choose(Map<String, String> texts, Random random) {
        Map<String, String> byType = new HashMap<>();
        texts.keySet().forEach(path -> byType.put(RandomEdits.typeOf(path), path));
        List<String> all = List.copyOf(texts.keySet());
        Set<String> chosen = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>();
        while (chosen.size() < Math.min(files, all.size())) {
            String path = open.isEmpty() ? all.get(random.nextInt(all.size())) : open.poll();
            if (chosen.add(path)) {
                List<String> used = new ArrayList<>(TYPE_NAME
                        .matcher(texts.getOrDefault(path, ""))
                        .results()
                        .map(MatchResult::group)
                        .map(byType::get)
                        .filter(other -> other != null && !chosen.contains(other))
                        .toList());
                Collections.shuffle(used, random);
                open.addAll(used.subList(0, Math.min(FOLLOWED, used.size())));
            }
        }
        return chosen;
    }

    @Test
    void run_afterRandomEdits_equalsACleanRun() throws IOException {
        Map<String, String> texts = RandomEdits.texts(Path.of(System.getProperty("quarry.sources", "src/main/java")));
        int parts = 0;
        for (int i = 0; i < repositories; i++) {
            Path root = Files.createDirectory(folder.resolve("repository" + i));
            for (String path : choose(texts, new Random(seed + i))) {
                Graph.write(root, path, texts.getOrDefault(path, ""));
            }
            parts += follow(root, seed + i);
        }
        assertThat(parts).as("seed %s: runs over a part of the files", seed).isPositive();
    }

    /** How many of the runs after edits were over a part of the files. */
    private int follow(Path root, long of) {
        RandomEdits edits = new RandomEdits(root, new Random(of));
        SessionFacts known = new SessionFacts();
        int parts = 0;
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            for (int commit = 0; commit < commits; commit++) {
                edits.edit(1 + commit % 3);
                IngestReport report = known.run(session, root);
                parts += report.whole() ? 0 : 1;
                String what =
                        "-Dquarry.seed=" + of + " -Dquarry.repositories=1, commit " + commit + ": " + edits.done();
                known.assertEqualToClean(report, root, what + ", bound again: " + known.given);
            }
        }
        return parts;
    }
}
