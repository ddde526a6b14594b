package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores whose files are not what was written. */
class DamagedStoreTest {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);

    @TempDir
    private Path directory;

    @BeforeEach
    void write() {
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            Generations.apply(store, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST", ".sst"})
    void use_fileOverwritten_saysDamaged(String kind) throws IOException {
        Path file = file(kind);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 0, bytes.length - bytes.length / 4, (byte) 'x');
        Files.write(file, bytes);

        assertDamaged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", ".sst"})
    void use_fileCut_saysDamaged(String kind) throws IOException {
        Path file = file(kind);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 3));

        assertDamaged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST", ".sst"})
    void use_fileMissing_saysDamaged(String kind) throws IOException {
        Files.delete(file(kind));

        assertDamaged();
    }

    @Test
    void open_fileInPlaceOfTheDirectory_saysDamaged() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");

        assertThatThrownBy(() -> GraphStore.open(file, OPTIONS))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_DAMAGED))
                .hasMessageContaining(file.toString());
    }

    @Test
    void open_creationInterrupted_makesANewStore() throws IOException {
        Path young = directory.resolve("young");
        Files.createDirectories(young.resolve("graph/engine/data"));
        Files.writeString(young.resolve("graph/engine/data/MANIFEST-000001"), "half");
        Files.writeString(young.resolve("graph/engine/staging.sst"), "half");

        try (GraphStore store = GraphStore.open(young, OPTIONS)) {
            assertThat(store.sequence()).isZero();
        }
        assertThat(young.resolve("graph/engine/staging.sst")).doesNotExist();
    }

    /** The largest of the engine's files of this kind. */
    private Path file(String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("graph/engine/data"))) {
            return files.filter(file -> file.getFileName().toString().contains(kind))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private void assertDamaged() {
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_DAMAGED))
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("delete it and index again");
        // Whoever failed to open it must not hold it.
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_DAMAGED));
    }

    private void readAll() {
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            store.forEachNode(node -> {});
            for (EdgeKind kind : List.of(EdgeKind.values())) {
                store.forEachEdge(kind, edge -> {});
            }
            store.files().values().forEach(stored -> store.text(stored.file().raw()));
        }
    }
}
