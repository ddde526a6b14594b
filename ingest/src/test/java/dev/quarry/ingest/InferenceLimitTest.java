package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with code whose types the compiler would take hours to infer. */
class InferenceLimitTest {
    private static final String OVERLOADS = """
                static <T, R> R f(T t, Function<? super T, ? extends R> g) { return null; }
                static <T, R> R f(T t, BiFunction<? super T, Integer, ? extends R> g) { return null; }
                static <T, R> R f(T t, Supplier<? extends R> g) { return null; }
                static <T> T f(T t, UnaryOperator<T> g) { return null; }
            """;
    private static final String DEEP =
            "f(s, a -> f(a, b -> f(b, c -> f(c, d -> f(d, e -> f(e, g -> f(g, h -> f(h, i -> 1))))))))";

    @TempDir
    private Path root;

    private Graph graph(String members) {
        Graph.write(
                root,
                "p/A.java",
                "package p; import java.util.function.*; abstract class A implements Runnable {\n" + OVERLOADS + members
                        + "}\n");
        return Graph.of(root);
    }

    @Test
    void methodTooLongToInfer_besideGenericOverrides_costsItselfAlone() {
        Graph graph = graph("""
                interface Gen<X> { <Z extends X> void m(X x); }
                interface Gen2<X> extends Gen<X> { <Z extends X> void m(X x); }
                Object deep(String s) { return %s; }
                <T> Gen2<T> gen(Gen2<T> g) { return g; }
                <T> Gen2<T> use(Gen2<T> g) { g.m(null); return gen(gen(g)); }
                """.formatted(DEEP));

        assertThat(graph.file("p/A.java").problem()).contains("gave up on bodies");
        assertThat(graph.edges(EdgeKind.IMPLEMENTS)).containsExactly("p.A java.lang.Runnable @1:69");
        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "p.A#use(p.A$Gen2) virtual p.A#gen(p.A$Gen2) @10:48,10:52",
                        "p.A#use(p.A$Gen2) interface p.A$Gen2#m(java.lang.Object) @10:32");
        assertThat(graph.edges(EdgeKind.OVERRIDES))
                .containsExactly("p.A$Gen2#m(java.lang.Object) p.A$Gen#m(java.lang.Object) @7:55");
    }

    @Test
    void fieldTooLongToInfer_leavesTheClasssOtherMembersBound() {
        Graph graph = graph("""
                static String s = "";
                Object deep = %s;
                int size = s.length();
                int length() { return s.trim().length(); }
                """.formatted(DEEP));

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "p.A#length() virtual java.lang.String#trim() @9:25",
                        "p.A#length() virtual java.lang.String#length() @9:32",
                        "p.A#<init>() virtual java.lang.String#length() @8:14");
    }

    @Test
    void restOfAMethodThatWasGivenUp_isReadByItsText() {
        Graph graph = graph("""
                static class Log {
                    static void say(String s, int n) {}
                    static void say(String s, Runnable r) {}
                }
                Object deep(String s) {
                    Object o = %s;
                    if (o != null) {
                        for (int i = 0; i < 3; i++) { Log.say("a", i); Log.say("b", () -> Log.say("c", 1)); }
                        new Object() { int n = Math.max(1, 2); { Log.say("d", n); } };
                    }
                    return o;
                }
                """.formatted(DEEP));

        assertThat(graph.file("p/A.java").problem()).contains("gave up on bodies");
        assertThat(graph.found(EdgeKind.CALLS))
                .anyMatch(call -> call.startsWith("deep SYNTAX ") && call.endsWith("Log#say"))
                .noneMatch(call -> call.startsWith("deep COMPILER "));
        assertThat(graph.edges(EdgeKind.CALLS)).noneMatch(call -> call.contains("dangling"));
    }
}
