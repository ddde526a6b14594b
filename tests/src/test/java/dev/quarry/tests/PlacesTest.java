package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rows say that code is, and where conditions look for it, whatever the store and the working directory. */
class PlacesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Path sources;
    private Path store;

    @BeforeEach
    void index() throws IOException {
        sources = folder.toRealPath().resolve("sources");
        store = folder.toRealPath().resolve("store");
        write("src/wit/Wit.java", "package wit;\npublic class Wit {\n    public void escape() {}\n}\n");
        write("test/wit/WitTest.java", "package wit;\nclass WitTest {\n    void x() { new Wit().escape(); }\n}\n");
        run(folder, "index", "--no-embed", "--store", store.toString(), sources.toString());
    }

    private void write(String file, String text) throws IOException {
        Path path = sources.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private static String run(Path directory, String... words) {
        Quarry.Result result = Quarry.run(directory, words);
        assertThat(result.status()).as(result.err()).isZero();
        return result.out();
    }

    @Test
    void rows_storeBesideTheRepository_areRelativeToTheWorkingDirectory() throws IOException {
        String[] words = {"callers", "Wit.escape", "--store", store.toString()};
        assertThat(run(sources.resolve("src"), words)).startsWith("../test/wit/WitTest.java:3  ");
        assertThat(run(folder.toRealPath(), words)).startsWith("sources/test/wit/WitTest.java:3  ");
        try (ServingProcess _ = ServingProcess.start(sources, store, Map.of())) {
            assertThat(run(sources.resolve("src"), words)).startsWith("../test/wit/WitTest.java:3  ");
            assertThat(run(folder, "status", "--store", store.toString())).startsWith("repository " + sources + "\n");
            String status = run(folder, "status", "--json", "--store", store.toString());
            assertThat(JSON.readTree(status).get("repository").asText()).isEqualTo(sources.toString());
        }
    }

    @Test
    void rows_storeRestoredElsewhere_areThoseOfTheRepository() throws IOException {
        Path other = Files.createDirectories(folder.toRealPath().resolve("other"));
        run(other, "backup", "--store", store.toString(), folder.resolve("copy").toString());
        run(other, "restore", folder.resolve("copy").toString());
        assertThat(run(other, "callers", "Wit.escape")).startsWith("../sources/test/wit/WitTest.java:3  ");
        Files.move(sources.resolve("test"), other.resolve("test"));
        Files.move(sources, folder.resolve("gone"));
        assertThat(run(other, "callers", "Wit.escape")).startsWith("test/wit/WitTest.java:3  ");
    }

    @Test
    void path_asPeopleSpellIt_isFoundFromTheWorkingDirectoryOrTheRoot() {
        findWhatPathsName();
        try (ServingProcess _ = ServingProcess.start(sources, store, Map.of())) {
            findWhatPathsName();
        }
    }

    private void findWhatPathsName() {
        Path directory = sources.resolve("src");
        for (String path : List.of("wit", "./wit/", "wit/Wit.java", ".", "src/wit", sources + "/src", "wit/../wit")) {
            assertThat(files(directory, "--path", path)).as(path).containsOnly("wit/Wit.java");
        }
        for (String path : List.of("../test", "test", "./../test/wit/WitTest.java")) {
            assertThat(files(directory, "--path", path)).as(path).containsOnly("../test/wit/WitTest.java");
        }
        assertThat(files(directory, "--path", "..")).containsOnly("wit/Wit.java", "../test/wit/WitTest.java");
        assertThat(run(directory, "context", "escape", "--path", "../test", "--store", store.toString()))
                .contains("`test/wit/WitTest.java`:3 (`match`")
                .doesNotContain("`src/wit/Wit.java`");
    }

    private List<String> files(Path directory, String... condition) {
        List<String> words = new ArrayList<>(List.of("search", "escape", "--store", store.toString()));
        words.addAll(List.of(condition));
        return run(directory, words.toArray(String[]::new))
                .lines()
                .map(line -> line.replaceFirst(":.*", ""))
                .toList();
    }

    @Test
    void condition_nameOfNothing_isNotFound() {
        Path directory = sources.resolve("src");
        notFound("no file or folder of the index is at 'nowhere': give its path", directory, "--path", "nowhere");
        notFound("no file or folder of the index is at 'wi': give its path", directory, "--path", "wi");
        notFound("'../../other' lies outside of the repository", directory, "--path", "../../other");
        notFound("no package is called 'wi': give its whole name", directory, "--package", "wi");
        assertThat(files(directory, "--package", "wit")).isNotEmpty();
    }

    private void notFound(String message, Path directory, String... condition) {
        List<String> words = new ArrayList<>(List.of("search", "escape", "--store", store.toString()));
        words.addAll(List.of(condition));
        Quarry.Result result = Quarry.run(directory, words.toArray(String[]::new));
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains(message);
    }
}
