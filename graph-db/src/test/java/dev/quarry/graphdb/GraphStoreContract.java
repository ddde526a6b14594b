package dev.quarry.graphdb;

import static dev.quarry.graphdb.Graphs.chain;
import static dev.quarry.graphdb.Graphs.delta;
import static dev.quarry.graphdb.Graphs.edge;
import static dev.quarry.graphdb.Graphs.file;
import static dev.quarry.graphdb.Graphs.fileId;
import static dev.quarry.graphdb.Graphs.method;
import static dev.quarry.graphdb.Graphs.removal;
import static dev.quarry.graphdb.Graphs.shared;
import static dev.quarry.graphdb.Graphs.sharing;
import static dev.quarry.graphdb.Graphs.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it keeps its rows in. */
abstract class GraphStoreContract {
    private static final Set<EdgeKind> CALLS = EnumSet.of(EdgeKind.CALLS);

    private GraphStore store;

    abstract GraphStore create();

    @BeforeEach
    void open() {
        store = create();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void apply_newFile_storesEqualNodesEdgesAndText() {
        FileFacts facts = chain("a/A.java", "a.A", "text ü", "one", "two", "three");

        WriteResult result = store.apply(delta(facts));

        assertThat(result).isEqualTo(new WriteResult(5, 0, 5, 0, 1, 0, 1));
        assertThat(allNodes()).containsExactlyInAnyOrderElementsOf(facts.nodes());
        assertThat(allEdges()).containsExactlyInAnyOrderElementsOf(facts.edges());
        assertThat(store.text(facts.file().raw())).contains("text ü");
        assertThat(store.file("a/A.java")).contains(facts.file());
        assertThat(store.coverage()).isEqualTo(facts.file().coverage());
    }

    @Test
    void apply_sameFactsAgain_writesNothing() {
        FileFacts facts = chain("a/A.java", "a.A", "text", "one", "two");
        store.apply(delta(facts));
        store.apply(sharing(shared(Graphs.OBJECT)));

        WriteResult result = store.apply(new Delta(List.of(facts), List.of(), shared(Graphs.OBJECT), null, Map.of()));

        assertThat(result).isEqualTo(new WriteResult(0, 0, 0, 0, 0, 0, 2));
        assertThat(result.hasChanged()).isFalse();
        assertThat(store.sequence()).isEqualTo(2);
    }

    @Test
    void apply_movedNodeWithSameContent_keepsItsVersion() {
        Node before = method("a/A.java", "a.A", "one", "()", "body");
        store.apply(delta(file("a/A.java", "v1", List.of(before), List.of())));
        StampedNode first = store.node(before.id()).orElseThrow();
        Node changed = method("a/A.java", "a.A", "one", "()", "other");

        store.apply(delta(file("a/A.java", "v2", List.of(changed), List.of())));
        StampedNode second = store.node(before.id()).orElseThrow();
        store.apply(delta(file("b/A.java", "v2", List.of(method("b/A.java", "a.A", "one", "()", "other")), List.of())));
        StampedNode third = store.node(before.id()).orElseThrow();

        assertThat(second.version()).isGreaterThan(first.version());
        assertThat(third.version()).isEqualTo(second.version());
        assertThat(third.node().file()).isEqualTo(fileId("b/A.java"));
    }

    @Test
    void apply_changedFile_removesWhatIsGoneAndWritesOnlyDifferences() {
        store.apply(delta(chain("a/A.java", "a.A", "text", "one", "two", "three")));

        WriteResult result = store.apply(delta(chain("a/A.java", "a.A", "text", "one", "two")));

        assertThat(result).isEqualTo(new WriteResult(0, 1, 0, 2, 1, 0, 2));
        assertThat(store.named("three")).isEmpty();
        assertThat(store.named("two")).hasSize(1);
    }

    @Test
    void apply_removedPath_leavesOtherFilesAlone() {
        FileFacts kept = chain("b/B.java", "b.B", "same text", "run");
        store.apply(delta(chain("a/A.java", "a.A", "same text", "one", "two"), kept));

        WriteResult result = store.apply(removal("a/A.java", "not/There.java"));

        assertThat(result).isEqualTo(new WriteResult(0, 4, 0, 3, 0, 1, 2));
        assertThat(allNodes()).containsExactlyInAnyOrderElementsOf(kept.nodes());
        assertThat(store.files()).containsOnlyKeys("b/B.java");
        assertThat(store.text(kept.file().raw())).contains("same text");
        store.apply(removal("b/B.java"));
        assertThat(store.text(kept.file().raw())).isEmpty();
        assertThat(store.status().nodes()).isEmpty();
        assertThat(store.status().edges()).isEmpty();
    }

    @Test
    void apply_sharedFacts_replacesWhatNoFileSaysAndKeepsFiles() {
        FileFacts facts = chain("a/A.java", "a.A", "text", "one");
        store.apply(new Delta(List.of(facts), List.of(), shared(Graphs.OBJECT, Graphs.LIST_ADD), null, Map.of()));

        WriteResult result = store.apply(sharing(shared(Graphs.OBJECT)));

        assertThat(result).isEqualTo(new WriteResult(0, 1, 0, 0, 0, 0, 2));
        assertThat(store.node(Graphs.LIST_ADD.id())).isEmpty();
        assertThat(allNodes()).containsAll(facts.nodes()).contains(Graphs.OBJECT);
    }

    @Test
    void apply_metaOnly_isKeptAndNoCommit() {
        store.putMeta(Map.of("root", "/some/where"));

        assertThat(store.meta("root")).contains("/some/where");
        assertThat(store.sequence()).isZero();
        assertThatThrownBy(() -> store.putMeta(Map.of("store.sequence", "9")))
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_INPUT));
    }

    @Test
    void nodes_someMissing_areLeftOutInInputOrder() {
        FileFacts facts = chain("a/A.java", "a.A", "text", "one", "two");
        store.apply(delta(facts));
        NodeId one = facts.nodes().get(2).id();
        NodeId two = facts.nodes().get(3).id();

        assertThat(store.nodes(List.of(two, Graphs.OBJECT.id(), one)))
                .extracting(stamped -> stamped.node().id())
                .containsExactly(two, one);
    }

    @Test
    void matching_patterns_fitSimpleAndQualifiedNames() {
        store.apply(delta(chain("a/A.java", "a.A", "text", "isBlank", "isEmpty", "trim")));

        assertThat(names(store.matching("is*", 10))).containsExactlyInAnyOrder("isBlank", "isEmpty");
        assertThat(names(store.matching("*r?m", 10))).containsExactly("trim");
        assertThat(names(store.matching("a.A#is*", 10))).containsExactlyInAnyOrder("isBlank", "isEmpty");
        assertThat(names(store.matching("trim", 10))).containsExactly("trim");
        assertThat(store.matching("*", 2)).hasSize(2);
        assertThat(store.matching("[a-z]*", 10)).isEmpty();
    }

    @Test
    void declaredIn_file_givesTheOrderOfTheText() {
        store.apply(delta(chain("a/A.java", "a.A", "text", "one")));

        assertThat(names(store.declaredIn(fileId("a/A.java")))).containsExactly("A", "one");
    }

    @Test
    void reach_callers_comeNearestFirst() {
        store.apply(delta(chain("a/A.java", "a.A", "text", "one", "two", "three", "four")));
        NodeId four = store.named("four").getFirst().node().id();

        Reach near = store.reach(four, Direction.IN, CALLS, 2, 10);
        Reach cut = store.reach(four, Direction.IN, CALLS, 9, 1);

        assertThat(near.nodes())
                .extracting(reached -> reached.node().node().name())
                .containsExactly("three", "two");
        assertThat(near.nodes()).extracting(Reached::depth).containsExactly(1, 2);
        assertThat(near.nodes().getLast().via())
                .isEqualTo(near.nodes().getFirst().node().node().id());
        assertThat(near.truncated()).isFalse();
        assertThat(cut.nodes()).hasSize(1);
        assertThat(cut.truncated()).isTrue();
    }

    @Test
    void reach_limitEqualToWhatThereIs_isNotTruncated() {
        store.apply(delta(chain("a/A.java", "a.A", "text", "one", "two", "three")));
        NodeId one = store.named("one").getFirst().node().id();

        assertThat(store.reach(one, Direction.OUT, CALLS, 9, 2).truncated()).isFalse();
    }

    @Test
    void neighbours_bothDirections_giveEdgeAndNode() {
        store.apply(delta(chain("a/A.java", "a.A", "text", "one", "two")));
        NodeId one = store.named("one").getFirst().node().id();

        List<Neighbour> out = store.neighbours(one, Direction.OUT, CALLS, 10);
        List<Neighbour> in = store.neighbours(one, Direction.IN, EnumSet.allOf(EdgeKind.class), 10);

        assertThat(out).extracting(n -> n.node().node().name()).containsExactly("two");
        assertThat(out.getFirst().edge().sites().column(0)).isEqualTo(9);
        assertThat(in).extracting(n -> n.edge().kind()).containsExactly(EdgeKind.DECLARES);
    }

    @Test
    void links_severalNodes_areTheFirstOfEachNodesNeighbours() {
        Node hub = method("a/A.java", "a.A", "hub", "()", "hub");
        List<Node> nodes = new ArrayList<>(List.of(hub));
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Node caller = method("a/A.java", "a.A", "caller" + i, "()", "caller" + i);
            nodes.add(caller);
            edges.add(edge(caller, EdgeKind.CALLS, hub));
        }
        edges.add(edge(nodes.get(1), EdgeKind.CALLS, nodes.get(2)));
        store.apply(delta(file("a/A.java", "x", nodes, edges)));
        List<NodeId> asked = nodes.stream().limit(3).map(Node::id).toList();

        for (Direction direction : Direction.values()) {
            Map<NodeId, List<Link>> links = store.links(asked, direction, EnumSet.allOf(EdgeKind.class), 2);
            for (NodeId id : asked) {
                assertThat(links.getOrDefault(id, List.of()))
                        .as("%s of %s", direction, id)
                        .isEqualTo(store.neighbours(id, direction, EnumSet.allOf(EdgeKind.class), 2).stream()
                                .map(n -> new Link(
                                        id,
                                        n.edge().kind(),
                                        n.node().node().id(),
                                        n.node().node().kind()))
                                .toList());
            }
        }
        assertThat(store.links(asked, Direction.OUT, CALLS, 0)).isEmpty();
    }

    @Test
    void path_twoEnds_isShortest() {
        Node a = method("a/A.java", "a.A", "a", "()", "a");
        Node b = method("a/A.java", "a.A", "b", "()", "b");
        Node c = method("a/A.java", "a.A", "c", "()", "c");
        Node d = method("a/A.java", "a.A", "d", "()", "d");
        List<Edge> edges = List.of(
                edge(a, EdgeKind.CALLS, b),
                edge(b, EdgeKind.CALLS, c),
                edge(c, EdgeKind.CALLS, d),
                edge(a, EdgeKind.CALLS, c));
        store.apply(delta(file("a/A.java", "x", List.of(a, b, c, d), edges)));

        assertThat(store.path(a.id(), d.id(), CALLS, 5)).contains(List.of(edges.get(3), edges.get(2)));
        assertThat(store.path(a.id(), d.id(), CALLS, 1)).isEmpty();
        assertThat(store.path(d.id(), a.id(), CALLS, 5)).isEmpty();
        assertThat(store.path(a.id(), a.id(), CALLS, 5)).contains(List.of());
    }

    @Test
    void impact_type_includesUsersOfItsMembers() {
        FileFacts used = chain("a/A.java", "a.A", "text", "one");
        Node user = method("b/B.java", "b.B", "user", "()", "body");
        Node sub = type("b/C.java", "b.C", "sub");
        store.apply(delta(
                used,
                file(
                        "b/B.java",
                        "b",
                        List.of(user),
                        List.of(edge(user, EdgeKind.CALLS, used.nodes().get(2)))),
                file(
                        "b/C.java",
                        "c",
                        List.of(sub),
                        List.of(edge(sub, EdgeKind.EXTENDS, used.nodes().get(1))))));

        Reach impact = store.impact(used.nodes().get(1).id(), 3, 100);

        assertThat(impact.nodes())
                .extracting(reached -> reached.node().node().name())
                .containsExactlyInAnyOrder("one", "user", "C");
    }

    @Test
    void status_afterWrites_countsWhatIsThere() {
        store.apply(delta(chain("a/A.java", "a.A", "text", "one", "two")));

        StoreStatus status = store.status();

        assertThat(status.nodes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(NodeKind.FILE, 1L, NodeKind.CLASS, 1L, NodeKind.METHOD, 2L));
        assertThat(status.edges())
                .containsExactlyInAnyOrderEntriesOf(Map.of(EdgeKind.DECLARES, 2L, EdgeKind.CALLS, 1L));
        assertThat(status.sequence()).isEqualTo(1);
    }

    @Test
    void vectors_putAndIndexed_areFoundByScripts() {
        FileFacts facts = chain("a/A.java", "a.A", "text", "one", "two");
        store.apply(delta(facts));
        List<ContentHash> texts = List.of(ContentHash.ofText("1"), ContentHash.ofText("2"));
        store.putVectors("m@1", texts, new float[][] {unit(3), unit(5)});
        store.putVectors("m@1", texts, new float[][] {unit(7), unit(8)});
        store.putNodeTexts(Map.of(facts.nodes().get(2).id(), texts.get(1)));
        store.buildVectorIndex();
        store.buildVectorIndex();

        QueryResult result = store.query(
                "near[vid, d] := ~vec:ann{vid | query: $q, k: 1, ef: 20, bind_distance: d}"
                        + " ?[name, d] := near[vid, d], *embedding{text, vid}, *node_text:by_text{text, id}, *node{id, name}",
                Map.of("q", unit(5)),
                QueryLimits.DEFAULT);

        assertThat(result.rows()).hasSize(1);
        assertThat(result.rows().getFirst().getFirst()).isEqualTo("one");
        assertThat(store.knownTexts("m@1", texts)).containsOnlyKeys(texts);
        assertThat(store.knownTexts("m@2", texts)).isEmpty();
        assertThat(store.vectors("m@1", texts).get(texts.getFirst())).isEqualTo(unit(3));
        assertThat(store.status().vectors()).isEqualTo(2);
    }

    @Test
    void vectors_addedAfterIndex_areFoundOnceItIsBuiltAgain() {
        ContentHash late = ContentHash.ofText("late");
        store.putVectors("m", List.of(ContentHash.ofText("1")), new float[][] {unit(1)});
        store.buildVectorIndex();
        store.putVectors("m", List.of(late), new float[][] {unit(2)});
        store.buildVectorIndex();

        QueryResult result = store.query(
                "?[vid] := ~vec:ann{vid | query: $q, k: 1, ef: 20}", Map.of("q", unit(2)), QueryLimits.DEFAULT);

        assertThat(result.rows())
                .containsExactly(List.of(store.knownTexts("m", List.of(late)).get(late)));
    }

    @Test
    void vectors_fewAddedToAnIndex_areFoundAtOnceAndSound() {
        List<ContentHash> late = List.of(ContentHash.ofText("2"), ContentHash.ofText("3"));
        store.putVectors("m", List.of(ContentHash.ofText("1")), new float[][] {unit(1)});
        store.buildVectorIndex();
        store.putVectors("m", late, new float[][] {unit(2), unit(3)});

        QueryResult result = store.query(
                "?[vid] := ~vec:ann{vid | query: $q, k: 1, ef: 20}", Map.of("q", unit(3)), QueryLimits.DEFAULT);

        assertThat(result.rows())
                .containsExactly(List.of(store.knownTexts("m", late).get(late.get(1))));
        assertThat(store.vectors("m", late).get(late.get(0))).isEqualTo(unit(2));
        assertThat(store.status().vectors()).isEqualTo(3);
        Findings findings = new Findings();
        store.check(true, findings);
        findings.tallies()
                .forEach((subject, tally) ->
                        assertThat(tally.kept()).as(subject.toString()).isEmpty());
    }

    @Test
    void nodeTexts_removedNode_goesWithIt() {
        FileFacts facts = chain("a/A.java", "a.A", "text", "one");
        store.apply(delta(facts));
        NodeId one = facts.nodes().get(2).id();
        store.putNodeTexts(Map.of(one, ContentHash.ofText("t")));
        long before = store.vectorSequence();
        store.putNodeTexts(Map.of(one, ContentHash.ofText("t")));
        assertThat(store.vectorSequence()).isEqualTo(before);

        store.apply(removal("a/A.java"));

        assertThat(store.nodeTexts(List.of(one))).isEmpty();
        assertThat(store.vectorSequence()).isEqualTo(before + 1);
        List<NodeId> left = new ArrayList<>();
        store.forEachNodeText((id, text) -> left.add(id));
        assertThat(left).isEmpty();
    }

    @Test
    void forEach_moreThanOnePage_givesEachRowOnce() {
        List<FileFacts> files = new ArrayList<>();
        Node hub = method("hub/Hub.java", "hub.Hub", "hub", "()", "x");
        List<Edge> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            files.add(chain("p/T" + i + ".java", "p.T" + i, "text " + i, manyNames(i)));
        }
        files.forEach(f -> f.nodes().forEach(n -> many.add(edge(hub, EdgeKind.CALLS, n))));
        files.add(file("hub/Hub.java", "hub", List.of(hub), many));
        store.apply(Delta.ofFiles(files));

        assertThat(allNodes())
                .hasSize(files.stream().mapToInt(f -> f.nodes().size()).sum())
                .doesNotHaveDuplicates();
        assertThat(allEdges())
                .hasSize(files.stream().mapToInt(f -> f.edges().size()).sum())
                .doesNotHaveDuplicates();
    }

    @Test
    void query_valuesOfAllTypes_comeBackAsJava() {
        QueryResult result = store.query(
                "?[a, b, c, d, e, f] <- [[$t, 1, 2.5, 'x', null, [1, 'y']]]", Map.of("t", true), QueryLimits.DEFAULT);

        assertThat(result.headers()).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(result.rows().getFirst().subList(0, 4)).isEqualTo(List.of(true, 1L, 2.5, "x"));
        assertThat(result.rows().getFirst().get(4)).isNull();
        assertThat(result.rows().getFirst().get(5)).isEqualTo(List.of(1L, "y"));
    }

    @Test
    void query_moreRowsThanTheLimit_isTruncated() {
        QueryLimits limits = new QueryLimits(2, 5, 1 << 26, 1000);

        assertThat(store.query("?[x] := x in [1, 2, 3]", Map.of(), limits).truncated())
                .isTrue();
        assertThat(store.query("?[x] := x in [1, 2]", Map.of(), limits).truncated())
                .isFalse();
    }

    private static String[] manyNames(int seed) {
        String[] names = new String[200];
        for (int i = 0; i < names.length; i++) {
            names[i] = "m" + seed + "x" + i;
        }
        return names;
    }

    private static float[] unit(int axis) {
        float[] vector = new float[384];
        vector[axis] = 1;
        return vector;
    }

    private static List<String> names(List<StampedNode> nodes) {
        return nodes.stream().map(stamped -> stamped.node().name()).toList();
    }

    private List<Node> allNodes() {
        List<Node> nodes = new ArrayList<>();
        store.forEachNode(stamped -> nodes.add(stamped.node()));
        return nodes;
    }

    /** Of each kind, and all at once, which must be the same. */
    private List<Edge> allEdges() {
        List<Edge> edges = new ArrayList<>();
        for (EdgeKind kind : EdgeKind.values()) {
            store.forEachEdge(kind, edges::add);
        }
        List<Edge> atOnce = new ArrayList<>();
        store.forEachEdge(EnumSet.allOf(EdgeKind.class), atOnce::add);
        assertThat(atOnce)
                .containsExactlyInAnyOrderElementsOf(edges)
                .isSortedAccordingTo(Comparator.comparing(Edge::from));
        return edges;
    }
}
