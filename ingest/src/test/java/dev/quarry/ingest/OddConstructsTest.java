package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Found;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls, accesses and structure through the constructs that a look at the text alone gets wrong. */
class OddConstructsTest {
    @TempDir
    private Path root;

    private Graph graph(String source) {
        Graph.write(root, "A.java", source);
        Graph graph = Graph.of(root);
        assertThat(graph.coverage().unresolved()).isZero();
        assertThat(graph.edges).allMatch(edge -> edge.found() == Found.COMPILER);
        return graph;
    }

    private static NavigableSet<String> edges(Graph graph, EdgeKind kind, String from) {
        return graph.edges.stream()
                .filter(edge -> edge.kind() == kind && graph.symbol(edge.from()).startsWith(from))
                .map(edge -> edge.role() + " " + graph.symbol(edge.to()) + " @" + edge.sites())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void check(String source, String from, String... calls) {
        assertThat(edges(graph(source), EdgeKind.CALLS, from)).containsExactlyInAnyOrder(calls);
    }

    @Test
    void membersOfEnums_thatTheLanguageAdds_areCalledAsTheirOwn() {
        check(
                """
                enum E {
                    X; int i;
                    static int f(String s) { return E.valueOf(s).i + values().length + X.ordinal() + E.X.name().length(); }
                }
                """,
                "E#f",
                "static E#valueOf(java.lang.String) @3:39",
                "static E#values() @3:54",
                "virtual java.lang.Enum#ordinal() @3:74",
                "virtual java.lang.Enum#name() @3:90",
                "virtual java.lang.String#length() @3:97");
        assertThat(Graph.of(root).node("E#values()").flags()).matches(flags -> Flags.has(flags, Flags.IMPLICIT));
    }

    @Test
    void membersOfRecords_thatTheLanguageAdds_areCalledAsTheirOwn() {
        check(
                """
                record R(int x, String... rest) {
                    R { if (x < 0) throw new IllegalArgumentException(); }
                    static int f(R r) { return new R(1, "a").x() + r.rest().length + r.hashCode() + r.x; }
                }
                record S<T>(T t) { static String g(S<String> s) { return s.t().trim() + new S<>("x").equals(s); } }
                """,
                "R#f",
                "new R#<init>(int,java.lang.String[]) @3:32",
                "virtual R#x() @3:46",
                "virtual R#rest() @3:54",
                "virtual R#hashCode() @3:72");
        Graph graph = Graph.of(root);
        assertThat(edges(graph, EdgeKind.CALLS, "S#g"))
                .containsExactlyInAnyOrder(
                        "virtual S#t() @5:60",
                        "virtual java.lang.String#trim() @5:64",
                        "new S#<init>(java.lang.Object) @5:73",
                        "virtual S#equals(java.lang.Object) @5:86");
        assertThat(edges(graph, EdgeKind.READS, "R#f")).containsExactly(" R#x @3:87");
        assertThat(edges(graph, EdgeKind.WRITES, "R#<init>")).containsExactlyInAnyOrder(" R#x @1:14", " R#rest @1:27");
    }

    @Test
    void patterns_thatTakeRecordsApart_callTheirAccessors() {
        check(
                """
                record P(int x, int y) { public int x() { return x; } }
                record Q<T>(T at, P other) {}
                class A {
                    int s(Object o) {
                        return switch (o) {
                            case Q<?>(P(int a, _), P(var b, var c)) when big(a) -> b + c;
                            case Q<?>(String t, var p) -> t.length() + p.y();
                            case P p -> p.x();
                            default -> 0;
                        };
                    }
                    boolean i(Object o) { return o instanceof Q<?>(var at, P(int x, int y)) && x == y; }
                    static boolean big(int i) { return i > 9; }
                }
                """,
                "A#s",
                "implicit Q#at() @6:23,7:23",
                "implicit Q#other() @6:36,7:33",
                "implicit P#x() @6:25,6:38",
                "implicit P#y() @6:32,6:45",
                "static A#big(int) @6:58",
                "virtual java.lang.String#length() @7:45",
                "virtual P#y() @7:58",
                "virtual P#x() @8:27");
    }

    @Test
    void resources_areClosedByTheMethodOfTheirType() {
        check(
                """
                class R implements AutoCloseable { @Override public void close() {} static R open() { return new R(); } }
                class S extends R {}
                class A {
                    final R field = new R();
                    void f(S given) throws Exception {
                        try (R one = R.open(); var two = new S(); given; this.field) { one.hashCode(); }
                        try (AutoCloseable c = () -> given.hashCode()) {}
                    }
                }
                """,
                "A#f",
                "static R#open() @6:24",
                "new S#<init>() @6:42",
                "implicit R#close() @6:16,6:36,6:51,6:58",
                "virtual java.lang.Object#hashCode() @6:76,7:44",
                "implicit java.lang.AutoCloseable#close() @7:28");
    }

    @Test
    void loops_callTheIteratorOfTheirType_andArraysNone() {
        check("""
                class L implements Iterable<String> { public java.util.Iterator<String> iterator() { return null; } }
                class A<T extends L> {
                    void f(L l, T t, int[] arr, java.util.ArrayList<L> list) {
                        for (String s : l) {} for (String s : t) {} for (int i : arr) {} for (L e : list) for (var s : e) {}
                    }
                }
                """, "A#f", "implicit L#iterator() @4:25,4:47,4:104", "implicit java.util.ArrayList#iterator() @4:85");
    }

    @Test
    void methodReferences_ofEveryForm_leadToTheirMethod() {
        check(
                """
                import java.util.function.*;
                class B { String own(int i) { return ""; } }
                interface D { default String hi(int i) { return ""; } }
                class A<T> extends B implements D {
                    class In { In(int i) {} }
                    @Override String own(int i) { return ""; }
                    void f(A<String> a) {
                        IntFunction<String> one = super::own, two = this::own, three = a::own, four = D.super::hi;
                        IntFunction<A<T>.In> five = In::new;
                        IntFunction<int[][]> six = int[][]::new;
                        Function<String, A<String>> seven = A<String>::make;
                        Supplier<A<Integer>> eight = A<Integer>::new;
                        Function<A<?>, Supplier<String>> nine = x -> x::toString;
                        ToIntBiFunction<String, String> ten = String::compareTo;
                    }
                    static A<String> make(String s) { return null; }
                }
                """,
                "A#f",
                "reference B#own(int) @8:42",
                "reference A#own(int) @8:59,8:75",
                "reference D#hi(int) @8:96",
                "reference A$In#<init>(int) @9:41",
                "reference A#make(java.lang.String) @11:56",
                "reference A#<init>() @12:50",
                "reference java.lang.Object#toString() @13:57",
                "reference java.lang.String#compareTo(java.lang.String) @14:55");
    }

    @Test
    void concatenationAndSwitches_callNothingThatTheTextDoesNotName() {
        check("""
                class A {
                    enum E { X, Y }
                    String f(Object o, int i, E e, Integer boxed) {
                        String s = "a" + o + i; s += o; int n = boxed + 1; boxed++;
                        switch (s) { case "a": case "b": break; default: s = ""; }
                        return switch (e) { case X -> s; case Y -> s + e; };
                    }
                }
                """, "A#f");
    }

    @Test
    void localAndAnonymousClasses_nestedInEachOther_belongWhereTheyStand() {
        Graph graph = graph("""
                class A {
                    int hit() { return 1; }
                    Runnable field = new Runnable() {
                        int own() { return hit(); }
                        @Override public void run() { class L { int m() { return own() + hit(); } } new L().m(); }
                    };
                    void f() {
                        class L {
                            final int x = hit();
                            L() { Runnable r = () -> new Object() { void g() { hit(); L.this.m(); } }.g(); }
                            void m() { class M { void n() { m(); } } new M().n(); }
                        }
                        new L().m();
                    }
                    static { Runnable r = () -> new A().hit(); }
                }
                """);

        assertThat(edges(graph, EdgeKind.CALLS, "A#<init>()")).containsExactly("virtual A#hit() @4:28,5:74");
        assertThat(edges(graph, EdgeKind.CALLS, "A$1L#<init>()"))
                .containsExactlyInAnyOrder(
                        "virtual A#hit() @9:27,10:64",
                        "virtual A$1L#m() @10:78",
                        "new java.lang.Object#<init>() @10:38");
        assertThat(edges(graph, EdgeKind.CALLS, "A$1L#m()"))
                .containsExactlyInAnyOrder("new A$1L$1M#<init>() @11:54", "virtual A$1L$1M#n() @11:62");
        assertThat(edges(graph, EdgeKind.CALLS, "A$1L$1M#n()")).containsExactly("virtual A$1L#m() @11:45");
        assertThat(edges(graph, EdgeKind.CALLS, "A#f()"))
                .containsExactlyInAnyOrder("new A$1L#<init>() @13:9", "virtual A$1L#m() @13:17");
        assertThat(edges(graph, EdgeKind.CALLS, "A#<clinit>()"))
                .containsExactlyInAnyOrder("new A#<init>() @15:33", "virtual A#hit() @15:41");
    }

    @Test
    void generics_boundsAndBridges_leadToTheDeclaredMethod() {
        check(
                """
                import java.util.*;
                interface Node<N extends Node<N>> { N next(); List<? extends N> all(); }
                abstract class Base<T extends Comparable<? super T>, N extends Base<T, N>> implements Node<N> {
                    T value; abstract int depth();
                    static <X extends Comparable<X> & Node<?>> int f(X x, X y) { x.next(); return x.compareTo(y); }
                    int g(N n) { return n.next().all().get(0).depth() + n.value.compareTo(value); }
                    <K, V extends Map<K, ? extends List<Base<?, ?>>>> int h(V v, K k) { return v.get(k).get(0).hashCode(); }
                }
                """,
                "Base#g",
                "interface Node#next() @6:27",
                "interface Node#all() @6:34",
                "interface java.util.List#get(int) @6:40",
                "virtual Base#depth() @6:47",
                "interface java.lang.Comparable#compareTo(java.lang.Object) @6:65");
        Graph graph = Graph.of(root);
        assertThat(edges(graph, EdgeKind.CALLS, "Base#f"))
                .containsExactlyInAnyOrder(
                        "interface Node#next() @5:68",
                        "interface java.lang.Comparable#compareTo(java.lang.Object) @5:85");
        assertThat(edges(graph, EdgeKind.CALLS, "Base#h"))
                .containsExactlyInAnyOrder(
                        "interface java.util.Map#get(java.lang.Object) @7:82",
                        "interface java.util.List#get(int) @7:89",
                        "virtual java.lang.Object#hashCode() @7:96");
    }

    @Test
    void edges_haveTheirPlacesAndProperties() {
        Graph graph = graph("""
                import java.util.*;
                class A {
                    @Deprecated(since = "1") Map<String, int[]> map = new HashMap<>();
                    void f() throws IllegalStateException {
                        map.get(""); Runnable r = () -> map.clear();
                        for (Map.Entry<String, int[]> e : map.entrySet()) { Object o = (List<?>) null; }
                    }
                }
                """);

        assertThat(edges(graph, EdgeKind.READS, "A#f()")).containsExactly(" A#map @5:9,5:41,6:43");
        assertThat(edges(graph, EdgeKind.THROWS, "A#f()")).containsExactly(" java.lang.IllegalStateException @4:21");
        assertThat(graph.edges(EdgeKind.TYPE_USE))
                .contains(
                        "A#map field java.util.Map @3:30 Map<String, int[]>",
                        "A#f() cast java.util.List @6:73 List<?>",
                        "A#f() local java.util.Map$Entry @6:14 Map.Entry<String, int[]>");
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY)).containsExactly("A#map java.lang.Deprecated @3:5 since = \"1\"");
        Edge read = graph.edges.stream()
                .filter(edge -> edge.kind() == EdgeKind.READS)
                .findFirst()
                .orElseThrow();
        assertThat(read.sites().count()).isEqualTo(3);
    }

    @Test
    void loops_overAnIteratorOfTheRepository_callItsMethods() {
        check(
                """
                class L implements Iterable<String> {
                    @Override public Cursor iterator() { return null; }
                    static class Cursor implements java.util.Iterator<String> {
                        @Override public boolean hasNext() { return false; }
                        @Override public String next() { return ""; }
                    }
                }
                class A { void f(L l) { for (String s : l) {} } }
                """,
                "A#f",
                "implicit L#iterator() @8:41",
                "implicit L$Cursor#hasNext() @8:41",
                "implicit L$Cursor#next() @8:41");
    }

    @Test
    void methods_thatSubclassesOfOtherPackagesCannotSee_areNotOverridden() {
        Graph.write(root, "p/Base.java", "package p; public class Base { void m() {} private void n() {} }");
        Graph.write(root, "p/Near.java", "package p; public class Near extends Base { @Override public void m() {} }");
        Graph.write(root, "q/Far.java", "package q; class Far extends p.Base { void m() {} void n() {} }");
        Graph.write(root, "q/Last.java", "package q; class Last extends p.Near { @Override public void m() {} }");

        assertThat(Graph.of(root).edges(EdgeKind.OVERRIDES))
                .containsExactly("p.Near#m() p.Base#m() @1:67", "q.Last#m() p.Near#m() @1:62");
    }
}
