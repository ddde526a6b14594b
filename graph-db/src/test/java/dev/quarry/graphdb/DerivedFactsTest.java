package dev.quarry.graphdb;

import static dev.quarry.graphdb.Graphs.chain;
import static dev.quarry.graphdb.Graphs.edge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a store does with facts that follow from all files together. */
class DerivedFactsTest {
    private static final FileFacts FILE = chain("a/A.java", "a.A", "body", "one", "two");
    private static final Node ONE = FILE.nodes().get(2);
    private static final Node TWO = FILE.nodes().get(3);
    private static final Node ROUTE = Node.withoutSyntax(NodeKind.ROUTE, "GET /a", "GET /a", "", "");
    private static final Edge DISPATCH = edge(ONE, EdgeKind.MAY_DISPATCH, "only", TWO, 5, 9);
    private static final Edge TWO_DISPATCHES = edge(TWO, EdgeKind.MAY_DISPATCH, "only", ONE, 5, 9);
    private static final Edge HANDLED = edge(ROUTE, EdgeKind.HANDLED_BY, ONE);
    private static final DerivedFacts ALL =
            new DerivedFacts(List.of(ROUTE), List.of(DISPATCH, TWO_DISPATCHES, HANDLED));

    private final GraphStore store = GraphStore.inMemory();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void apply_derivedFacts_areStoredAndCounted() {
        WriteResult result = store.apply(delta(FILE, ALL));

        assertThat(derived()).containsExactlyInAnyOrder(DISPATCH, TWO_DISPATCHES, HANDLED);
        assertThat(store.node(ROUTE.id())).isPresent();
        assertThat(result.nodesPut()).isEqualTo(FILE.nodes().size() + 1);
        assertThat(result.edgesPut()).isEqualTo(FILE.edges().size() + 3);
        assertThat(store.status().edges()).containsEntry(EdgeKind.MAY_DISPATCH, 2L);
        assertThat(store.status().nodes()).containsEntry(NodeKind.ROUTE, 1L);
    }

    @Test
    void apply_sameDerivedFactsAgain_writesNothing() {
        store.apply(delta(FILE, ALL));

        assertThat(store.apply(delta(FILE, ALL))).isEqualTo(new WriteResult(0, 0, 0, 0, 0, 0, 1));
        assertThat(store.apply(onlyDerived(ALL)).hasChanged()).isFalse();
    }

    @Test
    void apply_changedFile_keepsDerivedEdgesOfWhatIsLeft() {
        store.apply(delta(FILE, ALL));

        store.apply(Graphs.delta(chain("a/A.java", "a.A", "other body", "one")));

        assertThat(derived()).containsExactlyInAnyOrder(DISPATCH, HANDLED);
    }

    @Test
    void apply_removedSourceComesBackWithTheSameFacts_itsEdgesDoToo() {
        store.apply(delta(FILE, ALL));
        store.apply(Graphs.removal("a/A.java"));
        assertThat(derived()).containsExactly(HANDLED);

        store.apply(delta(FILE, ALL));

        assertThat(derived()).containsExactlyInAnyOrder(DISPATCH, TWO_DISPATCHES, HANDLED);
    }

    @Test
    void apply_fewerDerivedFacts_removesTheRestWithItsConcepts() {
        store.apply(delta(FILE, ALL));

        WriteResult result = store.apply(onlyDerived(new DerivedFacts(List.of(), List.of(DISPATCH))));

        assertThat(derived()).containsExactly(DISPATCH);
        assertThat(result).isEqualTo(new WriteResult(0, 1, 0, 2, 0, 0, 2));
        assertThat(store.node(ROUTE.id())).isEmpty();
    }

    @Test
    void apply_newSharedFacts_leavesConceptsAlone() {
        store.apply(delta(FILE, ALL));

        store.apply(Graphs.sharing(Graphs.shared(Graphs.OBJECT)));
        store.apply(Graphs.sharing(Graphs.shared(Graphs.LIST_ADD)));

        assertThat(store.node(ROUTE.id())).isPresent();
        assertThat(derived()).contains(HANDLED);
    }

    @Test
    void apply_otherDetail_replacesTheEdge() {
        store.apply(delta(FILE, ALL));
        Edge ranked =
                new Edge(ONE.id(), EdgeKind.MAY_DISPATCH, "only", TWO.id(), DISPATCH.found(), DISPATCH.sites(), "2");

        store.apply(onlyDerived(new DerivedFacts(List.of(ROUTE), List.of(ranked, TWO_DISPATCHES, HANDLED))));

        assertThat(derived()).containsExactlyInAnyOrder(ranked, TWO_DISPATCHES, HANDLED);
    }

    @Test
    void apply_aPartOfTheDerivedFacts_leavesTheRestAsItIs() {
        store.apply(delta(FILE, ALL));
        Node other = Node.withoutSyntax(NodeKind.ROUTE, "GET /b", "GET /b", "", "");
        Edge handled = edge(other, EdgeKind.HANDLED_BY, TWO);
        DerivedFacts.Part part = new DerivedFacts.Part(
                Map.of(EdgeKind.HANDLED_BY, Set.of(other.id()), EdgeKind.MAY_DISPATCH, Set.of(TWO.id())), Set.of());

        store.apply(onlyDerived(new DerivedFacts(List.of(other), List.of(handled), part)));

        assertThat(derived()).containsExactlyInAnyOrder(DISPATCH, HANDLED, handled);
        assertThat(store.status().nodes()).containsEntry(NodeKind.ROUTE, 2L);
        assertEqualTo(new DerivedFacts(List.of(ROUTE, other), List.of(DISPATCH, HANDLED, handled)));
    }

    @Test
    void apply_aPartWithoutAConcept_removesItWithItsEdges() {
        store.apply(delta(FILE, ALL));

        store.apply(onlyDerived(
                new DerivedFacts(List.of(), List.of(), new DerivedFacts.Part(Map.of(), Set.of(ROUTE.id())))));

        assertThat(derived()).containsExactlyInAnyOrder(DISPATCH, TWO_DISPATCHES);
        assertThat(store.node(ROUTE.id())).isEmpty();
        assertEqualTo(new DerivedFacts(List.of(), List.of(DISPATCH, TWO_DISPATCHES)));
    }

    /** All that is known of the derived facts is as if these had been written at once. */
    private void assertEqualTo(DerivedFacts all) {
        Findings findings = new Findings();
        store.check(true, findings);
        assertThat(findings.tallies()).containsKey(StoreCheck.DERIVED);
        findings.tallies().forEach((check, tally) -> {
            if (check == StoreCheck.DERIVED || check == StoreCheck.COUNT) {
                assertThat(tally.kept()).as(check.name()).isEmpty();
            }
        });
        assertThat(store.apply(delta(FILE, all)).hasChanged()).isFalse();
    }

    private static Delta delta(FileFacts file, DerivedFacts derived) {
        return new Delta(List.of(file), List.of(), null, derived, Map.of());
    }

    private static Delta onlyDerived(DerivedFacts derived) {
        return new Delta(List.of(), List.of(), null, derived, Map.of());
    }

    private List<Edge> derived() {
        List<Edge> edges = new ArrayList<>();
        for (EdgeKind kind : EdgeKind.values()) {
            if (kind.isDerived()) {
                store.forEachEdge(kind, edges::add);
            }
        }
        return edges;
    }
}
