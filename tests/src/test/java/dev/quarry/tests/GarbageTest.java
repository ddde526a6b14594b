package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.QueryLimits;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.server.GarbageOptions;
import dev.quarry.server.GarbageReport;
import dev.quarry.server.GarbageReport.Kind;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.Retention;
import dev.quarry.server.StoreVerification;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is collected, what is kept, and that nothing else is touched. */
class GarbageTest {
    private static final int CLASSES = 8;
    private static final long SERVER_SECONDS = 120;
    private static final GarbageOptions ALL = options(false, 0);

    @TempDir
    private Path folder;

    private Path sources = Path.of("");
    private Path store = Path.of("");

    @BeforeEach
    void write() throws IOException {
        sources = Files.createDirectory(folder.resolve("sources"));
        store = folder.resolve("store");
        for (int i = 0; i < CLASSES; i++) {
            write(i, "return " + i + ";");
        }
    }

    private void write(int number, String body) throws IOException {
        Files.writeString(sources.resolve("Shape" + number + ".java"), """
                /** Shape number %1$d. */
                public class Shape%1$d {
                    /** The area of shape number %1$d. */
                    public int area() {
                        %2$s
                    }
                }
                """.formatted(number, body));
    }

    /** What is left has no history. */
    private static GarbageOptions options(boolean dryRun, int keepVectors) {
        return new GarbageOptions(dryRun, keepVectors, Set.of(), new Retention(OptionalInt.of(1), Optional.empty()));
    }

    private Workspace open() {
        return Workspace.open(store, WorkspaceOptions.forWriting());
    }

    private long index(Workspace workspace) {
        return workspace
                .index(sources, IndexOptions.defaults(), IndexProgress.NONE)
                .vectorsWritten();
    }

    /** Leaves vectors of two texts that no declaration has any more: of a method and of its class. */
    private void changeAndReturn(Workspace workspace) throws IOException {
        write(0, "return 99;");
        assertThat(index(workspace)).isPositive();
        write(0, "return 0;");
        assertThat(index(workspace)).isZero();
    }

    @Test
    void collect_textsThatAreGone_removesTheirVectorsAloneAndServesTheOthers() throws IOException {
        try (Workspace workspace = open()) {
            long live = index(workspace);
            List<String> before = StoreDump.of(workspace.graph());
            changeAndReturn(workspace);
            long gone = workspace.graph().status().vectors() - live;
            assertThat(gone).isPositive();

            GarbageReport told = workspace.collectGarbage(options(true, 0), IndexProgress.NONE);
            assertThat(workspace.graph().status().vectors()).isEqualTo(live + gone);
            GarbageReport done = workspace.collectGarbage(ALL, IndexProgress.NONE);

            assertThat(told.items()).isEqualTo(done.items());
            assertThat(count(done, Kind.VECTORS)).isEqualTo(gone);
            assertThat(done.bytes()).isGreaterThanOrEqualTo(gone * 1_536);
            assertThat(workspace.graph().status().vectors()).isEqualTo(live);
            assertThat(StoreDump.of(workspace.graph())).isEqualTo(before);
            String script = "?[vid] := *vec{vid, v: q}, vid = 0, ~vec:ann{vid: near | query: q, k: 3, ef: 50}";
            assertThat(workspace
                            .graph()
                            .query(script, Map.of(), QueryLimits.DEFAULT)
                            .rows())
                    .isNotEmpty();
            assertThat(count(workspace.collectGarbage(ALL, IndexProgress.NONE), Kind.VECTORS))
                    .isZero();
            assertThat(index(workspace)).isZero();
        }
        assertSound();
    }

    @Test
    void collect_textsOfStatesThatStay_keepTheirVectorsUntilTheStatesGo() throws IOException {
        try (Workspace workspace = open()) {
            index(workspace);
            write(0, "return 98;");
            index(workspace);
            Instant between = Moment.betweenStates();
            write(0, "return 99;");
            index(workspace);
            long all = workspace.graph().status().vectors();
            List<HistoryState> states = workspace.graph().history().states();
            assertThat(states).hasSize(3);

            GarbageReport none =
                    workspace.collectGarbage(new GarbageOptions(false, 0, Set.of(), Retention.ALL), IndexProgress.NONE);
            assertThat(count(none, Kind.VECTORS) + count(none, Kind.STATES)).isZero();
            assertThat(none.kept()).isZero();

            Retention since = new Retention(OptionalInt.of(1), Optional.of(between));
            GarbageReport one =
                    workspace.collectGarbage(new GarbageOptions(false, 0, Set.of(), since), IndexProgress.NONE);
            assertThat(count(one, Kind.STATES)).isEqualTo(1);
            assertThat(count(one, Kind.VECTORS)).isPositive();
            assertThat(workspace.graph().history().states()).isEqualTo(states.subList(1, 3));
            assertThat(workspace.graph().status().vectors()).isEqualTo(all - count(one, Kind.VECTORS));
            assertThat(workspace.<Boolean>at(
                            between.toString(),
                            true,
                            view -> view.graph().files().size() == CLASSES))
                    .isTrue();

            GarbageReport last = workspace.collectGarbage(ALL, IndexProgress.NONE);
            assertThat(count(last, Kind.STATES)).isEqualTo(1);
            assertThat(count(last, Kind.VECTORS)).isEqualTo(count(one, Kind.VECTORS));
            assertThat(index(workspace)).isZero();
        }
        assertSound();
    }

    @Test
    void collect_withinWhatIsKept_textThatComesBackIsNotEmbeddedAgain() throws IOException {
        try (Workspace workspace = open()) {
            index(workspace);
            changeAndReturn(workspace);

            GarbageReport report = workspace.collectGarbage(options(false, 1_000), IndexProgress.NONE);

            assertThat(count(report, Kind.VECTORS)).isZero();
            assertThat(report.kept()).isPositive();
            write(0, "return 99;");
            assertThat(index(workspace)).isZero();
        }
    }

    @Test
    void collect_nodesRemovedWithoutNewVectors_leaveTheServingIndex() throws IOException {
        try (Workspace workspace = open()) {
            index(workspace);
            Files.delete(sources.resolve("Shape1.java"));
            workspace.index(sources, IndexOptions.defaults().withEmbed(false), IndexProgress.NONE);
            long served = workspace.freshness().embedded();

            GarbageReport report = workspace.collectGarbage(ALL, IndexProgress.NONE);

            assertThat(count(report, Kind.SERVED)).isPositive();
            assertThat(workspace.freshness().embedded()).isLessThan(served);
            assertThat(index(workspace)).isZero();
        }
        assertSound();
    }

    @Test
    void collect_modelInUse_isNotDropped() {
        try (Workspace workspace = open()) {
            index(workspace);
            String model =
                    workspace.graph().vectorsByModel().keySet().iterator().next();

            assertThatThrownBy(() -> workspace.collectGarbage(
                            new GarbageOptions(false, 0, Set.of(model), Retention.ALL), IndexProgress.NONE))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining(model);
            assertThatThrownBy(() -> workspace.collectGarbage(
                            new GarbageOptions(false, 0, Set.of("unheard-of"), Retention.ALL), IndexProgress.NONE))
                    .isInstanceOfSatisfying(
                            QuarryException.class,
                            unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.NOT_FOUND))
                    .hasMessageContaining("unheard-of")
                    .hasMessageContaining(model);
        }
    }

    @Test
    void collect_leftoversOfProcesses_onlyOfThoseThatEnded() throws IOException {
        // Without a store in its place, what lies aside would be the store.
        open().close();
        Path left = Files.createDirectories(folder.resolve(".store." + Long.MAX_VALUE + ".part/graph"));
        Files.writeString(left.resolve("file"), "12345");
        Path replaced = Files.createDirectory(folder.resolve(".store." + Long.MAX_VALUE + ".old"));
        Path working = Files.createDirectory(
                folder.resolve(".store." + ProcessHandle.current().pid() + ".part"));
        Path others = Files.createDirectory(folder.resolve(".other." + Long.MAX_VALUE + ".part"));
        try (Workspace workspace = open()) {
            GarbageReport report = workspace.collectGarbage(ALL, IndexProgress.NONE);
            assertThat(count(report, Kind.DIRECTORIES)).isEqualTo(2);
        }
        assertThat(left).doesNotExist();
        assertThat(replaced).doesNotExist();
        assertThat(working).exists();
        assertThat(others).exists();
    }

    @Test
    void gc_killedAtRandomMoments_leavesASoundStoreAndGoesOn() throws Exception {
        try (Workspace workspace = open()) {
            index(workspace);
            for (int i = 0; i < CLASSES; i++) {
                write(i, "return 100 + " + i + ";");
            }
            index(workspace);
        }
        for (int kill = 0; kill < 4; kill++) {
            Process process =
                    Quarry.start(folder, "gc", "--store", "store", "--keep-vectors", "0", "--keep-states", "1");
            process.waitFor(400 + 300L * kill, TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            assertSound();
        }
        Quarry.Result last =
                Quarry.run(folder, "gc", "--json", "--store", "store", "--keep-vectors", "0", "--keep-states", "1");
        assertThat(last.status()).as(last.err()).isZero();
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            assertThat(graph.storedVectors()).hasSize((int) graph.status().vectors());
            String idle = "?[count(text)] := *embedding{text}, not *node_text{text}";
            assertThat(graph.query(idle, Map.of(), QueryLimits.DEFAULT).rows())
                    .allSatisfy(row -> assertThat(row.getFirst()).isEqualTo(0L));
        }
        assertSound();
    }

    @Test
    void gcAndModel_besideAServer_sayTheSameAsWithout() throws Exception {
        try (Workspace workspace = open()) {
            index(workspace);
            changeAndReturn(workspace);
        }
        String[] gc = {"gc", "--dry-run", "--keep-vectors", "1", "--keep-states", "2", "--json", "--store", "store"};
        String[] model = {"model", "--json", "--store", "store"};
        Quarry.Result localGc = Quarry.run(folder, gc);
        Quarry.Result localModel = Quarry.run(folder, model);
        assertThat(localGc.status()).as(localGc.err()).isZero();
        assertThat(localModel.out()).as(localModel.err()).contains("\"served\"");

        Process server = Quarry.start(folder, "serve", "--port", "0", "--no-watch", "--store", "store", "sources");
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVER_SECONDS);
            while (!Files.exists(store.resolve("server"))) {
                assertThat(server.isAlive()).as("the server is alive").isTrue();
                assertThat(System.nanoTime()).as("the server has started").isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(Quarry.run(folder, model).out()).isEqualTo(localModel.out());
            Quarry.Result remote = Quarry.run(folder, gc);
            for (int i = 0; i < 50 && remote.err().contains("an index run is at work"); i++) {
                TimeUnit.MILLISECONDS.sleep(200);
                remote = Quarry.run(folder, gc);
            }
            assertThat(remote.out()).as(remote.err()).isEqualTo(localGc.out());
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static long count(GarbageReport report, Kind kind) {
        return report.items().stream()
                .filter(item -> item.kind() == kind)
                .mapToLong(GarbageReport.Item::count)
                .sum();
    }

    private void assertSound() {
        assertThat(StoreVerification.of(store).findings().violations()).isZero();
    }
}
