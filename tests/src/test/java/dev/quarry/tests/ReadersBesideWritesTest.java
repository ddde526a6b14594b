package dev.quarry.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.graphdb.QueryLimits;
import dev.quarry.server.QuarryServer;
import dev.quarry.server.ServerConfig;
import dev.quarry.server.WatchOptions;
import dev.quarry.server.Workspace;
import dev.quarry.server.WorkspaceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers beside index runs see each edit whole or not at all. */
class ReadersBesideWritesTest {
    private static final int EDITS = 6;
    private static final List<String> DANGLING = List.of(
            "?[count(src)] := *edge{src, kind, dst}, not *node{id: dst}",
            "?[count(dst)] := *edge{src, kind, dst}, not *node{id: src}",
            "?[count(id)] := *node{id, file: f, kind: 'METHOD'}, not *file{id: f}");
    private static final String MARKS = "?[name] := *node{name}, starts_with(name, 'mark')";

    @TempDir
    private Path folder;

    @Test
    void edits_readMeanwhile_areSeenWholeOrNotAtAll() throws Exception {
        Path sources = Place.real(folder).sources();
        mark(sources, 0);
        long seed = Long.getLong("quarry.seed", System.nanoTime());
        SourceEditor editor = new SourceEditor(sources.resolve("mutable"), new SplittableRandom(seed));
        List<SourceEditor.Edit> edits = List.of(SourceEditor.Edit.values());
        AtomicBoolean ended = new AtomicBoolean();
        try (Workspace workspace = Workspace.open(folder.resolve("store"), WorkspaceOptions.forWriting());
                ExecutorService readers = Executors.newFixedThreadPool(2)) {
            Indexing.index(sources, workspace);
            try (QuarryServer server = QuarryServer.start(
                            ServerConfig.defaults().withPort(0).withWatch(WatchOptions.OFF), workspace);
                    HttpQuarry http = HttpQuarry.of(server, workspace.storeDirectory())) {
                List<Future<Integer>> reads = List.of(
                        readers.submit(() -> readGraph(workspace, ended)), readers.submit(() -> ask(http, ended)));
                try {
                    for (int edit = 1; edit <= EDITS; edit++) {
                        editor.edit(edits.get(edit % edits.size()));
                        mark(sources, edit);
                        long before = workspace.graph().sequence();
                        Indexing.index(sources, workspace);
                        assertThat(workspace.graph().sequence())
                                .as("an edit is one commit; -Dquarry.seed=%d", seed)
                                .isEqualTo(before + 1);
                    }
                } finally {
                    ended.set(true);
                }
                for (Future<Integer> read : reads) {
                    assertThat(readsOf(read, seed)).isPositive();
                }
            }
        }
    }

    private static int readsOf(Future<Integer> read, long seed) throws InterruptedException {
        try {
            return read.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("-Dquarry.seed=" + seed, failed.getCause());
        }
    }

    /** Reads the graph itself, each query one state of it. */
    private static int readGraph(Workspace workspace, AtomicBoolean ended) {
        int reads = 0;
        long last = 0;
        while (!ended.get()) {
            long sequence = workspace.graph().sequence();
            assertThat(sequence).isGreaterThanOrEqualTo(last);
            last = sequence;
            for (String script : DANGLING) {
                assertThat(query(workspace, script)).as(script).containsExactly("0");
            }
            // Three methods in three files, of which two call the first, are edited together.
            List<String> marks = query(workspace, MARKS);
            assertThat(marks).hasSize(3);
            assertThat(marks.stream().map(mark -> mark.replaceAll("\\D", "")).distinct())
                    .as("%s", marks)
                    .hasSize(1);
            reads++;
        }
        return reads;
    }

    private static List<String> query(Workspace workspace, String script) {
        List<String> cells = new ArrayList<>();
        workspace
                .graph()
                .query(script, Map.of(), QueryLimits.DEFAULT)
                .rows()
                .forEach(row -> cells.add(String.valueOf(row.getFirst())));
        return cells;
    }

    /** Asks over HTTP: the sequence never falls, and what is counted fits together. */
    private static int ask(HttpQuarry http, AtomicBoolean ended) {
        int reads = 0;
        long last = 0;
        while (!ended.get()) {
            JsonNode answer = http.get("/v1/symbols?name=MutableInt").json();
            long sequence = answer.get("freshness").get("sequence").asLong();
            assertThat(sequence).isGreaterThanOrEqualTo(last);
            assertThat(answer.get("freshness").get("complete").asBoolean()).isTrue();
            assertThat(answer.get("freshness").get("textSequence").asLong())
                    .isLessThanOrEqualTo(
                            http.get("/health").json().get("sequence").asLong());
            last = sequence;
            JsonNode coverage = answer.get("coverage");
            long unresolved = 0;
            for (JsonNode reason : coverage.get("unresolved")) {
                unresolved += reason.asLong();
            }
            assertThat(coverage.get("calls").get("unresolved").asLong()).isEqualTo(unresolved);
            reads++;
        }
        return reads;
    }

    private static void mark(Path sources, int edit) throws IOException {
        String called = "mark" + edit + "()";
        Files.writeString(sources.resolve("MarkA.java"), "class MarkA { static int " + called + " { return 1; } }");
        for (String other : List.of("B", "C")) {
            Files.writeString(
                    sources.resolve("Mark" + other + ".java"),
                    "class Mark" + other + " { int mark" + other + edit + "() { return MarkA." + called + "; } }");
        }
    }
}
