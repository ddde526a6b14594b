package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A limit for the size of files holds until another is named, and what else commands write of odd files. */
class RememberedLimitTest {
    private static final int FILLING = 1 << 20;

    @TempDir
    private Path folder;

    private Path sources;
    private Path store;

    @BeforeEach
    void write() throws IOException {
        sources = Files.createDirectories(folder.resolve("sources"));
        store = folder.resolve("store");
        Files.writeString(sources.resolve("Small.java"), "class Small {\n    Large large;\n}\n");
        Files.writeString(
                sources.resolve("Large.java"), "class Large extends Small {}\n// " + "x".repeat(FILLING) + "\n");
    }

    @Test
    void index_limitOfTheRunBefore_holdsWithAndWithoutAServer() {
        index("--max-file-mib", "1");
        assertThat(subtypes()).doesNotContain("Large.java");
        index();
        assertThat(subtypes()).doesNotContain("Large.java");

        try (ServingProcess server = ServingProcess.start(sources, store, Map.of())) {
            assertThat(server.isCurrent()).isTrue();
            assertThat(subtypes()).doesNotContain("Large.java");
            Quarry.Result served = index("--max-file-mib", "2", "--threads", "1", "--fresh");
            assertThat(served.err()).contains("--threads has no effect", "--fresh has no effect");
            assertThat(subtypes()).contains("Large.java");
            index();
            assertThat(subtypes()).contains("Large.java");
        }
        index();
        assertThat(subtypes()).contains("Large.java");
    }

    @Test
    void export_forPrograms_isOneDocumentOfTheRows() throws IOException {
        index();
        Quarry.Result export = Quarry.run(folder, "export", "inherits", "--json", "--store", store.toString());
        assertThat(export.status()).as(export.err()).isZero();
        JsonNode rows = new ObjectMapper().readTree(export.out());
        assertThat(rows.toString()).contains("[\"Large\",\"extends Small\"]");
        Quarry.Result none = Quarry.run(folder, "export", "routes", "--json", "--store", store.toString());
        assertThat(new ObjectMapper().readTree(none.out())).isEmpty();
    }

    @Test
    void cache_purgeOfAnAnswerThatIsNotThere_namesIt() {
        index();
        Quarry.Result purge = Quarry.run(folder, "cache", "purge", "nothing", "--store", store.toString());
        assertThat(purge.status()).isEqualTo(3);
        assertThat(purge.err()).contains("the cache has no answer nothing");
    }

    @Test
    void rows_ofAFileWithALineFeedInItsName_areOneLineEach() throws IOException {
        Files.writeString(sources.resolve("Odd\nName.java"), "class Odd extends Small {}\n");
        index();
        assertThat(subtypes().lines())
                .filteredOn(line -> line.contains("Name.java"))
                .hasSize(1)
                .first()
                .asString()
                .contains("Odd\\nName.java:1");
    }

    @Test
    void export_toAFullDisk_endsWith4() {
        index();
        Quarry.Result export = Quarry.run(
                folder,
                List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh"),
                "export",
                "inherits",
                "--store",
                store.toString());
        assertThat(export.status()).isEqualTo(4);
        assertThat(export.err()).contains("cannot be written");
    }

    private String subtypes() {
        return Quarry.run(folder, "subtypes", "Small", "--store", store.toString())
                .out();
    }

    private Quarry.Result index(String... options) {
        String[] words = new String[options.length + 5];
        System.arraycopy(
                new String[] {"index", "--no-embed", "--store", store.toString(), sources.toString()}, 0, words, 0, 5);
        System.arraycopy(options, 0, words, 5, options.length);
        Quarry.Result index = Quarry.run(folder, words);
        assertThat(index.status()).as(index.err()).isZero();
        return index;
    }
}
