package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls may run besides their target. */
class DispatchTest {
    @TempDir
    private Path root;

    private void check(String source, String... expected) {
        Graph.write(root, "A.java", source);
        assertThat(Graph.of(root).edges(EdgeKind.MAY_DISPATCH)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void call_ofInterfaceWithOneImplementation_mayRunOnlyThat() {
        check("""
                interface A { void m(); }
                class B implements A { public void m() {} }
                class C { void c(A a) { a.m(); } }
                """, "C#c(A) only B#m() @3:27 1");
    }

    @Test
    void call_onTypeWhoseSubclassInheritsADefault_mayRunIt() {
        check("""
                interface A { default void m() {} }
                interface B extends A { void m(); }
                interface C extends B { default void m() {} }
                interface D extends A {}
                class E implements D, C {}
                class U { void u(D d) { d.m(); } }
                """, "U#u(D) override C#m() @6:27 1");
    }

    @Test
    void call_ofMethodWithABody_mayRunItsOverride() {
        check("""
                class A { void m() {} }
                class B extends A { @Override void m() {} }
                class C { void c(A a) { a.m(); a.m(); } }
                """, "C#c(A) override B#m() @3:27,3:34 1");
    }

    @Test
    void call_ofSeveralOverrides_ranksThoseOfInstantiatedTypesFirst() {
        check("""
                interface A { void m(); }
                class B implements A { public void m() {} }
                class C implements A { public void m() {} }
                class D extends C { }
                class E extends D { @Override public void m() {} }
                class U { A a = new D(); void c() { a.m(); } }
                """, "U#c() override C#m() @6:39 1", "U#c() override B#m() @6:39 2", "U#c() override E#m() @6:39 3");
    }

    @Test
    void call_throughMethodReferenceAndEnum_mayRunTheirOverrides() {
        check("""
                interface A { void m(); }
                enum E implements A { X; public void m() {} }
                class U { void u(java.util.List<A> all) { all.forEach(A::m); } }
                """, "U#u(java.util.List) only E#m() @3:58 1");
    }

    @Test
    void call_throughLibraryInterface_mayRunItsImplementation() {
        check("""
                class T implements Runnable { public void run() {} }
                class U { void u(Runnable task) { task.run(); } }
                """, "U#u(java.lang.Runnable) only T#run() @2:40 1");
    }

    @Test
    void call_onNarrowerType_mayRunOnlyWhatThatTypeCanBe() {
        check("""
                interface A { void m(); }
                interface B extends A {}
                class C implements A { public void m() {} }
                class D implements B { public void m() {} }
                class E extends C {}
                class U { void a(A a) { a.m(); } void b(B b) { b.m(); } void e(E e) { e.m(); } }
                """, "U#a(A) override C#m() @6:27 1", "U#a(A) override D#m() @6:27 2", "U#b(B) only D#m() @6:50 1");
    }

    @Test
    void call_throughInterfaceThatASuperclassDoesNotKnow_mayRunTheInheritedMethod() {
        check("""
                interface I<T> { void m(T t); }
                class B { public void m(String s) {} }
                class C extends B implements I<String> {}
                class U { void u(I<String> i) { i.m(""); } }
                """, "U#u(I) only B#m(java.lang.String) @4:35 1");
    }

    @Test
    void call_throughLibraryTypes_knowsTheLibrarysHierarchy() {
        check(
                """
                import java.util.*;
                class L extends AbstractList<String> {
                    public String get(int i) { return ""; }
                    public int size() { return 0; }
                }
                class Q extends AbstractCollection<String> {
                    public Iterator<String> iterator() { return null; }
                    public int size() { return 0; }
                }
                class U {
                    int c(Collection<String> c) { return c.size(); }
                    int l(List<String> l) { return l.size(); }
                    int s(Set<String> s) { return s.size(); }
                }
                """,
                "U#c(java.util.Collection) override L#size() @11:44 2",
                "U#c(java.util.Collection) override Q#size() @11:44 1",
                "U#l(java.util.List) only L#size() @12:38 1");
    }

    @Test
    void call_ofLibraryMethodThatManyTypesImplement_leadsToNoneOfThem() {
        check(IntStream.rangeClosed(0, Dispatch.MAX_OUTSIDE)
                        .mapToObj(i -> "class R" + i + " implements Runnable { public void run() {} }")
                        .collect(Collectors.joining("\n"))
                + " class U { void u(Runnable r) { r.run(); } }");
    }

    @Test
    void call_thatCannotDispatch_hasNoSuchEdge() {
        check("""
                abstract class A {
                    void m() {}
                    abstract void n();
                    static void s() {}
                    @Override public String toString() { return ""; }
                }
                abstract class B extends A {
                    @Override void m() { super.m(); }
                    @Override abstract void n();
                    void b(Object o) { s(); o.toString(); n(); }
                }
                """);
    }

    @Test
    void call_ofMoreOverridesThanTheLimit_keepsTheFirst() {
        String classes = IntStream.range(0, Dispatch.MAX_CANDIDATES + 9)
                .mapToObj(i -> "class C" + i + " implements A { public void m() {} }")
                .collect(Collectors.joining("\n"));
        Graph.write(
                root,
                "A.java",
                "interface A { void m(); }\n" + classes + "\nclass U { Object o = new C70(); void u(A a) { a.m(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.MAY_DISPATCH))
                .hasSize(Dispatch.MAX_CANDIDATES)
                .anyMatch(line -> line.startsWith("U#u(A) override C70#m()") && line.endsWith(" 1"));
        assertThat(Graph.of(root).derived).isEqualTo(graph.derived);
    }

    @Test
    void mayDispatch_otherArgumentsOfTheReceiversType_areLeftOut() {
        Graph.write(root, "Gen.java", "interface Gen<T> { void acc(T t); }");
        Graph.write(root, "Texts.java", "class Texts implements Gen<String> { public void acc(String s) {} }");
        Graph.write(root, "Numbers.java", "class Numbers implements Gen<Integer> { public void acc(Integer i) {} }");
        Graph.write(root, "Any.java", "class Any<T> implements Gen<T> { public void acc(T t) {} }");
        Graph.write(root, "Lower.java", "class Lower extends Any<Integer> { public void acc(Integer i) {} }");
        Graph.write(
                root, "Lost.java", "class Lost implements Gen<none.Missing> { public void acc(none.Missing m) {} }");
        Graph.write(root, "Calls.java", """
                class Calls {
                    void texts(Gen<String> g) { g.acc("x"); }
                    void wild(Gen<? extends Number> g) { g.acc(null); }
                    <T> void variable(Gen<T> g) { g.acc(null); }
                    void raw(Gen g) { g.acc(null); }
                    void any(Any<String> a) { a.acc(""); }
                }
                """);

        Map<String, List<String>> found = Graph.of(root).edges(EdgeKind.MAY_DISPATCH).stream()
                .map(edge -> edge.split(" "))
                .collect(Collectors.groupingBy(
                        words -> words[0].replaceAll("Calls#|\\(.*", ""),
                        TreeMap::new,
                        Collectors.mapping(words -> words[2].replaceAll("#.*", ""), Collectors.toList())));

        assertThat(found.get("texts")).containsExactly("Any", "Lost", "Texts");
        assertThat(found.get("wild")).containsExactly("Any", "Lost", "Lower", "Numbers", "Texts");
        assertThat(found.get("variable")).isEqualTo(found.get("wild"));
        assertThat(found.get("raw")).isEqualTo(found.get("wild"));
        assertThat(found.get("any")).isNull();
    }

    @Test
    void mayDispatch_afterArgumentsChanged_equalsACleanRun() {
        Graph.write(root, "Gen.java", "interface Gen<T> { void acc(T t); }");
        Graph.write(root, "Mid.java", "interface Mid extends Gen<String> { }");
        Graph.write(root, "Any.java", "abstract class Any<T> implements Gen<T> { }");
        Graph.write(root, "Texts.java", "class Texts implements Gen<String> { public void acc(String s) {} }");
        Graph.write(root, "Low.java", "abstract class Low implements Mid { public void acc(String s) {} }");
        Graph.write(root, "Lower.java", "class Lower extends Any<Integer> { public void acc(Integer i) {} }");
        Graph.write(root, "Make.java", "class Make { Gen<String> make() { return null; } }");
        Graph.write(root, "Calls.java", """
                class Calls {
                    void texts(Gen<String> g) { g.acc("x"); }
                    void numbers(Gen<Integer> g) { g.acc(1); }
                    void made(Make m) { m.make().acc(null); }
                }
                """);
        List<List<String>> edits = List.of(
                List.of("Texts.java", "class Texts implements Gen<Integer> { public void acc(Integer i) {} }"),
                List.of("Mid.java", "interface Mid extends Gen<Integer> { }"),
                List.of("Any.java", "abstract class Any<T> implements Gen<String> { }"),
                List.of("Make.java", "class Make { Gen<Integer> make() { return null; } }"),
                List.of("Lower.java", "class Lower { }"),
                List.of("Texts.java", "class Texts<T> implements Gen<T> { public void acc(T t) {} }"),
                List.of("Gen.java", "interface Gen<S, T> { void acc(T t); }"),
                List.of("Lower.java", "class Lower implements Gen<Long, Long> { public void acc(Long l) {} }"),
                List.of("Gen.java", "interface Gen<T> { void acc(T t); }"));
        SessionFacts known = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            known.run(session, root);
            for (List<String> edit : edits) {
                Graph.write(root, edit.getFirst(), edit.getLast());
                known.assertEqualToClean(known.run(session, root), root, edit);
            }
        }
        assertThat(known.partial).isPositive();
    }
}
