package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCopiesTest {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);

    @TempDir
    private Path folder;

    private Path store = Path.of("");
    private Path copy = Path.of("");

    @BeforeEach
    void place() {
        store = folder.resolve("store");
        copy = folder.resolve("copy");
    }

    @Test
    void link_closedStore_givesTheSameStoreWithTheSameFiles() throws IOException {
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            Generations.apply(graph, 0);
        }

        StoreCopies.link(store, copy);

        assertThat(rows(copy)).isNotEmpty().isEqualTo(rows(store));
        assertThat(dump(copy)).isEqualTo(dump(store));
    }

    @Test
    void link_openStore_holdsWhatWasWritten() {
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            Generations.apply(graph, 0);
            Generations.apply(graph, 1);

            StoreCopies.link(store, copy);

            assertThat(generation(copy)).contains(1);
            assertThat(dump(copy)).isEqualTo(GraphDump.of(graph));
        }
    }

    @Test
    void write_toOneOfTwo_leavesTheOther() {
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            write(graph, 0, 2);
            StoreCopies.link(store, copy);
            List<String> before = GraphDump.of(graph);
            try (GraphStore other = GraphStore.open(copy, OPTIONS)) {
                // More than a few write buffers, so that both sides compact what they share.
                write(other, 2, 6);
                assertThat(GraphDump.of(graph)).isEqualTo(before);
                write(graph, 2, 4);
            }
        }
        assertThat(dump(copy)).isEqualTo(replay(5));
        assertThat(dump(store)).isEqualTo(replay(3));
        assertWhole(copy);
        assertWhole(store);
    }

    @Test
    void link_ofALink_outlivesBoth() throws IOException {
        Path last = folder.resolve("last");
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            write(graph, 0, 3);
        }
        StoreCopies.link(store, copy);
        StoreCopies.link(copy, last);

        DurableFiles.delete(store);
        DurableFiles.delete(copy);

        assertThat(dump(last)).isEqualTo(replay(2));
    }

    @Test
    void link_besideAWriter_holdsAllUpToOneCommit() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            Generations.apply(graph, 0);
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int generation = 1; !ended.get(); generation++) {
                    Generations.apply(graph, generation);
                }
            });
            try {
                for (int i = 0; i < 4; i++) {
                    Path each = folder.resolve("copy" + i);
                    long before = graph.sequence();
                    StoreCopies.link(store, each);
                    long after = graph.sequence();
                    try (GraphStore linked = GraphStore.open(each, OPTIONS)) {
                        assertThat(linked.sequence()).isBetween(before, after);
                        int generation = Generations.of(linked).orElseThrow();
                        Generations.apply(linked, generation + 1);
                    }
                    assertWhole(each);
                }
            } finally {
                ended.set(true);
                writer.join();
            }
        }
        assertWhole(store);
    }

    @Test
    void link_noStoreOrPlaceTaken_isRefused() throws IOException {
        assertThatThrownBy(() -> StoreCopies.link(store, copy))
                .isInstanceOfSatisfying(
                        QuarryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThat(copy).doesNotExist();

        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            Generations.apply(graph, 0);
        }
        Files.createDirectories(copy);
        Files.writeString(copy.resolve("precious"), "text");
        assertThatThrownBy(() -> StoreCopies.link(store, copy))
                .isInstanceOfSatisfying(
                        QuarryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STORAGE));
        assertThat(copy.resolve("precious")).exists();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("store", "copy");
        }
    }

    private static void write(GraphStore graph, int from, int to) {
        for (int generation = from; generation < to; generation++) {
            Generations.apply(graph, generation);
        }
    }

    private static Optional<Integer> generation(Path directory) {
        try (GraphStore graph = GraphStore.open(directory, OPTIONS)) {
            return Generations.of(graph);
        }
    }

    private static List<String> replay(int generation) {
        try (GraphStore graph = Generations.replay(Optional.of(generation))) {
            return GraphDump.of(graph);
        }
    }

    private static List<String> dump(Path directory) {
        try (GraphStore graph = GraphStore.open(directory, OPTIONS)) {
            return GraphDump.of(graph);
        }
    }

    private static void assertWhole(Path directory) {
        Findings findings = new Findings();
        try (GraphStore graph = GraphStore.open(directory, OPTIONS)) {
            graph.check(false, findings);
        }
        assertThat(findings.tally(StoreCheck.COUNT).kept()).isEmpty();
        assertThat(findings.tally(StoreCheck.VECTOR).kept()).isEmpty();
    }

    /** The files of rows, each with what tells one file of the disk from another. */
    private static Map<String, Object> rows(Path directory) throws IOException {
        Map<String, Object> keys = new TreeMap<>();
        for (Path file : DurableFiles.files(StoreDirectory.data(directory))) {
            if (file.toString().endsWith(".sst")) {
                keys.put(file.getFileName().toString(), Files.getAttribute(file, "unix:ino"));
            }
        }
        return keys;
    }
}
