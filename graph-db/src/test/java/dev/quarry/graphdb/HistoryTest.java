package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.graphdb.SymbolChange.Aspect;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Former states of a store, and what differs between them. */
class HistoryTest {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);
    private static final int STATES = 12;

    @TempDir
    private Path folder;

    static LongStream seeds() {
        Long given = Long.getLong("quarry.seed");
        return given == null ? new SplittableRandom().longs(3) : LongStream.of(given);
    }

    private static StateMark mark(int number) {
        return new StateMark("%040x".formatted(number), Instant.ofEpochSecond(1_000L * number), Kind.COMMIT);
    }

    @ParameterizedTest(name = "-Dquarry.seed={0}")
    @MethodSource("seeds")
    void rewind_toEachOfRandomStates_storeIsAsItWasThen(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<List<String>> dumps = new ArrayList<>();
        Path store = folder.resolve("store");
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            Map<String, FileFacts> model = new TreeMap<>();
            for (int i = 1; i <= STATES; i++) {
                for (int writes = random.nextInt(3); writes >= 0; writes--) {
                    graph.apply(delta(random, model, Map.of("running", "yes")));
                }
                graph.apply(delta(random, model, Map.of("running", "no", "run", "" + i)), mark(i));
                dumps.add(dump(graph));
            }
            assertThat(graph.history().states()).hasSize(STATES);
        }
        for (int i = STATES - 1; i >= 0; i--) {
            Path copy = folder.resolve("copy" + i);
            StoreCopies.link(store, copy);
            try (GraphStore view = GraphStore.open(copy, OPTIONS)) {
                History history = view.history();
                HistoryState wanted = history.states().get(i);
                history.rewind(wanted);
                assertThat(dump(view)).isEqualTo(dumps.get(i));
                assertThat(history.last()).contains(wanted);
                assertThat(history.states()).hasSize(i + 1);
                Findings findings = new Findings();
                view.check(true, findings);
                // Nothing contains anything in these graphs.
                long others = findings.violations()
                        - findings.tally(StoreCheck.CONTAINMENT).violations();
                assertThat(others).as(findings.tallies().toString()).isZero();
            }
            try (GraphStore again = GraphStore.open(copy, OPTIONS)) {
                assertThat(dump(again)).isEqualTo(dumps.get(i));
            }
        }
    }

    @ParameterizedTest(name = "-Dquarry.seed={0}")
    @MethodSource("seeds")
    void difference_ofRandomStates_isWhatTheirGraphsDifferIn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Map<NodeId, Node>> nodes = new ArrayList<>();
        List<Map<EdgeKey, Edge>> edges = new ArrayList<>();
        try (GraphStore graph = GraphStore.inMemory()) {
            Map<String, FileFacts> model = new TreeMap<>();
            for (int i = 1; i <= STATES; i++) {
                graph.apply(delta(random, model, Map.of()));
                graph.apply(delta(random, model, Map.of("run", "" + i)), mark(i));
                nodes.add(new HashMap<>());
                graph.forEachNode(stamped -> nodes.getLast().put(stamped.node().id(), stamped.node()));
                edges.add(new HashMap<>());
                for (EdgeKind kind : EdgeKind.values()) {
                    graph.forEachEdge(kind, edge -> edges.getLast().put(EdgeKey.of(edge), edge));
                }
            }
            List<HistoryState> states = graph.history().states();
            for (int pair = 0; pair < 20; pair++) {
                int from = random.nextInt(STATES);
                int to = random.nextInt(STATES);
                Difference difference = graph.history().difference(states.get(from), states.get(to));
                assertThat(difference.nodes())
                        .containsExactlyInAnyOrderElementsOf(changes(nodes.get(from), nodes.get(to)).stream()
                                .filter(change -> !NodeChanges.of(change).isEmpty())
                                .toList());
                assertThat(difference.edges())
                        .containsExactlyInAnyOrderElementsOf(changes(edges.get(from), edges.get(to)).stream()
                                .filter(NodeChanges::isChange)
                                .toList());
            }
        }
    }

    private static <K, V> List<Change<V>> changes(Map<K, V> before, Map<K, V> after) {
        Map<K, V> all = new HashMap<>(before);
        all.putAll(after);
        return all.keySet().stream()
                .map(key -> new Change<>(before.get(key), after.get(key)))
                .toList();
    }

    @Test
    void log_ofAMethod_tellsWhenItsBodyAndItsCallersChanged() {
        try (GraphStore graph = GraphStore.inMemory()) {
            graph.apply(Graphs.delta(Graphs.chain("a/A.java", "a.A", "one", "f", "g")), mark(1));
            graph.apply(Graphs.delta(Graphs.chain("a/B.java", "a.B", "two", "h")), mark(2));
            graph.apply(Graphs.delta(Graphs.chain("a/A.java", "a.A", "other", "f", "g")), mark(3));
            graph.apply(Graphs.delta(Graphs.chain("a/A.java", "a.A", "other", "g")), mark(4));
            NodeId id = NodeId.of(NodeKind.METHOD, "a.A#g", "()");

            List<SymbolChange> log = graph.history().log(id, 10);

            assertThat(log.stream().map(change -> change.state().number())).containsExactly(4L, 3L, 1L);
            assertThat(log.get(0).what()).containsExactly(Aspect.CALLERS);
            assertThat(log.get(0).callersRemoved()).isEqualTo(1);
            assertThat(log.get(1).what()).containsExactly(Aspect.CONTENT);
            assertThat(log.get(2).what()).containsExactly(Aspect.FIRST);
            assertThat(graph.history().log(id, 1)).hasSize(1);
        }
    }

    private static List<String> gone(GraphStore graph, String name) {
        return graph.history().gone(node -> node.qualifiedName().equals(name)).stream()
                .map(stamped -> stamped.node().symbol())
                .toList();
    }

    @Test
    void gone_removedMethod_isKnownAsItWas() {
        try (GraphStore graph = GraphStore.inMemory()) {
            graph.apply(Graphs.delta(Graphs.chain("a/A.java", "a.A", "one", "f", "g")), mark(1));
            graph.apply(Graphs.delta(Graphs.chain("a/A.java", "a.A", "one", "g")), mark(2));

            assertThat(gone(graph, "a.A#f")).containsExactly("a.A#f()");
            assertThat(gone(graph, "a.A#g")).isEmpty();
        }
    }

    @Test
    void apply_sameStateAgain_isNoFurtherState() {
        try (GraphStore graph = GraphStore.inMemory()) {
            Delta delta = Graphs.delta(Graphs.chain("a/A.java", "a.A", "one", "f"));
            graph.apply(delta, mark(1));
            graph.apply(delta, mark(1));
            graph.apply(delta, mark(2));

            assertThat(graph.history().states().stream()
                            .map(state -> state.mark().commit()))
                    .containsExactly(mark(1).commit(), mark(2).commit());
            assertThat(graph.history().states().stream().map(HistoryState::change))
                    .containsExactly(0L, 0L);
        }
    }

    @ParameterizedTest(name = "-Dquarry.seed={0}")
    @MethodSource("seeds")
    void insert_statesOfAWalkedStore_lieBetweenThoseThatWereThere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int before = random.nextInt(STATES);
        Map<StateMark, List<String>> dumps = new HashMap<>();
        Path store = folder.resolve("store");
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            fill(graph, random, 1, dumps);
            List<HistoryState> states = graph.history().states();
            HistoryState next = states.get(before);
            Path other = folder.resolve("walked");
            if (before > 0) {
                StoreCopies.link(store, other);
            }
            Path copy = folder.resolve("at");
            StoreCopies.link(store, copy);
            try (GraphStore walked = GraphStore.open(other, OPTIONS);
                    GraphStore at = GraphStore.open(copy, OPTIONS)) {
                if (before > 0) {
                    walked.history().rewind(states.get(before - 1));
                }
                at.history().rewind(next);
                fill(walked, random, 100, dumps);

                graph.history().insert(walked, next, at);

                List<StateMark> marks = new ArrayList<>(walked.history().states().stream()
                        .map(HistoryState::mark)
                        .toList());
                states.subList(before, STATES).forEach(state -> marks.add(state.mark()));
                assertThat(graph.history().states().stream().map(HistoryState::mark))
                        .isEqualTo(marks);
            }
            assertThat(plain(graph)).isEqualTo(dumps.get(mark(STATES)));
        }
        assertStates(store, dumps);
    }

    @Test
    void forgetBefore_aState_keepsItAndThoseBehind() {
        SplittableRandom random = new SplittableRandom(5);
        Map<StateMark, List<String>> dumps = new HashMap<>();
        Path store = folder.resolve("store");
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            fill(graph, random, 1, dumps);
            List<HistoryState> states = graph.history().states();
            HistoryState first = states.get(STATES / 2);
            long bytes = graph.history().bytesBefore(first);

            graph.history().forgetBefore(first);

            assertThat(bytes).isPositive();
            assertThat(graph.history().bytesBefore(first)).isZero();
            assertThat(graph.history().states()).isEqualTo(states.subList(STATES / 2, STATES));
            assertThat(gone(graph, "no.Such")).isEmpty();
            assertThatThrownBy(() -> graph.history().difference(states.getFirst(), first))
                    .isInstanceOf(QuarryException.class)
                    .hasMessageContaining("ask again");
            fill(graph, random, 200, dumps);
        }
        assertStates(store, dumps);
    }

    /** Writes random states; takes down what each has. */
    private static void fill(GraphStore graph, SplittableRandom random, int first, Map<StateMark, List<String>> dumps) {
        Map<String, FileFacts> model = new TreeMap<>();
        for (int i = first; i < first + STATES; i++) {
            graph.apply(delta(random, model, Map.of()));
            graph.apply(delta(random, model, Map.of("run", "" + i)), mark(i));
            dumps.put(mark(i), plain(graph));
        }
    }

    /** Goes back over all states of a store. */
    private static void assertStates(Path store, Map<StateMark, List<String>> dumps) {
        try (GraphStore graph = GraphStore.open(store, OPTIONS)) {
            for (HistoryState state : graph.history().states().reversed()) {
                graph.history().rewind(state);
                assertThat(plain(graph)).as(state.toString()).isEqualTo(dumps.get(state.mark()));
            }
        }
    }

    private static Delta delta(SplittableRandom random, Map<String, FileFacts> model, Map<String, String> meta) {
        Map<String, FileFacts> files = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            FileFacts facts = facts(random, random.nextInt(8));
            files.put(facts.file().path(), facts);
        }
        List<String> removed = model.keySet().stream()
                .filter(path -> !files.containsKey(path) && random.nextInt(8) == 0)
                .toList();
        removed.forEach(model::remove);
        model.putAll(files);
        Node concept = Node.withoutSyntax(NodeKind.BEAN, "b", "b" + random.nextInt(3), "", "");
        List<Edge> edges = model.values().stream()
                .filter(_ -> random.nextInt(3) > 0)
                .map(facts -> Graphs.edge(facts.nodes().getLast(), EdgeKind.INJECTS, concept))
                .toList();
        DerivedFacts derived = random.nextInt(3) == 0 ? null : new DerivedFacts(List.of(concept), edges);
        return new Delta(List.copyOf(files.values()), removed, null, derived, meta);
    }

    private static FileFacts facts(SplittableRandom random, int number) {
        String text = "text " + random.nextInt(6) + " of ".repeat(random.nextInt(3)) + random.nextInt(3);
        String path = "p/T" + number + ".java";
        List<Node> nodes = new ArrayList<>();
        Map<EdgeKey, Edge> edges = new HashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            Node method = Graphs.method(path, "p.T" + number, "m" + i, "()", "body " + random.nextInt(3));
            nodes.add(method);
            Edge edge = Graphs.edge(
                    method, EdgeKind.CALLS, "virtual", nodes.getFirst(), 1 + random.nextInt(3), 1 + random.nextInt(9));
            edges.put(EdgeKey.of(edge), edge);
        }
        return Graphs.file(path, text, nodes, List.copyOf(edges.values()));
    }

    private static List<String> dump(GraphStore graph) {
        return dump(graph, node -> "node " + node);
    }

    /** Without the versions, which tell when and not what. */
    private static List<String> plain(GraphStore graph) {
        return dump(graph, node -> "node " + node.node());
    }

    private static List<String> dump(GraphStore graph, Function<StampedNode, String> shown) {
        List<String> lines = new ArrayList<>();
        graph.files().forEach((path, file) -> lines.add("file " + path + " " + file));
        graph.files()
                .values()
                .forEach(file -> lines.add("text " + graph.text(file.file().raw())));
        graph.forEachNode(node -> lines.add(shown.apply(node)));
        for (EdgeKind kind : EdgeKind.values()) {
            graph.forEachEdge(kind, edge -> lines.add("edge " + edge));
        }
        lines.add(graph.status().nodes() + " " + graph.status().edges());
        lines.add(graph.meta("run") + " " + graph.meta("running"));
        return lines;
    }
}
