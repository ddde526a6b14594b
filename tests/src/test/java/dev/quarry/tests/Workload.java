package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.Backup;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StagedDirectory;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.StoreRestore;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A command that writes, and what must hold when it was ended or failed at any moment: {@link FailingWritesTest} and {@link
 * KilledCommandsTest} run each of them.
 */
enum Workload {
    FIRST_INDEX {
        @Override
        void prepare(Place place) {
            place.expect(List.of(), place.clean());
        }

        @Override
        List<String> command(Place place) {
            return index(place, "--no-embed");
        }

        @Override
        void check(Place place, boolean acknowledged) {
            checkIndex(place, acknowledged);
        }
    },

    INDEX_AFTER_EDITS {
        @Override
        void prepare(Place place) {
            Indexing.index(place.sources(), place.store());
            List<String> before = StoreDump.of(place.store());
            place.edit();
            place.expect(before, place.clean());
        }

        @Override
        List<String> command(Place place) {
            return index(place, "--no-embed");
        }

        @Override
        void check(Place place, boolean acknowledged) {
            checkIndex(place, acknowledged);
        }
    },

    VECTORS {
        @Override
        void prepare(Place place) {
            Indexing.index(place.sources(), place.store());
            Path clean = place.scratch();
            embed(place.sources(), clean);
            place.expect(StoreDump.of(place.store()), StoreDump.withVectors(clean));
        }

        @Override
        List<String> command(Place place) {
            return index(place);
        }

        @Override
        void check(Place place, boolean acknowledged) {
            assertThat(place.after()).anyMatch(line -> line.startsWith("vector "));
            SoundStore.assertWhole(place.store(), place.before());
            if (acknowledged) {
                assertThat(StoreDump.withVectors(place.store())).isEqualTo(place.after());
            }
            embed(place.sources(), place.store());
            SoundStore.verify(place.store());
            assertThat(StoreDump.withVectors(place.store())).isEqualTo(place.after());
        }
    },

    BACKUP {
        @Override
        void prepare(Place place) {
            Indexing.index(place.sources(), place.store());
            place.expect(List.of(), StoreDump.of(place.store()));
        }

        @Override
        List<String> command(Place place) {
            return backup(place);
        }

        @Override
        void check(Place place, boolean acknowledged) {
            checkBackup(place, acknowledged);
        }
    },

    BACKUP_REPLACED {
        @Override
        void prepare(Place place) {
            Indexing.index(place.sources(), place.store());
            Backup.make(place.store(), place.backup(), false);
            List<String> before = StoreDump.of(place.store());
            place.edit();
            Indexing.index(place.sources(), place.store());
            place.expect(before, StoreDump.of(place.store()));
        }

        @Override
        List<String> command(Place place) {
            return backup(place, "--replace");
        }

        @Override
        void check(Place place, boolean acknowledged) {
            checkBackup(place, acknowledged);
        }
    },

    RESTORE {
        @Override
        void prepare(Place place) {
            Path store = place.scratch();
            Indexing.index(place.sources(), store);
            Backup.make(store, place.backup(), false);
            place.expect(List.of(), StoreDump.of(store));
        }

        @Override
        List<String> command(Place place) {
            return restore(place);
        }

        @Override
        void check(Place place, boolean acknowledged) {
            checkRestore(place, acknowledged);
        }
    },

    RESTORE_REPLACED {
        @Override
        void prepare(Place place) {
            BACKUP_REPLACED.prepare(place);
            place.expect(place.after(), place.before());
        }

        @Override
        List<String> command(Place place) {
            return restore(place, "--replace");
        }

        @Override
        void check(Place place, boolean acknowledged) {
            checkRestore(place, acknowledged);
        }
    };

    /** Makes what the command finds. */
    abstract void prepare(Place place);

    /** The words of the command. */
    abstract List<String> command(Place place);

    /**
     * Checks what an ended command has left, then lets it be done again, and checks that as well.
     *
     * @param acknowledged whether the command said that it is done
     */
    abstract void check(Place place, boolean acknowledged);

    private static List<String> index(Place place, String... options) {
        return words("index", place.store(), place.sources(), options);
    }

    private static List<String> backup(Place place, String... options) {
        return words("backup", place.store(), place.backup(), options);
    }

    private static List<String> restore(Place place, String... options) {
        return words("restore", place.store(), place.backup(), options);
    }

    private static List<String> words(String command, Path store, Path operand, String... options) {
        List<String> words = new java.util.ArrayList<>(List.of(command, "--store", store.toString()));
        words.addAll(List.of(options));
        words.add(operand.toString());
        return words;
    }

    private static void embed(Path sources, Path store) {
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            workspace.index(sources, IndexOptions.defaults(), IndexProgress.NONE);
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
