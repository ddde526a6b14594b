package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Migration;
import dev.quarry.schema.Node;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.SchemaVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that earlier versions of the schema wrote, opened by this code. */
@ParameterizedClass(name = "version {0}")
@ValueSource(ints = {1, 2, 3})
class MigrationTest {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);

    @Parameter
    private int version;

    @TempDir
    private Path directory;

    @BeforeEach
    void unpack() throws IOException {
        Fixture.unpack(version, directory);
    }

    @Test
    void open_olderStore_isMigratedWithAllRows() {
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            assertSameAsFixture(store);
            assertThat(store.status().schemaVersion()).isEqualTo(SchemaVersions.CURRENT);
        }
    }

    @Test
    void open_migratedStoreAgain_changesNothing() {
        GraphStore.open(directory, OPTIONS).close();

        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            assertSameAsFixture(store);
            assertThat(store.sequence()).isEqualTo(1);
            WriteResult again = store.apply(Delta.ofFiles(Fixture.facts()));
            assertThat(again.hasChanged()).isFalse();
        }
    }

    @Test
    void migration_interruptedBehindAnyScript_leavesTheStoreAsItWas() {
        Migration step = SchemaVersions.stepsFrom(version, "here").getFirst();
        for (int done = 1; done <= step.scripts().size(); done++) {
            String scripts = step.scripts().stream()
                    .limit(done)
                    .map(script -> "{ " + script + " }")
                    .collect(Collectors.joining("\n", "", "\n{ ?[x] := x in [1] :assert none }"));
            try (Engine engine = Engine.open(directory.resolve("graph/engine"), OPTIONS.cacheBytes())) {
                assertThatThrownBy(() -> engine.execute(scripts, new Params())).isInstanceOf(EngineException.class);
            }
        }

        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            assertSameAsFixture(store);
        }
    }

    @Test
    void open_newerStore_isRefused() {
        try (Engine engine = Engine.open(directory.resolve("graph/engine"), OPTIONS.cacheBytes())) {
            engine.execute(
                    "?[key, value] <- [['" + Meta.SCHEMA + "', '" + (SchemaVersions.CURRENT + 1)
                            + "']] :put meta {key => value}",
                    new Params());
        }

        assertThatThrownBy(() -> GraphStore.open(directory, OPTIONS))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_TOO_NEW));
    }

    private static void assertSameAsFixture(GraphStore store) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (FileFacts facts : Fixture.facts()) {
            nodes.addAll(facts.nodes());
            edges.addAll(facts.edges());
            assertThat(store.file(facts.file().path())).contains(facts.file());
            assertThat(store.text(facts.file().raw())).contains(facts.text());
        }
        nodes.add(Graphs.OBJECT);
        nodes.add(Graphs.LIST_ADD);
        List<Node> storedNodes = new ArrayList<>();
        store.forEachNode(stamped -> storedNodes.add(stamped.node()));
        List<Edge> storedEdges = new ArrayList<>();
        for (EdgeKind kind : EdgeKind.values()) {
            store.forEachEdge(kind, storedEdges::add);
        }
        assertThat(storedNodes).containsExactlyInAnyOrderElementsOf(nodes);
        assertThat(storedEdges).containsExactlyInAnyOrderElementsOf(edges);
        assertThat(store.neighbours(Graphs.LIST_ADD.id(), Direction.IN, EnumSet.of(EdgeKind.CALLS), 100))
                .hasSize(Fixture.facts().size());
        assertThat(store.meta("root")).contains("fixture");
        assertThat(store.vectors("model@1", List.of(ContentHash.ofText("embedded 1"))))
                .hasSize(1);
        assertColumns(store);
    }

    private static void assertColumns(GraphStore store) {
        QueryResult result = store.query("?[col, count(col)] := *edge{col}", Map.of(), QueryLimits.DEFAULT);
        Map<Object, Long> expected = Fixture.facts().stream()
                .flatMap(facts -> facts.edges().stream())
                .collect(Collectors.groupingBy(
                        edge -> edge.sites().count() == 0
                                ? 0L
                                : (long) edge.sites().column(0),
                        Collectors.counting()));
        assertThat(result.rows()).hasSize(expected.size());
        result.rows().forEach(row -> assertThat(row.get(1)).isEqualTo(expected.get(row.getFirst())));
    }
}
