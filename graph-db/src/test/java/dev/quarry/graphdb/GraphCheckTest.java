package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.Sites;
import dev.quarry.schema.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage that is done to a store's rows by the engine's own writes. */
class GraphCheckTest {
    private static final StoreOptions OPTIONS = new StoreOptions(16 << 20);
    private static final String FILE = "src/p/Type.java";

    @TempDir
    private Path directory;

    private List<String> differing = List.of();

    @Test
    void check_storeAsWritten_findsNothing() {
        write();

        Findings findings = check();

        assertThat(findings.tallies())
                .allSatisfy((check, tally) ->
                        assertThat(tally.kept()).as("%s", check).isEmpty());
        assertThat(findings.tally(StoreCheck.NODE).checked()).isEqualTo(7);
        assertThat(findings.tally(StoreCheck.VECTOR).checked()).isEqualTo(2);
        assertThat(findings.tally(StoreCheck.DERIVED).checked()).isEqualTo(1);
        assertThat(differing).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?[id] := *node{id, name}, name = 'third' :rm node {id} | EDGE COUNT NODE_TEXT",
                "?[id] := *node{id, kind}, kind = 'JDK_METHOD' :rm node {id} | EDGE COUNT",
                "?[id, qname] := *node{id, name}, name = 'third', qname = 'p.Other#third' :update node {id => qname} | NODE",
                "?[id, file] := *node{id, name}, name = 'third', file = $id :update node {id => file} | NODE",
                "?[id, version] := *node{id, name}, name = 'third', version = $late :update node {id => version} | VERSION",
                "?[src, kind, dst, role] := *edge{src, kind, dst, role}, kind = 'DECLARES' :rm edge {src, kind, dst, role}"
                        + " | CONTAINMENT COUNT",
                "?[src, kind, dst, role] := *edge{src, kind, dst, role}, kind = 'MAY_DISPATCH' :rm edge {src, kind, dst, role}"
                        + " | DERIVED COUNT",
                "?[key, value] <- [['store.nodes.METHOD', '99']] :put meta {key => value} | COUNT",
                "?[raw] := *source{raw} :rm source {raw} | COUNT",
                "?[vid, v] := *vec{vid}, vid = 0, v = $long :put vec {vid => v} | VECTOR",
                "?[vid, v] := *vec{vid}, vid = 0, v = $broken :put vec {vid => v} | VECTOR",
                "?[vid] := *vec{vid}, vid = 0 :rm vec {vid} | VECTOR",
                "?[text, model] := *embedding{text, model} :rm embedding {text, model} | VECTOR NODE_TEXT",
                "?[id, text] := *node_text{text}, id = $id :put node_text {id => text} | NODE_TEXT"
            })
    void check_rowsDamaged_isFound(String script, String checks) {
        write();
        damage(script);

        Findings findings = check();

        Set<StoreCheck> expected = EnumSet.noneOf(StoreCheck.class);
        for (String check : checks.split(" ")) {
            expected.add(StoreCheck.valueOf(check));
        }
        Set<StoreCheck> found = EnumSet.noneOf(StoreCheck.class);
        findings.tallies().forEach((check, tally) -> {
            if (tally.violations() > 0) {
                found.add(check);
            }
        });
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void check_rowOfAFileChanged_namesTheFile() {
        write();
        damage("?[id, declaration] := *node{id, name}, name = 'third', declaration = 'int third()'"
                + " :update node {id => declaration}");

        assertThat(check().violations()).isZero();
        assertThat(differing).containsExactly(FILE);
    }

    @Test
    void violation_moreThanAreKept_areCounted() {
        Findings findings = new Findings();
        for (int i = 0; i < Findings.KEPT + 5; i++) {
            findings.check(StoreCheck.EDGE, false, "edge " + i, "is wrong");
        }

        assertThat(findings.tally(StoreCheck.EDGE).violations()).isEqualTo(Findings.KEPT + 5);
        assertThat(findings.tally(StoreCheck.EDGE).kept()).hasSize(Findings.KEPT);
    }

    private void write() {
        FileFacts chain = Graphs.chain(FILE, "p.Type", "class Type", "first", "second", "third");
        Node file = chain.nodes().getFirst();
        Node type = chain.nodes().get(1);
        Node first = chain.nodes().get(2);
        Node third = chain.nodes().get(4);
        Node home = Node.withoutSyntax(NodeKind.PACKAGE, "p", "p", "", "");
        List<Edge> edges = new ArrayList<>(chain.edges());
        edges.add(contains(file, type));
        edges.add(Graphs.edge(first, EdgeKind.CALLS, Graphs.LIST_ADD));
        edges.sort(Comparator.comparing(Edge::from)
                .thenComparing(Edge::kind)
                .thenComparing(Edge::to)
                .thenComparing(Edge::role));
        List<Node> nodes = new ArrayList<>(chain.nodes());
        nodes.sort(Comparator.comparing(Node::id));
        SharedFacts shared = new SharedFacts(List.of(home, Graphs.LIST_ADD), List.of(contains(home, file)));
        Edge dispatch = Graphs.edge(first, EdgeKind.MAY_DISPATCH, third);
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            store.apply(new Delta(
                    List.of(new FileFacts(chain.file(), chain.text(), nodes, edges)),
                    List.of(),
                    shared,
                    new DerivedFacts(List.of(), List.of(dispatch)),
                    Map.of()));
            List<ContentHash> texts = List.of(ContentHash.ofText("one"), ContentHash.ofText("two"));
            store.putVectors("model@1", texts, new float[][] {vector(1), vector(1)});
            store.putNodeTexts(Map.of(first.id(), texts.getFirst(), third.id(), texts.getLast()));
        }
    }

    private static Edge contains(Node from, Node to) {
        return new Edge(from.id(), EdgeKind.CONTAINS, "", to.id(), Found.COMPILER, Sites.NONE, "");
    }

    private static float[] vector(float first) {
        float[] vector = new float[VectorWrites.DIMENSION];
        vector[0] = first;
        return vector;
    }

    private void damage(String script) {
        Params params = Params.of(
                Map.of("id", new NodeId(7, 7), "long", vector(2), "broken", vector(Float.NaN), "late", late()));
        try (Engine engine = Engine.open(directory.resolve("graph/engine"), OPTIONS.cacheBytes())) {
            engine.execute(script, params);
        }
    }

    private static byte[] late() {
        return Version.parse("7fffffff-ffff-7fff-bfff-ffffffffffff").toBytes();
    }

    private Findings check() {
        Findings findings = new Findings();
        try (GraphStore store = GraphStore.open(directory, OPTIONS)) {
            differing = store.check(true, findings);
        }
        return findings;
    }
}
