package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.StampedNode;
import dev.quarry.schema.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random deltas on a store and on maps: both must hold the same. Repeat a failure with {@code -Dquarry.seed}. */
class StoreModelTest {
    private static final int STEPS = 40;

    static LongStream seeds() {
        Long given = Long.getLong("quarry.seed");
        return given == null ? new SplittableRandom().longs(4) : LongStream.of(given);
    }

    @ParameterizedTest(name = "-Dquarry.seed={0}")
    @MethodSource("seeds")
    void apply_randomDeltas_storeEqualsModel(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, FileFacts> model = new TreeMap<>();
        Set<Edge> derived = new HashSet<>();
        Map<NodeId, StampedNode> before = new HashMap<>();
        try (GraphStore store = GraphStore.inMemory()) {
            for (int step = 0; step < STEPS; step++) {
                Delta delta = delta(random, model);
                delta.removedPaths().forEach(model::remove);
                delta.files().forEach(facts -> model.put(facts.file().path(), facts));
                if (random.nextBoolean()) {
                    DerivedFacts facts = derived(random, model);
                    derived = Set.copyOf(facts.edges());
                    delta = new Delta(delta.files(), delta.removedPaths(), null, facts, Map.of());
                } else {
                    derived = ofSources(derived, model);
                }
                long sequence = store.sequence();
                WriteResult result = store.apply(delta);
                assertThat(result.sequence() - sequence).isEqualTo(result.hasChanged() ? 1 : 0);
                assertThat(store.apply(delta).hasChanged()).isFalse();
                before = assertEqual(store, model, derived, before);
            }
        }
    }

    private static Delta delta(SplittableRandom random, Map<String, FileFacts> model) {
        Map<String, FileFacts> files = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            FileFacts facts = facts(random, random.nextInt(8));
            files.put(facts.file().path(), facts);
        }
        List<String> removed = model.keySet().stream()
                .filter(path -> !files.containsKey(path) && random.nextInt(8) == 0)
                .toList();
        return new Delta(List.copyOf(files.values()), removed, null, null, Map.of());
    }

    /** Few different edges, so that most of them are the same from one delta to the next. */
    private static DerivedFacts derived(SplittableRandom random, Map<String, FileFacts> model) {
        List<Edge> edges = new ArrayList<>();
        for (FileFacts facts : model.values()) {
            List<Node> nodes = facts.nodes();
            for (Node node : nodes) {
                if (random.nextInt(4) > 0) {
                    edges.add(Graphs.edge(node, EdgeKind.MAY_DISPATCH, "only", nodes.getFirst(), 1, 1));
                }
            }
        }
        return new DerivedFacts(List.of(), edges);
    }

    private static Set<Edge> ofSources(Set<Edge> derived, Map<String, FileFacts> model) {
        Set<NodeId> sources = model.values().stream()
                .flatMap(facts -> facts.nodes().stream())
                .map(Node::id)
                .collect(Collectors.toSet());
        return derived.stream().filter(edge -> sources.contains(edge.from())).collect(Collectors.toSet());
    }

    private static FileFacts facts(SplittableRandom random, int number) {
        String path = "p/T" + number + ".java";
        List<Node> nodes = new ArrayList<>();
        Map<EdgeKey, Edge> edges = new HashMap<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            Node method = Graphs.method(path, "p.T" + number, "m" + i, "()", "body " + random.nextInt(2));
            nodes.add(method);
            for (int e = random.nextInt(4); e > 0; e--) {
                Node target = Graphs.method("", "p.T" + random.nextInt(8), "m" + random.nextInt(4), "()", "");
                Edge edge = Graphs.edge(
                        method,
                        random.nextBoolean() ? EdgeKind.CALLS : EdgeKind.READS,
                        random.nextBoolean() ? "virtual" : "static",
                        target,
                        1 + random.nextInt(3),
                        1);
                edges.put(EdgeKey.of(edge), edge);
            }
        }
        return Graphs.file(path, "text " + random.nextInt(6), nodes, List.copyOf(edges.values()));
    }

    private static Map<NodeId, StampedNode> assertEqual(
            GraphStore store, Map<String, FileFacts> model, Set<Edge> derived, Map<NodeId, StampedNode> before) {
        Map<NodeId, StampedNode> stored = new HashMap<>();
        store.forEachNode(stamped -> stored.put(stamped.node().id(), stamped));
        Set<Edge> edges = new HashSet<>();
        for (EdgeKind kind : EdgeKind.values()) {
            store.forEachEdge(kind, edges::add);
        }
        assertThat(stored.values().stream().map(StampedNode::node))
                .containsExactlyInAnyOrderElementsOf(model.values().stream()
                        .flatMap(facts -> facts.nodes().stream())
                        .toList());
        assertThat(edges)
                .isEqualTo(Stream.concat(
                                derived.stream(), model.values().stream().flatMap(facts -> facts.edges().stream()))
                        .collect(Collectors.toSet()));
        assertThat(store.files().keySet()).isEqualTo(model.keySet());
        model.values()
                .forEach(facts -> assertThat(store.text(facts.file().raw())).contains(facts.text()));
        Map<NodeKind, Long> counts = stored.values().stream()
                .collect(Collectors.groupingBy(stamped -> stamped.node().kind(), Collectors.counting()));
        assertThat(store.status().nodes()).isEqualTo(counts);
        assertThat(store.status().edges())
                .isEqualTo(edges.stream().collect(Collectors.groupingBy(Edge::kind, Collectors.counting())));
        assertVersions(before, stored);
        assertIncoming(store, stored, edges);
        return stored;
    }

    /** A node keeps its version as long as its content is the same, and gets a later one when it changes. */
    private static void assertVersions(Map<NodeId, StampedNode> before, Map<NodeId, StampedNode> after) {
        after.forEach((id, stamped) -> {
            StampedNode old = before.get(id);
            if (old != null) {
                boolean isSame = old.node().content().equals(stamped.node().content());
                Version version = stamped.version();
                assertThat(Integer.signum(version.compareTo(old.version()))).isEqualTo(isSame ? 0 : 1);
            }
        });
    }

    private static void assertIncoming(GraphStore store, Map<NodeId, StampedNode> stored, Set<Edge> edges) {
        Set<EdgeKind> all = Set.of(EdgeKind.values());
        for (NodeId id : stored.keySet()) {
            assertThat(store.neighbours(id, Direction.IN, all, 1000).stream().map(Neighbour::edge))
                    .containsExactlyInAnyOrderElementsOf(
                            edges.stream().filter(edge -> edge.to().equals(id)).toList());
        }
    }
}
