package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store and its index against a plain map that is told the same, also while the log moves. */
class AnswerStoreTest {
    private static final long SEED = 31;
    private static final int STEPS = 12_000;
    private static final int IDS = 200;
    private static final int DIMENSION = 16;
    private static final CacheScope SCOPE = new CacheScope("t", "r", "main", "model", "1");
    private static final CacheRules RULES =
            new CacheRules(IDS, 1_000, Duration.ofHours(1), CacheRules.Eviction.LEAST_OFTEN, 0.9);
    private static final List<Citation> CITED =
            List.of(Citation.ofSyntax(NodeId.of(NodeKind.CLASS, "a.B", ""), ContentHash.ofText("before")));

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Map<String, CacheEntry> expected = new TreeMap<>();
    private final Map<String, String> texts = new TreeMap<>();

    private CacheEntry entry(String id) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return new CacheEntry(
                id,
                SCOPE,
                "gate" + random.nextInt(3),
                "1".repeat(random.nextInt(2)),
                QuestionNumbers.NONE,
                List.of(),
                Set.of(),
                1,
                false,
                Instant.EPOCH,
                1,
                0,
                Duration.ZERO,
                use(),
                QuestionVector.of(vector),
                CITED,
                0);
    }

    private CacheEntry.Use use() {
        return new CacheEntry.Use(
                random.nextInt(5),
                Instant.EPOCH.plusSeconds(random.nextInt(9)),
                random.nextInt(5) == 0,
                LearntThreshold.NONE);
    }

    @Test
    void changes_atRandom_leaveWhatAMapWouldHave_alsoAfterOpeningAgain() throws IOException {
        AnswerStore store = AnswerStore.open(folder.resolve("log"), RULES);
        long largest = 0;
        for (int step = 0; step < STEPS; step++) {
            change(store, Integer.toString(random.nextInt(IDS)), step);
            largest = Math.max(largest, store.bytes());
            if (step % 997 == 0) {
                check(store, step);
                store.close();
                assertThat(folder.resolve("log.new")).doesNotExist();
                store = AnswerStore.open(folder.resolve("log"), RULES);
            }
            if (step % 101 == 0) {
                check(store, step);
            }
        }
        store.close();
        assertThat(largest).as("what says nothing any more goes").isLessThan(1_000_000);
    }

    private void change(AnswerStore store, String id, int step) throws IOException {
        int what = random.nextInt(20);
        if (what == 0) {
            assertThat(store.drop(id)).isEqualTo(expected.remove(id) != null);
            texts.remove(id);
        } else if (what < 5) {
            CacheEntry before = expected.get(id);
            CacheEntry entry = before != null && random.nextBoolean() ? before.with(use()) : entry(id);
            store.put(entry, "question " + step, "answer " + step);
            expected.put(id, entry);
            texts.put(id, "question " + step + " answer " + step);
        } else if (expected.containsKey(id)) {
            CacheEntry.Use use = use();
            store.use(id, use);
            expected.computeIfPresent(id, (_, entry) -> entry.with(use));
        }
    }

    private void check(AnswerStore store, int step) throws IOException {
        AnswerIndex index = store.index();
        assertThat(index.size()).as("seed %d, step %d", SEED, step).isEqualTo(expected.size());
        assertThat(index.pinned()).isEqualTo((int) expected.values().stream()
                .filter(entry -> entry.use().isPinned())
                .count());
        for (CacheEntry entry : expected.values()) {
            CacheEntry found = index.get(entry.id()).orElseThrow();
            assertThat(found.at(0)).as("seed %d, step %d", SEED, step).isEqualTo(entry);
            assertThat(String.join(" ", store.texts(found))).isEqualTo(texts.get(entry.id()));
        }
        assertThat(index.first("none").map(CacheEntry::use).map(CacheEntry.Use::hits))
                .isEqualTo(expected.values().stream()
                        .map(CacheEntry::use)
                        .filter(use -> !use.isPinned())
                        .map(CacheEntry.Use::hits)
                        .min(Long::compare));
        checkNearest(index, step);
    }

    /** Whatever is close enough is among the nearest, where there is room for all. */
    private void checkNearest(AnswerIndex index, int step) {
        CacheEntry asked = entry("asked");
        List<CacheEntry> near = index.nearest(asked.key(), asked.vector(), IDS);
        checkNear(near, asked, CacheEntry::key, RULES.threshold(), step);
        List<CacheEntry> loose = index.nearestLoosely(asked.looseKey(), asked.vector(), IDS);
        checkNear(loose, asked, CacheEntry::looseKey, RULES.looseThreshold(), step);
    }

    private void checkNear(
            List<CacheEntry> near,
            CacheEntry asked,
            Function<CacheEntry, CacheEntry.Key> key,
            double threshold,
            int step) {
        List<CacheEntry> close = expected.values().stream()
                .filter(entry -> key.apply(entry).equals(key.apply(asked)))
                .filter(entry -> asked.vector().cosine(entry.vector()) >= threshold)
                .toList();
        assertThat(near)
                .as("seed %d, step %d", SEED, step)
                .doesNotHaveDuplicates()
                .allMatch(entry -> key.apply(entry).equals(key.apply(asked)))
                .extracting(CacheEntry::id)
                .containsAll(close.stream().map(CacheEntry::id).toList());
    }

    @Test
    void nearest_moreThanWanted_areTheClosestBySketch() throws IOException {
        try (AnswerStore store = AnswerStore.open(folder.resolve("log"), RULES)) {
            QuestionVector asked = QuestionVector.of(new float[] {1, 0, 0});
            for (int i = 0; i < 100; i++) {
                CacheEntry turned = turned("e" + i, i / 200.0);
                store.put(turned, "q", "a");
            }
            CacheEntry.Key key = turned("x", 0).key();
            assertThat(store.index().nearest(key, asked, 10))
                    .hasSize(10)
                    .extracting(CacheEntry::id)
                    .contains("e0");
            assertThat(store.index().nearest(key, asked, 10)).allMatch(entry -> asked.cosine(entry.vector()) > 0.95);
            assertThat(store.index().nearest(new CacheEntry.Key(SCOPE, "other"), asked, 10))
                    .isEmpty();
        }
    }

    private CacheEntry turned(String id, double angle) {
        QuestionVector vector = QuestionVector.of(new float[] {(float) Math.cos(angle), (float) Math.sin(angle), 0});
        CacheEntry entry = entry(id);
        return new CacheEntry(
                id,
                SCOPE,
                "gate",
                "",
                new QuestionNumbers(List.of("1"), List.of("2")),
                List.of("b", "a"),
                entry.words(),
                entry.sequence(),
                false,
                entry.kept(),
                1,
                0,
                entry.time(),
                entry.use(),
                vector,
                CITED,
                0);
    }

    @Test
    void move_thatIsCutOff_losesNothing() throws IOException {
        Path file = folder.resolve("log");
        Path copy = Files.createDirectory(folder.resolve("copy")).resolve("log");
        Optional<Integer> movingAt = Optional.empty();
        try (AnswerStore store = AnswerStore.open(file, RULES)) {
            for (int i = 0; i < IDS; i++) {
                CacheEntry entry = entry(Integer.toString(i));
                store.put(entry, "question", "answer " + i);
            }
            for (int i = 0; i < 5_000 && movingAt.isEmpty(); i++) {
                store.use("7", use());
                if (Files.exists(folder.resolve("log.new"))) {
                    movingAt = Optional.of(i);
                }
            }
            // As if the process were killed here.
            Files.copy(file, copy);
            Files.copy(folder.resolve("log.new"), copy.resolveSibling("log.new"));
        }
        assertThat(movingAt).isPresent();
        try (AnswerStore store = AnswerStore.open(copy, RULES)) {
            assertThat(store.index().size()).isEqualTo(IDS);
            for (CacheEntry entry : store.index().all()) {
                assertThat(store.texts(entry)).containsExactly("question", "answer " + entry.id());
            }
        }
    }
}
