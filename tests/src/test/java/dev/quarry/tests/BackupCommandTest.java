package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, restore and verify through the command line. */
class BackupCommandTest {
    private static final long SERVER_SECONDS = 120;
    private static final int REFUSED = 4;

    @TempDir
    Path folder;

    @Test
    void restore_ofABackupBesideAServer_isTheStoreOfThatMoment() throws Exception {
        Path sources = sources();
        ok("index", "--store", "store", "sources");
        List<String> graph = StoreDump.of(folder.resolve("store"));
        Map<NodeId, String> vectors = vectors(folder.resolve("store"));
        assertThat(vectors).hasSizeGreaterThan(5);

        Process server = Quarry.start(folder, "serve", "--port", "0", "--store", "store", "sources");
        try {
            awaitServer(server);
            ok("backup", "--store", "store", "backup");
            assertThat(run("verify", "--store", "store").status()).isEqualTo(REFUSED);
            Files.writeString(sources.resolve("Shape1.java"), shape(1, "return 77;"));
            ok("index", "--no-embed", "--store", "store", "sources");
            assertThat(ok("search", "--store", "store", "area").out()).contains("Shape");
        } finally {
            server.destroy();
            server.waitFor();
        }
        assertThat(StoreDump.of(folder.resolve("store"))).isNotEqualTo(graph);

        ok("restore", "--store", "restored", "backup");

        assertThat(ok("verify", "--store", "restored").out()).contains("is sound");
        assertThat(StoreDump.of(folder.resolve("restored"))).isEqualTo(graph);
        assertThat(vectors(folder.resolve("restored"))).isEqualTo(vectors);
        assertThat(ok("search", "--store", "restored", "area of a shape").out()).contains("Shape");
        assertThat(ok("status", "--store", "restored").out()).contains("text current", "vectors, current");
    }

    @Test
    void backup_insideOfTheStore_isRefused() throws Exception {
        sources();
        ok("index", "--no-embed", "--store", "store", "sources");
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("store"));
        ok("backup", "--store", "store", "backup");
        Files.move(folder.resolve("backup"), folder.resolve("store/backup"));

        for (String inside : List.of("store/backup", "link/backup", "store/new")) {
            Quarry.Result backup = run("backup", "--replace", "--store", "store", inside);
            assertThat(backup.status()).as(inside).isEqualTo(2);
            assertThat(backup.err()).contains("name one outside of the store");
        }
        Quarry.Result restore = run("restore", "--replace", "--store", "store", "link/backup");
        assertThat(restore.status()).isEqualTo(2);
        assertThat(restore.err()).contains("name one outside of the store");
        assertThat(folder.resolve("store/backup/parts")).isDirectory();
        assertThat(run("backup", "--replace", "--store", "store/backup/parts", "store/backup")
                        .status())
                .isEqualTo(2);
        Quarry.Result nowhere = run("restore", "--store", "other", "nowhere");
        assertThat(nowhere.status()).isEqualTo(3);
        assertThat(nowhere.err()).contains("there is no directory").contains("nowhere");
    }

    @Test
    void restore_storeIsThere_isKeptUnlessReplaced() throws Exception {
        Path sources = sources();
        ok("index", "--no-embed", "--store", "store", "sources");
        ok("backup", "--store", "store", "backup");
        List<String> before = StoreDump.of(folder.resolve("store"));
        Files.delete(sources.resolve("Shape0.java"));
        ok("index", "--no-embed", "--store", "store", "sources");

        assertThat(run("restore", "--store", "store", "backup").status()).isEqualTo(2);
        assertThat(run("restore", "--replace", "--store", "sources", "backup").status())
                .isEqualTo(2);
        assertThat(StoreDump.of(folder.resolve("store"))).isNotEqualTo(before);
        ok("restore", "--replace", "--store", "store", "backup");

        assertThat(StoreDump.of(folder.resolve("store"))).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("sources", "store", "backup");
        }
    }

    @Test
    void status_restoreEndedBetweenItsRenames_findsTheStoreAgain() throws Exception {
        sources();
        ok("index", "--no-embed", "--store", "store", "sources");
        List<String> before = StoreDump.of(folder.resolve("store"));
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.move(folder.resolve("store"), folder.resolve(".store." + ended.pid() + ".old"));

        assertThat(ok("status", "--store", "store").out()).contains("text current");

        assertThat(StoreDump.of(folder.resolve("store"))).isEqualTo(before);
    }

    private Quarry.Result run(String... words) {
        return Quarry.run(folder, words);
    }

    private Quarry.Result ok(String... words) {
        Quarry.Result result = run(words);
        assertThat(result.status())
                .as(Arrays.toString(words) + result.out() + result.err())
                .isZero();
        return result;
    }

    private void awaitServer(Process server) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVER_SECONDS);
        while (!Files.exists(folder.resolve("store/server"))) {
            assertThat(server.isAlive()).as("the server is alive").isTrue();
            assertThat(System.nanoTime()).as("the server has started").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Path sources() throws IOException {
        Path sources = Files.createDirectory(folder.resolve("sources"));
        for (int i = 0; i < 5; i++) {
            Files.writeString(sources.resolve("Shape" + i + ".java"), shape(i, "return width * width;"));
        }
        return sources;
    }

    private static String shape(int number, String body) {
        return """
                package shapes;

                /** A shape with an area. */
                public class Shape%d {
                    private int width = %d;

                    /** The area of this shape. */
                    public int area() {
                        %s
                    }

                    public int twice() {
                        return 2 * area();
                    }
                }
                """.formatted(number, number, body);
    }

    /** The vector of each node, with the text that it belongs to. */
    private static Map<NodeId, String> vectors(Path store) {
        Map<NodeId, String> vectors = new TreeMap<>();
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            String model = graph.meta("embedded").orElseThrow().split(" ")[0];
            graph.forEachNodeText((NodeId id, ContentHash text) -> vectors.put(
                    id,
                    text + " "
                            + Arrays.toString(graph.vectors(model, Set.of(text)).get(text))));
        }
        return vectors;
    }
}
