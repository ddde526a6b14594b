package dev.quarry.graphdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that mean harm, or go wrong: each ends with an error of its own, and the store answers afterwards. */
class HostileQueryTest {
    private static final QueryLimits LIMITS = new QueryLimits(100, 0.3, 8 << 20, QueryLimits.MAX_SCRIPT_LENGTH);

    private static GraphStore store;

    @BeforeAll
    static void open() {
        store = GraphStore.inMemory();
        store.apply(Graphs.delta(Graphs.chain("a/A.java", "a.A", "text", "one", "two")));
    }

    @AfterAll
    static void close() {
        assertThat(store.named("one")).hasSize(1);
        store.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "?[x] :=",
                "no script",
                "?[x] := *nowhere{x}",
                "?[x] := x = $missing",
                "?[id] := *node{id} :rm node {id}",
                "?[key, value] <- [['a', 'b']] :put meta {key => value}",
                "::remove node",
                ":: compact",
                "{ ::index drop edge:rev }",
                "::kill 1",
                "?[x] := x = 1 :sleep 60",
                "{ ?[x] := x = 1 } %debug _x",
                "?[x] := x = 1 :create other {x}",
                "::hnsw drop vec:ann",
                "?[x] := x = 'open",
                "?[vid] := ~vec:ann{vid | query: [1], k: 1, ef: 1}"
            })
    void query_wrongOrWriting_isBadInput(String script) {
        assertCode(script, ErrorCode.BAD_INPUT);
    }

    @Test
    void query_deepBrackets_isRefusedBeforeItIsParsed() {
        assertCode("?[x] := x = " + "[".repeat(30) + "]".repeat(30), ErrorCode.LIMIT);
        assertCode("?[x] := x = " + "(".repeat(10_000) + "1" + ")".repeat(10_000), ErrorCode.LIMIT);
        assertCode("?[id] := " + "*node{id}, ".repeat(3000) + "id = id", ErrorCode.LIMIT);
        assertCode("?[x] := " + "x = [[[[[[[[1]]]]]]]], ".repeat(500) + "x = 1", ErrorCode.LIMIT);
        assertCode("?[x] := x = " + "!".repeat(20_000) + "true", ErrorCode.BAD_INPUT);
        assertCode("?[x] := x = 1, " + "not ".repeat(2_000) + "x = 2", ErrorCode.BAD_INPUT);
        assertCode("/*".repeat(10_000) + " ?[x] := x = 1", ErrorCode.BAD_INPUT);
    }

    @Test
    void query_tooLong_isRefused() {
        assertCode("?[x] := x = '" + "a".repeat(QueryLimits.MAX_SCRIPT_LENGTH) + "'", ErrorCode.LIMIT);
    }

    @Test
    void query_manyAtoms_endsWithoutHarm() {
        String atoms = IntStream.range(0, 250)
                .mapToObj(i -> "*node{id}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();

        try {
            store.query("?[id] := " + atoms, Map.of(), LIMITS);
        } catch (QuarryException e) {
            assertThat(e.code()).isIn(ErrorCode.LIMIT, ErrorCode.BAD_INPUT);
        }
    }

    @Test
    void query_manySigns_endsWithoutHarm() {
        assertThat(store.query("?[x] := x = 1" + " - 1".repeat(2000), Map.of(), LIMITS)
                        .rows())
                .hasSize(1);
    }

    @Test
    void query_endlessRecursion_endsAtALimit() {
        assertCode("a[n] := n = 0 a[n] := a[m], n = m + 1 ?[n] := a[n], n < 0", ErrorCode.LIMIT);
        assertCode("{ ?[n] := n = 0 } %loop { ?[x] := x in [1, 2] } %end", ErrorCode.LIMIT);
    }

    @Test
    void query_largeProduct_endsAtALimit() {
        assertCode("a[n] := n in int_range(3000) ?[x, y, z] := a[x], a[y], a[z] :order x", ErrorCode.LIMIT);
    }

    @Test
    void query_valueAsLargeAsOneAsksFor_isRefused() {
        assertCode("?[count(a)] := a in int_range(1000000000000)", ErrorCode.LIMIT);
        assertCode("?[count(a)] := a in int_range (1, 100002)", ErrorCode.LIMIT);
        assertCode("?[a] := a in [int_range(60000), int_range(-60000, 0)]", ErrorCode.LIMIT);
        assertCode("?[a] := n = 1000000 * 1000000, a in int_range(n)", ErrorCode.BAD_INPUT);
        assertCode("?[a] := a in int_range /* */ (1000000000000)", ErrorCode.BAD_INPUT);
        assertCode("?[a] := a in int_range# so\n(1000000000000)", ErrorCode.BAD_INPUT);
        assertCode("?[a] := a = rand_vec(1000000000)", ErrorCode.BAD_INPUT);
        assertCode("?[w] := w = windows(int_range(50000), 25000)", ErrorCode.BAD_INPUT);

        assertThat(store.query("?[count(a)] := a in int_range(-8, 100, 2)", Map.of(), LIMITS)
                        .rows())
                .containsExactly(List.of(54L));
        assertThat(store.query("int_range[a] := a = 1 ?[a] := int_range[a]", Map.of(), LIMITS)
                        .rows())
                .hasSize(1);
    }

    @Test
    void query_bracketsInTextAndComments_areNotCounted() {
        String script =
                "# ((((((((((((((((((\n/* [[[[[[[[[[[[[[[[[[ /* ::remove */ */ ?[x] := x = '(((((((((((((((((((((((' ++"
                        + " \"\\\"[[[[[[[[[[[[[[[[[[\" ++ ___\"{{{{{{{{{{{{{{{{{{{{{\"__ ::kill\"___";

        assertThat(store.query(script, Map.of(), LIMITS).rows()).hasSize(1);
    }

    @Test
    void query_schemaStatements_arePossible() {
        assertThat(store.query("::relations", Map.of(), LIMITS).rows()).isNotEmpty();
        assertThat(store.query("::columns node", Map.of(), LIMITS).rows()).isNotEmpty();
    }

    private static void assertCode(String script, ErrorCode code) {
        assertThatThrownBy(() -> store.query(script, Map.of(), LIMITS))
                .isInstanceOfSatisfying(
                        QuarryException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }
}
