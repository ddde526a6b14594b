package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.QueryLimits;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexOptions;
import dev.quarry.server.IndexProgress;
import dev.quarry.server.IndexReport;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors of a small repository: made once, found by meaning and by script, and none lost when a run is killed. */
class VectorsTest {
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    private Path sources;

    @BeforeEach
    void unpack() throws IOException {
        Path all = Corpus.COMMONS_LANG.unpackSources(folder.resolve("lang"));
        sources = Files.createDirectory(folder.resolve("repository"));
        Files.move(all.resolve("org/apache/commons/lang3/mutable"), sources.resolve("mutable"));
    }

    @Test
    void index_withVectors_answersByMeaningAndWritesNoneAgain() throws IOException {
        Path store = folder.resolve("store");
        try (Workspace workspace = Workspace.open(store, WorkspaceOptions.forWriting())) {
            IndexReport first = index(workspace);
            assertThat(first.vectorsWritten()).isGreaterThan(100);

            IndexReport second = index(workspace);
            assertThat(second.isUnchanged()).as("%s", second).isTrue();
            assertThat(second.sequence()).isEqualTo(first.sequence());
            assertServes(workspace, store);

            Path changed = sources.resolve("mutable/MutableInt.java");
            Files.writeString(changed, Files.readString(changed).replace("value++;", "value += 1;"));
            IndexReport third = index(workspace);
            assertThat(third.filesChanged()).isEqualTo(1);
            assertThat(third.vectorsWritten()).isBetween(1L, 10L);
        }
    }

    @Test
    void follow_edits_leadsToTheVectorsOfACleanIndex() throws IOException {
        Path followed = folder.resolve("followed");
        try (Workspace workspace = Workspace.open(followed, WorkspaceOptions.forWriting())) {
            follow(workspace);
            edit("MutableInt.java", "value++;", "value += 1;");
            assertThat(follow(workspace).vectorsWritten()).isBetween(1L, 10L);
            assertServes(workspace, followed);
            edit("MutableBoolean.java", "isTrue", "isNotFalse");
            Files.delete(sources.resolve("mutable/MutableByte.java"));
            follow(workspace);
            Path moved = Files.createDirectory(sources.resolve("moved"));
            Files.move(sources.resolve("mutable/MutableShort.java"), moved.resolve("MutableShort.java"));
            follow(workspace);
        }
        Path clean = folder.resolve("clean");
        try (Workspace workspace = Workspace.open(clean, WorkspaceOptions.forWriting())) {
            index(workspace);
        }
        assertThat(StoreDump.withVectors(followed)).isEqualTo(StoreDump.withVectors(clean));
        assertThat(served(followed)).isEqualTo(served(clean));
        assertThat(texts(followed)).isEqualTo(texts(clean));
    }

    private IndexReport follow(Workspace workspace) {
        return workspace.index(sources, IndexOptions.defaults().withKept(true), IndexProgress.NONE);
    }

    private void edit(String name, String before, String after) throws IOException {
        Path file = sources.resolve("mutable").resolve(name);
        Files.writeString(file, Files.readString(file).replace(before, after));
    }

    /** The nodes whose vectors are served. */
    private static Set<NodeId> served(Path store) {
        try (SearchIndex index = SearchIndex.openReadOnly(store.resolve("search"))) {
            assertThat(index.vectorIds()).doesNotHaveDuplicates();
            return new TreeSet<>(index.vectorIds());
        }
    }

    private IndexReport index(Workspace workspace) {
        return workspace.index(sources, IndexOptions.defaults(), IndexProgress.NONE);
    }

    private static void assertServes(Workspace workspace, Path store) {
        try (QuarryServer server = QuarryServer.start(ServerConfig.defaults().withPort(0), workspace);
                HttpQuarry http = HttpQuarry.of(server, store)) {
            String script = """
                    query[v] := *node{id, name: 'MutableInt', kind: 'CLASS'}, *node_text{id, text},
                        *embedding{text, vid}, *vec{vid, v}
                    near[vid, distance] := query[v],
                        ~vec:ann{vid | query: v, k: 5, ef: 50, bind_distance: distance}
                    ?[distance, name] := near[vid, distance], *embedding{text, vid}, *node_text{id, text}, *node{id, name}
                    :order distance
                    """;
            JsonNode rows = http.post("/v1/query", Map.of("script", script)).json();
            assertThat(rows.get("rows")).as("%s", rows).isNotNull().hasSizeGreaterThanOrEqualTo(5);
            assertThat(rows.get("rows").get(0).get(1).asText()).isEqualTo("MutableInt");

            JsonNode hits = http.post("/v1/search", Map.of("query", "add a number to the value", "limit", 10))
                    .json();
            assertThat(hits.get("skipped")).as("%s", hits).isEmpty();
            JsonNode best = hits.get("hits").get(0);
            assertThat(best.get("symbol").asText()).contains("#add(");
            assertThat(best.get("legs").findValuesAsText("leg")).as("%s", best).contains("vector");
        }
    }

    @Test
    void index_killedWhileVectorsAreMade_endsEqualToACleanIndex() throws Exception {
        Path clean = folder.resolve("clean");
        long start = System.nanoTime();
        assertThat(index(clean).status()).isZero();
        long runMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path killed = folder.resolve("killed");
        for (int i = 0; i < KILLS; i++) {
            Process process = Quarry.start(folder, "index", "--store", killed.toString(), sources.toString());
            process.waitFor(random.nextLong(runMillis / 4, runMillis), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        }
        Quarry.Result last = index(killed);

        assertThat(last.status()).as("-Dquarry.seed=%d: %s", seed, last.err()).isZero();
        Map<NodeId, ContentHash> expected = texts(clean);
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(texts(killed)).as("-Dquarry.seed=%d", seed).isEqualTo(expected);
        assertThat(StoreDump.of(killed)).as("-Dquarry.seed=%d", seed).isEqualTo(StoreDump.of(clean));
        Quarry.Result search =
                Quarry.run(folder, "search", "--json", "--store", killed.toString(), "add a number to the value");
        assertThat(search.out().replaceAll("\\s", ""))
                .as(search.err())
                .contains("\"skipped\":[]")
                .contains("\"leg\":\"vector\",\"rank\":1,");
    }

    private Quarry.Result index(Path store) {
        return Quarry.run(folder, "index", "--store", store.toString(), sources.toString());
    }

    /** Which text stands for each node; each of these texts must have its vector. */
    private static Map<NodeId, ContentHash> texts(Path store) {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            Map<NodeId, ContentHash> texts = new HashMap<>();
            graph.forEachNodeText(texts::put);
            String script = "?[count(text)] := *node_text{text}, not *embedding{text}";
            assertThat(graph.query(script, Map.of(), QueryLimits.DEFAULT).rows())
                    .as("texts without a vector")
                    .allSatisfy(row -> assertThat(row.getFirst()).isEqualTo(0L));
            return texts;
        }
    }
}
