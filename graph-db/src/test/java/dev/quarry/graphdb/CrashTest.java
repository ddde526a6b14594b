package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores whose process is killed, or whose disk is full: what was committed is there, whole, and nothing else. */
class CrashTest {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);
    private static final int KILLS = 4;

    @TempDir
    private Path directory;

    @Test
    void apply_killedAtAnyMoment_isWholeOrAbsent() throws IOException, InterruptedException {
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        int reached = -1;
        for (int kill = 0; kill < KILLS; kill++) {
            int applying = reached + 1 + random.nextInt(2);
            try (ChildProcess child = ChildProcess.start("advance", directory.toString())) {
                child.lineWith("applying " + applying);
                Thread.sleep(random.nextInt(150));
            }
            try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
                Optional<Integer> generation = Generations.of(store);
                assertThat(generation.orElse(-1)).as("-Dquarry.seed=%d", seed).isGreaterThanOrEqualTo(applying - 1);
                assertSameAsReplayed(store, generation);
                reached = generation.orElse(-1);
            }
        }
    }

    @Test
    void apply_fileOfRowsDoesNotFit_failsAndKeepsWhatWasCommitted() throws IOException, InterruptedException {
        assertFullDisk(3 << 10, 0);
    }

    @Test
    void apply_logDoesNotFit_failsAndKeepsWhatWasCommitted() throws IOException, InterruptedException {
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            Generations.apply(store, 0);
        }

        assertFullDisk(2 << 10, 1);
    }

    private void assertFullDisk(int kibibytes, int failing) throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.startWithFileLimit(kibibytes, "advance", directory.toString())) {
            assertThat(child.lineWith("failed"))
                    .startsWith("failed STORAGE at " + failing + " after " + (failing - 1) + ": ")
                    .contains(directory.toString())
                    .contains("Free space");
            assertThat(child.await()).isZero();
        }
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            assertSameAsReplayed(store, failing == 0 ? Optional.empty() : Optional.of(failing - 1));
            Generations.apply(store, failing);
            assertSameAsReplayed(store, Optional.of(failing));
        }
    }

    @Test
    void open_heldByAnotherProcess_isBusyUntilThatEnds() throws IOException, InterruptedException {
        try (ChildProcess child = ChildProcess.start("hold", directory.toString())) {
            child.lineWith("open");

            assertThatThrownBy(() -> GraphStore.open(directory, OPTIONS))
                    .isInstanceOfSatisfying(
                            QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining(Long.toString(child.pid()));
        }

        GraphStore.open(directory, OPTIONS).close();
    }

    private static void assertSameAsReplayed(GraphStore store, Optional<Integer> generation) {
        try (GraphStore expected = Generations.replay(generation)) {
            assertThat(store.files()).isEqualTo(expected.files());
            assertThat(nodes(store)).isEqualTo(nodes(expected));
            assertThat(edges(store)).isEqualTo(edges(expected));
            assertThat(store.sequence()).isEqualTo(expected.sequence());
            assertThat(store.status().nodes()).isEqualTo(expected.status().nodes());
            store.files()
                    .values()
                    .forEach(stored -> assertThat(store.text(stored.file().raw()))
                            .isEqualTo(expected.text(stored.file().raw())));
            assertIndexed(store);
        }
    }

    /** Whatever an index finds is what its relation holds. */
    private static void assertIndexed(GraphStore store) {
        Set<Node> byName = new HashSet<>();
        nodes(store).stream()
                .map(Node::name)
                .distinct()
                .forEach(name -> store.named(name).forEach(stamped -> byName.add(stamped.node())));
        assertThat(byName).isEqualTo(nodes(store));
        QueryResult reversed = store.query("?[count(src)] := *edge:rev{src}", Map.of(), QueryLimits.DEFAULT);
        assertThat(reversed.rows().getFirst().getFirst())
                .isEqualTo((long) edges(store).size());
    }

    private static Set<Node> nodes(GraphStore store) {
        Set<Node> nodes = new HashSet<>();
        store.forEachNode(stamped -> nodes.add(stamped.node()));
        return nodes;
    }

    private static Set<Edge> edges(GraphStore store) {
        Set<Edge> edges = new HashSet<>();
        for (EdgeKind kind : EdgeKind.values()) {
            store.forEachEdge(kind, edges::add);
        }
        return edges;
    }
}
