package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);

    @TempDir
    private Path folder;

    private Path store = Path.of("");
    private Path backup = Path.of("");
    private Path restored = Path.of("");

    @BeforeEach
    void place() {
        store = folder.resolve("store");
        backup = folder.resolve("backup");
        restored = folder.resolve("restored");
    }

    private void write() {
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            Fixture.fill(graph);
        }
    }

    @Test
    void unpack_backup_givesTheSameStore() {
        write();

        BackupManifest manifest = Backup.make(store, backup, false);
        Backup.unpack(backup, restored);

        assertThat(dump(restored)).isNotEmpty().isEqualTo(dump(store));
        assertThat(manifest).isEqualTo(Backup.manifest(backup));
        try (GraphStore graph = GraphStore.open(restored, OPTIONS)) {
            assertThat(graph.sequence()).isEqualTo(manifest.sequence());
            assertThat(graph.vectorSequence()).isEqualTo(manifest.vectorSequence());
        }
    }

    @Test
    void make_besideAWriter_holdsAllUpToOneCommit() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            Generations.apply(graph, 0);
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int generation = 1; !ended.get(); generation++) {
                    Generations.apply(graph, generation);
                }
            });
            try {
                for (int i = 0; i < 5; i++) {
                    long before = graph.sequence();
                    BackupManifest manifest = Backup.make(store, backup, i > 0);
                    assertThat(manifest.sequence()).isBetween(before, graph.sequence());
                    Path copy = folder.resolve("copy" + i);
                    Backup.unpack(backup, copy);
                    Findings findings = new Findings();
                    try (GraphStore restoredGraph = GraphStore.open(copy, OPTIONS)) {
                        restoredGraph.check(false, findings);
                        assertThat(restoredGraph.sequence()).isEqualTo(manifest.sequence());
                    }
                    assertThat(findings.tally(StoreCheck.COUNT).kept()).isEmpty();
                }
            } finally {
                ended.set(true);
                writer.join();
            }
        }
    }

    @Test
    void make_targetIsThere_isRefusedUnlessReplaced() throws IOException {
        write();
        Backup.make(store, backup, false);

        assertRefused(ErrorCode.BAD_INPUT, () -> Backup.make(store, backup, false));
        Backup.make(store, backup, true);
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("precious"), "text");
        assertRefused(ErrorCode.BAD_INPUT, () -> Backup.make(store, other, true));

        assertThat(other.resolve("precious")).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("store", "backup", "other");
        }
    }

    @Test
    void make_noStore_isNotFound() {
        assertRefused(ErrorCode.NOT_FOUND, () -> Backup.make(store, backup, false));
        assertThat(backup).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", ".sst", "CURRENT"})
    void unpack_fileChanged_isRefused(String name) throws IOException {
        write();
        Backup.make(store, backup, false);
        Path file = file(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertRefused(ErrorCode.STORE_DAMAGED, () -> Backup.unpack(backup, restored));
    }

    @Test
    void unpack_fileMissing_isRefused() throws IOException {
        write();
        Backup.make(store, backup, false);
        Files.delete(file(".sst"));

        assertRefused(ErrorCode.STORE_DAMAGED, () -> Backup.unpack(backup, restored));
    }

    @Test
    void manifest_ofANewerSchemaOrFormat_isRefused() throws IOException {
        Files.createDirectory(backup);
        new BackupManifest(99, 1, 1, List.of()).write(backup);
        assertRefused(ErrorCode.STORE_TOO_NEW, () -> Backup.manifest(backup));

        Files.writeString(backup.resolve("manifest"), "quarry-backup 2\nwhatever\n");
        assertRefused(ErrorCode.STORE_TOO_NEW, () -> Backup.manifest(backup));
    }

    @Test
    void manifest_partOutsideOfTheStore_isRefused() throws IOException {
        Files.createDirectory(backup);
        BackupManifest.Part part = new BackupManifest.Part("../outside", 0, dev.quarry.schema.ContentHash.ofText(""));
        new BackupManifest(3, 1, 1, List.of(part)).write(backup);

        assertRefused(ErrorCode.STORE_DAMAGED, () -> Backup.manifest(backup));
    }

    @Test
    void beside_leftoverOfAProcessThatIsGone_isDeleted() throws IOException {
        Path left = Files.createDirectory(folder.resolve(".backup." + Long.MAX_VALUE + ".part"));
        Path foreign = Files.createDirectory(folder.resolve(".backup.of-mine.part"));

        StagedDirectory.beside(backup).close();

        assertThat(left).doesNotExist();
        assertThat(foreign).exists();
    }

    private Path file(String name) throws IOException {
        return DurableFiles.files(backup).stream()
                .filter(file -> file.getFileName().toString().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static List<String> dump(Path directory) {
        try (GraphStore graph = GraphStore.open(directory, OPTIONS)) {
            return GraphDump.of(graph);
        }
    }
}
