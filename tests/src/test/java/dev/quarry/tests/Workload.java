package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.Backup;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.server.GarbageOptions;
import dev.quarry.server.GarbageReport;
import dev.quarry.server.HistoryRequest;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Retention;
import dev.quarry.server.StoreRestore;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A command that writes, and what must hold when it was ended or failed at any moment: {@link FailingWritesTest} and {@link
 * KilledCommandsTest} run each of them, or those that {@code -Dquarry.workloads=NAME,…} names.
 *
 * @param preparation makes what the command finds
 * @param words the words of the command
 * @param check what must hold afterwards
 */
record Workload(String name, Consumer<Place> preparation, Function<Place, List<String>> words, Check check) {
    private static final List<Workload> ALL = List.of(
            new Workload(
                    "first_index",
                    place -> place.expect(List.of(), place.clean()),
                    place -> words("index", place.store(), place.sources(), "--no-embed"),
                    Workload::checkIndex),
            new Workload(
                    "index_after_edits",
                    Workload::indexAndEdit,
                    place -> words("index", place.store(), place.sources(), "--no-embed"),
                    Workload::checkIndex),
            new Workload(
                    "vectors",
                    Workload::indexWithoutVectors,
                    place -> words("index", place.store(), place.sources()),
                    Workload::checkVectors),
            new Workload(
                    "history",
                    Workload::indexSomeCommits,
                    place -> words("index", place.store(), place.sources(), "--no-embed", "--history"),
                    Workload::checkHistory),
            new Workload(
                    "collection",
                    Workload::indexTwiceWithVectors,
                    place -> words("gc", place.store(), "--keep-vectors", "0", "--keep-states", "1"),
                    Workload::checkCollection),
            new Workload(
                    "backup",
                    Workload::indexOnly,
                    place -> words("backup", place.store(), place.backup()),
                    Workload::checkBackup),
            new Workload(
                    "backup_replaced",
                    Workload::backUpAndEdit,
                    place -> words("backup", place.store(), place.backup(), "--replace"),
                    Workload::checkBackup),
            new Workload(
                    "restore",
                    Workload::backUpOnly,
                    place -> words("restore", place.store(), place.backup()),
                    Workload::checkRestore),
            new Workload(
                    "restore_replaced",
                    place -> {
                        backUpAndEdit(place);
                        place.expect(place.after(), place.before());
                    },
                    place -> words("restore", place.store(), place.backup(), "--replace"),
                    Workload::checkRestore));

    private static final IndexOptions HISTORY_WANTED = IndexOptions.defaults()
            .withEmbed(false)
            .withHistory(Optional.of(new HistoryRequest("", HistoryRequest.NO_LIMIT)));
    private static final GarbageOptions ALL_GARBAGE =
            new GarbageOptions(false, 0, Set.of(), new Retention(OptionalInt.of(1), Optional.empty()));

    /** What must hold afterwards. */
    @FunctionalInterface
    interface Check {
        /** Checks what a command has left that was done, or that was ended or failed. */
        void of(Place place, boolean acknowledged);
    }

    /** Those to be tried. */
    static Stream<Workload> chosen() {
        String names = System.getProperty("quarry.workloads", "");
        return ALL.stream()
                .filter(workload -> names.isEmpty() || List.of(names.split(",")).contains(workload.name));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Makes what the command finds. */
    void prepare(Place place) {
        preparation.accept(place);
    }

    /** The words of the command. */
    List<String> command(Place place) {
        return words.apply(place);
    }

    /**
     * Checks what an ended command has left, then lets it be done again, and checks that as well.
     *
     * @param acknowledged whether the command said that it is done
     */
    void check(Place place, boolean acknowledged) {
        check.of(place, acknowledged);
    }

    private static List<String> words(String command, Path store, Path operand, String... options) {
        List<String> words = new ArrayList<>(words(command, store, options));
        words.add(operand.toString());
        return words;
    }

    private static List<String> words(String command, Path store, String... options) {
        List<String> words = new ArrayList<>(List.of(command, "--store", store.toString()));
        words.addAll(List.of(options));
        return words;
    }

    private static void indexOnly(Place place) {
        Indexing.index(place.sources(), place.store());
        place.expect(List.of(), StoreDump.of(place.store()));
    }

    private static void indexAndEdit(Place place) {
        Indexing.index(place.sources(), place.store());
        List<String> before = StoreDump.of(place.store());
        place.edit();
        place.expect(before, place.clean());
    }

    private static void indexWithoutVectors(Place place) {
        Indexing.index(place.sources(), place.store());
        Path clean = place.scratch();
        index(place.sources(), clean, IndexOptions.defaults());
        place.expect(StoreDump.of(place.store()), StoreDump.withVectors(clean));
    }

    /** Leaves a store with a save between commits that it does not know, and one behind them. */
    private static void indexSomeCommits(Place place) {
        place.commit();
        place.edit();
        place.commit();
        place.edit();
        Indexing.index(place.sources(), place.store());
        place.commit();
        place.edit();
        place.commit();
        place.edit();
        Indexing.index(place.sources(), place.store());
        List<String> before = history(place, place.store());
        Path clean = place.scratch();
        Place.copy(place.store(), clean);
        index(place.sources(), clean, HISTORY_WANTED);
        place.expect(before, history(place, clean));
        assertThat(place.after()).containsSubsequence(before).hasSize(before.size() + 4);
    }

    private static void indexTwiceWithVectors(Place place) {
        index(place.sources(), place.store(), IndexOptions.defaults());
        place.edit();
        index(place.sources(), place.store(), IndexOptions.defaults());
        List<String> now = StoreDump.withVectors(place.store());
        place.expect(now, now);
    }

    private static void backUpOnly(Place place) {
        Path store = place.scratch();
        Indexing.index(place.sources(), store);
        Backup.make(store, place.backup(), false);
        place.expect(List.of(), StoreDump.of(store));
    }

    private static void backUpAndEdit(Place place) {
        Indexing.index(place.sources(), place.store());
        Backup.make(place.store(), place.backup(), false);
        List<String> before = StoreDump.of(place.store());
        place.edit();
        Indexing.index(place.sources(), place.store());
        place.expect(before, StoreDump.of(place.store()));
    }

    private static void index(Path sources, Path store, IndexOptions options) {
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(sources, options, IndexProgress.NONE);
        }
    }

    private static void checkIndex(Place place, boolean acknowledged) {
        if (acknowledged) {
            SoundStore.assertWhole(place.store(), place.after());
        } else if (GraphStore.exists(place.store())) {
            SoundStore.assertBetween(place.store(), place.before(), place.after());
        } else {
            assertThat(place.before()).as("what was acknowledged").isEmpty();
        }
        Indexing.index(place.sources(), place.store());
        SoundStore.assertWhole(place.store(), place.after());
    }

    private static void checkVectors(Place place, boolean acknowledged) {
        assertThat(place.after()).anyMatch(line -> line.startsWith("vector "));
        SoundStore.assertWhole(place.store(), place.before());
        if (acknowledged) {
            assertThat(StoreDump.withVectors(place.store())).isEqualTo(place.after());
        }
        index(place.sources(), place.store(), IndexOptions.defaults());
        SoundStore.verify(place.store());
        assertThat(StoreDump.withVectors(place.store())).isEqualTo(place.after());
    }

    /** What was a state stays one, and what comes between comes whole. */
    private static void checkHistory(Place place, boolean acknowledged) {
        SoundStore.verify(place.store());
        List<String> found = history(place, place.store());
        assertThat(found).containsSubsequence(place.before());
        assertThat(place.after()).containsSubsequence(found);
        if (acknowledged) {
            assertThat(found).isEqualTo(place.after());
        }
        index(place.sources(), place.store(), HISTORY_WANTED);
        assertThat(history(place, place.store())).isEqualTo(place.after());
        SoundStore.assertCurrent(place.store());
    }

    private static List<String> history(Place place, Path store) {
        return HistoryDump.of(store, place.copy());
    }

    private static void checkCollection(Place place, boolean acknowledged) {
        SoundStore.verify(place.store());
        assertThat(StoreDump.withVectors(place.store())).isEqualTo(place.before());
        try (Workspace workspace = Workspace.open(place.store(), WorkspaceOptions.forWriting())) {
            GarbageReport left = workspace.collectGarbage(ALL_GARBAGE, IndexProgress.NONE);
            if (acknowledged) {
                assertThat(left.items())
                        .allSatisfy(item ->
                                assertThat(item.count()).as("%s", item.kind()).isZero());
            }
            assertThat(workspace.graph().history().states()).hasSize(1);
            assertThat(workspace.graph().status().vectors())
                    .isEqualTo(place.after().stream()
                            .filter(line -> line.startsWith("vector "))
                            .map(line -> line.substring(line.lastIndexOf(' ')))
                            .distinct()
                            .count());
        }
        SoundStore.verify(place.store());
        assertThat(StoreDump.withVectors(place.store())).isEqualTo(place.after());
    }

    private static void checkBackup(Place place, boolean acknowledged) {
        SoundStore.assertWhole(place.store(), place.after());
        StagedDirectory.recover(place.backup());
        if (Files.exists(place.backup())) {
            checkOutcome(place, SoundStore.restored(place.backup(), place.scratch()), acknowledged);
        } else {
            assertThat(acknowledged || !place.before().isEmpty())
                    .as("a backup that is missing was made")
                    .isFalse();
        }
        Backup.make(place.store(), place.backup(), true);
        assertThat(SoundStore.restored(place.backup(), place.scratch())).isEqualTo(place.after());
        assertThat(place.names()).containsExactly("backup", "store");
    }

    private static void checkRestore(Place place, boolean acknowledged) {
        StagedDirectory.recover(place.store());
        if (Files.exists(place.store())) {
            checkOutcome(place, SoundStore.recovered(place.store()), acknowledged);
        } else {
            assertThat(acknowledged || !place.before().isEmpty())
                    .as("a store that is missing was there")
                    .isFalse();
        }
        StoreRestore.restore(place.backup(), place.store(), true, IndexProgress.NONE);
        SoundStore.assertWhole(place.store(), place.after());
        assertThat(place.names()).containsExactly("backup", "store");
    }

    private static void checkOutcome(Place place, List<String> dump, boolean acknowledged) {
        if (acknowledged) {
            assertThat(dump).isEqualTo(place.after());
        } else {
            assertThat(dump).isIn(place.before(), place.after());
        }
    }
}
