package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls in sources whose libraries are not on the class path. */
class MissingTypesTest {
    @TempDir
    private Path root;

    private void write(String path, String source) {
        Graph.write(root, path, source);
    }

    private void check(String... expected) {
        assertThat(Graph.of(root).edges(EdgeKind.CALLS)).contains(expected);
    }

    @Test
    void missingType_underSeveralWildcards_isNamedAsAnotherFileImportsIt() {
        write("p/A.java", "package p; import x.one.*; import x.two.*; class A { void m(Thing t) { m(t); } }");
        write("p/B.java", "package p; import x.two.Thing; class B { Thing thing; }");

        check("p.A#m(x.two.Thing) virtual p.A#m(x.two.Thing) @1:72");
    }

    @Test
    void missingType_underSeveralWildcards_isNamedAfterThePackageLikeIt() {
        write("p/A.java", "package p; import x.one.*; import x.dns.*; class A { void m(DnsName t) { m(t); } }");

        check("p.A#m(x.dns.DnsName) virtual p.A#m(x.dns.DnsName) @1:74");
    }

    @Test
    void overloads_thatDifferInMissingTypes_areChosenByTheNamesOfTheArguments() {
        write("p/A.java", """
                package p;
                import x.One;
                import x.Two;
                class A {
                    void f(One one) {}
                    void f(Two two) {}
                    void f(Object any) {}
                    void m(One one, Two two) {
                        f(one);
                        f(two);
                        f("text");
                    }
                }
                """);

        check(
                "p.A#m(x.One,x.Two) virtual p.A#f(x.One) @9:9",
                "p.A#m(x.One,x.Two) virtual p.A#f(x.Two) @10:9",
                "p.A#m(x.One,x.Two) virtual p.A#f(java.lang.Object) @11:9");
    }

    @Test
    void chain_throughCallsWithMissingArguments_isFollowed() {
        write("p/A.java", """
                package p;
                class A {
                    A f(x.One one) { return this; }
                    void g() {}
                    void m(x.One one) { f(one.next()).f(one.next()).g(); }
                }
                """);

        check("p.A#m(x.One) virtual p.A#f(x.One) @5:25,5:39", "p.A#m(x.One) virtual p.A#g() @5:53");
    }

    @Test
    void constructor_ofAMissingClass_isNotThatOfObject() {
        write(
                "p/A.java",
                "package p; class A extends x.One { A(int i) { super(i); } Object m() { return new x.One() {}; } }");

        assertThat(Graph.of(root).edges(EdgeKind.CALLS))
                .containsExactlyInAnyOrder(
                        "p.A#<init>(int) special x.One#<init> @1:47", "p.A#m() new x.One#<init> @1:79");
    }

    @Test
    void override_withAMissingParameterType_isFoundByItsName() {
        write("p/A.java", "package p; import x.One; class A<T> { void m(One one) {} void g(T t) {} }");
        write("p/q/B.java", """
                package p.q;
                import x.*;
                class B extends p.A<x.Two> {
                    void m(x.One one) {}
                    void m(x.Two two) {}
                    void g(x.Two two) {}
                }
                """.replace("void", "public void"));
        write(
                "p/C.java",
                "package p; class C extends A<x.Two> { void m(x.One o) {} void m(y.One o) {} void g(x.Two t) {} }");

        assertThat(Graph.of(root).edges(EdgeKind.OVERRIDES))
                .containsExactly("p.C#g(x.Two) p.A#g(java.lang.Object) @1:82", "p.C#m(x.One) p.A#m(x.One) @1:44");
    }

    @Test
    void constant_ofAMissingType_isALeafUnderItsName() {
        write("p/A.java", """
                package p;
                import static x.Two.TWO;
                import x.One;
                class A {
                    Object m() { return One.ONE; }
                    Object n() { return One.Inner.ONE; }
                    Object o() { return TWO; }
                    Object q() { return x.y.Three.THREE; }
                }
                """);

        assertThat(Graph.of(root).edges(EdgeKind.READS))
                .containsExactly(
                        "p.A#m() x.One#ONE @5:29",
                        "p.A#n() x.One$Inner#ONE @6:35",
                        "p.A#o() x.Two#TWO @7:25",
                        "p.A#q() x.y.Three#THREE @8:35");
    }

    @Test
    void unknownMethod_ofATypeWithOneMissingSupertype_isThatOnes() {
        write("p/A.java", "package p; interface A extends x.One {} class B { void m(A a) { a.f(1); } }");

        check("p.B#m(p.A) interface x.One#f @1:67");
    }

    @Test
    void overload_whoseArgumentTheCompilerGaveUp_isChosenByTheArgumentsClass() {
        write("p/A.java", """
                package p;
                import x.One;
                class A<T> {
                    static <T> B<T> f(B<T> b) { return b; }
                    static <T> A<T> f(A<T> a) { return a; }
                    A(One<? extends T> one) {}
                    static <T> A<T> m(One<? extends T> one) { return f(new A<>(one)); }
                }
                class B<T> extends A<T> { B(One<? extends T> one) { super(one); } }
                """);

        check("p.A#m(x.One) static p.A#f(p.A) @7:54");
    }

    @Test
    void signature_withAQualifiedMissingType_hasItsWholeName() {
        write("p/A.java", "package p; class A { void m(x.y.One<String> one) {} }");

        assertThat(Graph.of(root).has("p.A#m(x.y.One)")).isTrue();
    }

    @Test
    void lambda_thatOnlyAMissingTypeTakes_isBoundAsFarAsItsTextGoes() {
        write("p/A.java", """
                package p;
                import x.One;
                class A {
                    void f(int i) {}
                    void f(Object o) {}
                    void m(One one) {
                        one.each(e -> { f(1); e.g(); new A().m(e); });
                        one.run(() -> one.each((a, b) -> f("t")));
                    }
                }
                """);

        check(
                "p.A#m(x.One) virtual x.One#each @7:13,8:27",
                "p.A#m(x.One) virtual p.A#f(int) @7:25",
                "p.A#m(x.One) virtual g @7:33",
                "p.A#m(x.One) new p.A#<init>() @7:38",
                "p.A#m(x.One) virtual p.A#m(x.One) @7:46",
                "p.A#m(x.One) virtual x.One#run @8:13",
                "p.A#m(x.One) virtual p.A#f(java.lang.Object) @8:42");
    }

    @Test
    void method_thatNamesAMissingTypeAsAnArgumentOfAKnownOne_isBoundToItsEnd() {
        write("p/A.java", """
                package p;
                import java.util.function.Function;
                import x.One;
                class A {
                    Function<String, ? extends One<?>> ones;
                    void m() {
                        One<?> one = ones.apply("t");
                        n();
                    }
                    void n() {}
                }
                """);

        check(
                "p.A#m() interface java.util.function.Function#apply(java.lang.Object) @7:27",
                "p.A#m() virtual p.A#n() @8:9");
    }

    @Test
    void field_inheritedFromAMissingClass_isThatClasssOwn() {
        write("p/A.java", """
                package p;
                import x.One;
                class A extends One {
                    class Inner { int m() { return count; } }
                    void m() { count = total + other.size; this.last++; }
                    void n(x.Two two) { switch (two) { case FIRST: break; default: } }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.READS))
                .containsExactly(
                        "p.A#m() x.One#last @5:49",
                        "p.A#m() x.One#other @5:32",
                        "p.A#m() x.One#total @5:24",
                        "p.A$Inner#m() x.One#count @4:36");
        assertThat(graph.edges(EdgeKind.WRITES))
                .containsExactly("p.A#m() x.One#count @5:16", "p.A#m() x.One#last @5:49");
    }

    @Test
    void field_ofAVariableOfAMissingType_isALeafUnderThatType() {
        write("p/A.java", """
                package p;
                import x.One;
                class A {
                    One one;
                    B<One> known;
                    B<One> next() { return known; }
                    void m(One o, B<One> b) {
                        o.id = one.id;
                        b.size = known.size + next().size + next().other.id;
                    }
                }
                class B<T> { int size; x.One other; }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.READS))
                .contains(
                        "p.A#m(x.One,p.B) x.One#id @8:20,9:58",
                        "p.A#m(x.One,p.B) p.A#one @8:16",
                        "p.A#m(x.One,p.B) p.B#other @9:52",
                        "p.A#m(x.One,p.B) p.B#size @9:24,9:38");
        assertThat(graph.edges(EdgeKind.WRITES))
                .containsExactly("p.A#m(x.One,p.B) p.B#size @9:11", "p.A#m(x.One,p.B) x.One#id @8:11");
    }

    @Test
    void nestedTypeOfAMissingType_beforeAMethod_isNoField() {
        write("p/A.java", "package p; import x.One; class A { Object m() { return One.Two.of(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.READS)).isEmpty();
        assertThat(graph.edges(EdgeKind.CALLS)).containsExactly("p.A#m() virtual x.One$Two#of @1:64");
    }

    @Test
    void role_ofACallThatTheCompilerLeftOpen_isThatOfItsTarget() {
        write("p/A.java", """
                package p;
                import x.One;
                interface A {
                    static A of(One one) { return null; }
                    A with(One one);
                    static void m(One one) { of(one.next()).with(one.next()).with(one); }
                }
                """);

        check("p.A#m(x.One) static p.A#of(x.One) @6:30", "p.A#m(x.One) interface p.A#with(x.One) @6:45,6:62");
    }

    @Test
    void declaration_withAQualifiedMissingTypeAndArguments_isBound() {
        write("p/A.java", """
                package p;
                class A {
                    x.One<String> one;
                    x.One<String>[] all;
                    void f(x.One<String> o) {}
                    void f(x.One<String>[] o) {}
                    void m() { f(one); f(all); this.one = one; }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .containsExactly("p.A#m() virtual p.A#f(x.One) @7:16", "p.A#m() virtual p.A#f(x.One[]) @7:24");
        assertThat(graph.edges(EdgeKind.READS)).containsExactly("p.A#m() p.A#all @7:26", "p.A#m() p.A#one @7:18,7:43");
        assertThat(graph.edges(EdgeKind.WRITES)).containsExactly("p.A#m() p.A#one @7:37");
    }

    @Test
    void importOfAMissingType_shadowsATypeOfTheSamePackage() {
        write("p/One.java", "package p; class One { static int id; void f() {} }");
        write("p/A.java", """
                package p;
                import x.One;
                class A { void f(One one) { one.f(); One.id++; } }
                """);
        write("p/B.java", "package p; class B extends A { void m(One one) { one.f(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains("p.A#f(x.One) virtual x.One#f @3:33", "p.B#m(p.One) virtual p.One#f() @1:54");
        assertThat(graph.edges(EdgeKind.WRITES)).containsExactly("p.A#f(x.One) x.One#id @3:42");
    }

    @Test
    void missingType_underSeveralWildcards_isNamedAfterThePackageThatItsNameBeginsWith() {
        write("p/A.java", "package p; import x.option.*; import x.dns.*; class A { void m(DnsOption t) { m(t); } }");

        check("p.A#m(x.dns.DnsOption) virtual p.A#m(x.dns.DnsOption) @1:79");
    }

    @Test
    void methodReference_toAnInterfaceWithAMissingBound_doesNotEndTheBinding() {
        write("p/Source.java", "package p; interface Source<T, E extends Missing> { T get() throws E; }");
        write("p/Callable.java", "package p; interface Callable<V, E extends Throwable> { V call() throws E; }");
        write("p/A.java", """
                package p;
                class A {
                    static <V, E extends Throwable> V f(Callable<V, E> c) { return g(c::call); }
                    static <T, E extends Throwable> T g(Source<T, E> s) { return h(); }
                    static <T> T h() { return null; }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.file("p/A.java").problem()).isEmpty();
        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "p.A#f(p.Callable) static p.A#g(p.Source) @3:68",
                        "p.A#f(p.Callable) reference p.Callable#call() @3:73",
                        "p.A#g(p.Source) static p.A#h() @4:66");
    }
}
