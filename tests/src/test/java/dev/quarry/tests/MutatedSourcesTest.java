package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Published sources, damaged: every file ends in facts with a status whatever its text, and the files beside the damaged
 * ones keep what does not depend on these.
 *
 * <p>{@code -Dquarry.test.args=-Dquarry.mutants=10000} damages so many files, {@code -Dquarry.seed} there repeats a run.
 */
class MutatedSourcesTest {
    @TempDir
    private Path folder;

    @Test
    void run_damagedFiles_losesNoneAndLeavesTheOthersAlone() throws IOException {
        int wanted = Integer.getInteger("quarry.mutants", 150);
        long seed = Long.getLong("quarry.seed", 1);
        String asked = "-Dquarry.seed=" + seed;
        SplittableRandom random = new SplittableRandom(seed);
        Path sources = Corpus.COMMONS_LANG.unpackSources(folder.resolve("whole"));
        IndexRun whole = IndexRun.of(sources);
        Map<FileStatus, Integer> statuses = new EnumMap<>(FileStatus.class);
        int damaged = 0;
        for (int round = 0; damaged < wanted; round++) {
            Path root = folder.resolve("round" + round);
            Set<String> paths = DamagedSources.damage(sources, root, wanted - damaged, random);
            IndexRun run = IndexRun.of(root);
            damaged += paths.size();
            assertThat(run.files().keySet()).as(asked).isEqualTo(whole.files().keySet());
            for (FileFacts facts : run.files().values()) {
                statuses.merge(facts.file().status(), 1, Integer::sum);
                assertSound(facts, run, asked);
                if (!paths.contains(facts.file().path())) {
                    assertUnharmed(
                            Objects.requireNonNull(
                                    whole.files().get(facts.file().path())),
                            facts,
                            asked);
                }
            }
        }
        System.err.println(asked + " files=" + damaged + " " + statuses);
        assertThat(statuses.keySet()).as(asked).contains(FileStatus.INDEXED, FileStatus.PARTIAL);
    }

    /** A file with text has declarations or says why not; its edges have both ends. */
    private static void assertSound(FileFacts facts, IndexRun run, String seed) {
        String what = seed + " " + facts.file();
        assertThat(facts.file().problem()).as(what).doesNotContain("failed", "could not be read");
        if (facts.file().status() == FileStatus.PARTIAL) {
            assertThat(facts.file().problem()).as(what).isNotEmpty();
        }
        assertThat(facts.edges())
                .as(what)
                .allMatch(edge ->
                        run.nodes().containsKey(edge.from()) && run.nodes().containsKey(edge.to()));
    }

    /** An intact file is read as before, to the hash, and each of its call sites ends somewhere. */
    private static void assertUnharmed(FileFacts before, FileFacts after, String seed) {
        String what = seed + " " + after.file().path();
        assertThat(after.file().status()).as(what).isEqualTo(before.file().status());
        assertThat(whole(after).content()).as(what).isEqualTo(whole(before).content());
        assertThat(after.file().coverage().sites())
                .as(what)
                .isEqualTo(before.file().coverage().sites());
    }

    private static Node whole(FileFacts facts) {
        return facts.nodes().stream()
                .filter(node -> node.kind() == NodeKind.FILE)
                .findFirst()
                .orElseThrow();
    }
}
