package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLocationTest {
    @TempDir
    Path directory;

    @Test
    void existing_fromADeepDirectory_isTheNearestAbove() throws IOException {
        Path deep = Files.createDirectories(directory.resolve("a/b/c"));
        Path store = Files.createDirectories(directory.resolve("a/.quarry"));
        Files.createDirectories(directory.resolve(".quarry"));
        assertThat(StoreLocation.existing(Optional.empty(), deep)).isEqualTo(store);
    }

    @Test
    void existing_none_isNotFound() {
        assertThatThrownBy(() -> StoreLocation.existing(Optional.empty(), directory))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining("quarry index DIR");
    }

    @Test
    void prepare_newStore_isIgnoredByGit() throws IOException {
        Path store = directory.resolve("x/.quarry");
        StoreLocation.prepare(store);
        assertThat(store.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void prepare_underAFile_isAStorageFailureThatNamesIt() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> StoreLocation.prepare(file.resolve("store")))
                .isInstanceOf(QuarryException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--store");
    }

    @Test
    void forRepository_withoutOption_isInTheRepository() {
        assertThat(StoreLocation.forRepository(directory.resolve("r"), Optional.empty(), directory))
                .isEqualTo(directory.resolve("r/.quarry"));
    }
}
