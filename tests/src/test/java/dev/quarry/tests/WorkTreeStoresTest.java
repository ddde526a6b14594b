package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of the work trees of one git repository: they share what is equal, and nothing else. */
class WorkTreeStoresTest {
    private static final int CLASSES = 12;

    @TempDir
    private Path folder;

    private Path main = Path.of("");

    @BeforeEach
    void makeRepository() throws IOException, InterruptedException {
        main = Files.createDirectory(folder.toRealPath().resolve("main"));
        for (int i = 0; i < CLASSES; i++) {
            Files.writeString(main.resolve("Shape" + i + ".java"), shape(i, "return width * width;"));
        }
        git(main, "init", "-q");
        git(main, "add", "-A");
        git(main, "commit", "-q", "-m", "one");
    }

    @Test
    void index_ofAWorkTreeWithEqualFiles_makesOnlyItsNameAnewAndSharesTheFiles() throws Exception {
        assertThat(index(main).get("vectorsWritten").asInt()).isGreaterThan(CLASSES);
        Path side = workTree("side");

        JsonNode report = index(side);

        assertThat(report.get("nodesWritten").asInt()).as("%s", report).isEqualTo(1);
        assertThat(report.get("filesChanged").asInt()).as("%s", report).isZero();
        assertThat(report.get("vectorsWritten").asInt()).as("%s", report).isZero();
        assertThat(shared(side.resolve(".quarry"), main.resolve(".quarry")))
                .anyMatch(name -> name.endsWith(".sst"))
                .anyMatch(name -> name.startsWith("search/vectors/"))
                .anyMatch(name -> name.startsWith("search/text/"));
        assertThat(StoreDump.of(side.resolve(".quarry"))).isEqualTo(fresh(side));
        assertThat(ok(side, "status", "--json").out()).contains("\"" + side + "\"");
        assertThat(ok(side, "search", "area of a shape").out()).contains("Shape");
        assertThat(ok(side, "verify").out()).contains("is sound");
    }

    @Test
    void index_ofAWorkTreeThatDiffers_writesTheDifferenceAndEqualsAFreshIndex() throws Exception {
        index(main);
        List<String> before = StoreDump.of(main.resolve(".quarry"));
        Path side = workTree("side");
        Files.writeString(side.resolve("Shape1.java"), shape(1, "return 77;"));
        Files.delete(side.resolve("Shape2.java"));
        git(side, "commit", "-q", "-a", "-m", "two");

        JsonNode report = index(side);

        assertThat(report.get("vectorsWritten").asInt()).as("%s", report).isBetween(1, 3);
        assertThat(StoreDump.of(side.resolve(".quarry"))).isEqualTo(fresh(side));
        assertThat(StoreDump.of(main.resolve(".quarry"))).isEqualTo(before);
        assertThat(ok(side, "verify").out()).contains("is sound");
        assertThat(ok(main, "verify").out()).contains("is sound");
    }

    @Test
    void index_intoNamedStores_findsTheOneBeside() throws Exception {
        ok(main, "index", "--store", "../stores/one");
        Path side = workTree("side");

        Quarry.Result result = ok(side, "index", "--store", "../stores/two");

        assertThat(result.err()).contains("begins with what").contains("stores/one");
        assertThat(StoreDump.of(folder.resolve("stores/two"))).isEqualTo(fresh(side));
    }

    @Test
    void index_nearestOfSeveral_isTheOneWithMostEqualFiles() throws Exception {
        Path side = workTree("side");
        for (int i = 1; i < CLASSES / 2; i++) {
            Files.writeString(side.resolve("Shape" + i + ".java"), shape(i, "return " + i + ";"));
        }
        git(side, "commit", "-q", "-a", "-m", "two");
        git(main, "worktree", "add", "-q", "-b", "third", "../third", "side");
        Path third = main.resolveSibling("third");
        Files.writeString(third.resolve("Shape0.java"), shape(0, "return 0;"));
        git(third, "commit", "-q", "-a", "-m", "three");
        ok(side, "index", "--no-embed");
        ok(main, "index", "--no-embed", "--fresh");

        assertThat(ok(third, "index", "--no-embed").err()).contains(side.resolve(".quarry") + " holds");
    }

    @Test
    void index_otherStoreDamaged_beginsWithNothing() throws Exception {
        ok(main, "index", "--no-embed");
        try (Stream<Path> files = Files.list(main.resolve(".quarry/graph/engine/data"))) {
            for (Path manifest : files.filter(
                            file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .toList()) {
                Files.writeString(manifest, "nothing of the engine's");
            }
        }
        Path side = workTree("side");

        assertThat(ok(side, "index", "--no-embed").err()).doesNotContain("begins with");
        assertThat(ok(side, "verify").out()).contains("is sound");
        try (Stream<Path> files = Files.list(side.resolve(".quarry"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".gitignore", "graph", "search");
        }
    }

    private List<String> fresh(Path tree) {
        Path store = folder.resolve("fresh");
        ok(tree, "index", "--fresh", "--no-embed", "--store", store.toString());
        return StoreDump.of(store);
    }

    private JsonNode index(Path tree) throws IOException {
        return new ObjectMapper().readTree(ok(tree, "index", "--json").out());
    }

    private Path workTree(String name) throws IOException, InterruptedException {
        git(main, "worktree", "add", "-q", "../" + name);
        return main.resolveSibling(name);
    }

    private static Quarry.Result ok(Path directory, String... words) {
        Quarry.Result result = Quarry.run(directory, words);
        assertThat(result.status())
                .as(Arrays.toString(words) + result.out() + result.err())
                .isZero();
        return result;
    }

    private static void git(Path directory, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as("%s", command).isZero();
    }

    /** The files of one store that are the same on disk as those of another. */
    private static List<String> shared(Path store, Path other) throws IOException {
        Map<String, Object> mine = files(store);
        mine.values().retainAll(files(other).values());
        return List.copyOf(mine.keySet());
    }

    private static Map<String, Object> files(Path store) throws IOException {
        Map<String, Object> keys = new TreeMap<>();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                keys.put(store.relativize(file).toString(), Files.getAttribute(file, "unix:ino"));
            }
        }
        return keys;
    }

    private static String shape(int number, String body) {
        return """
                package shapes;

                /** Shape number %1$d. */
                public class Shape%1$d {
                    private int width = %1$d;

                    /** The area of shape number %1$d. */
                    public int area() {
                        %2$s
                    }
                }
                """.formatted(number, body);
    }
}
