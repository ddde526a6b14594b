package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.UnresolvedReason;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls on and with values of which the compiler knows nothing, since types are missing: how sure is their target? */
class UnknownValuesTest {
    @TempDir
    private Path root;

    /** The calls of the class {@code p.A}, each as {@code METHOD found TARGET}. */
    private List<String> calls(String members) {
        Graph.write(root, "p/A.java", "package p;\nimport lib.*;\nimport lib.Foo;\nimport java.util.*;\n" + members);
        return Graph.of(root).found(EdgeKind.CALLS);
    }

    @Test
    void overload_givenAFieldOfAMissingType_isNotSure() {
        assertThat(calls("class A { void in(Object o) {} void in(String s) {} void a(Foo f) { in(f.f); } }"))
                .singleElement()
                .asString()
                .startsWith("a SYNTAX p.A#in(");
    }

    @Test
    void overload_givenAVariableInferredFromSomethingUnknown_isNotSure() {
        assertThat(calls("""
                class A {
                    void in(Object o) {}
                    void in(String s) {}
                    void a(Foo f) { var w = f.f; var v = w; in(v); }
                    void b(Foo f) { in(Objects.requireNonNull(f.get())); }
                }
                """))
                .filteredOn(call -> call.contains("#in("))
                .hasSize(2)
                .allMatch(call -> call.contains(" SYNTAX "));
    }

    @Test
    void variableOfALoop_overElementsOfAMissingType_hasThatType() {
        assertThat(calls("""
                class A {
                    void m(Foo f) {}
                    void m(Object o) {}
                    void a(List<Foo> l) { for (var f : l) { f.x(); m(f); } }
                    void b(Foo[] l) { var f = l[0]; m(f); for (var g : l) { m(g); } }
                }
                """))
                .contains("a SYNTAX lib.Foo#x", "a SYNTAX p.A#m(lib.Foo)", "b SYNTAX p.A#m(lib.Foo)")
                .noneMatch(call -> call.contains("java.lang.Object"));
    }

    @Test
    void call_onATypeWithAMissingArgument_keepsTheOtherArguments() {
        assertThat(calls("""
                class A {
                    static class Two<S, T> { S one() { return null; } T two() { return null; } }
                    void a(List<Foo> l) { l.get(0).x(); }
                    void b(Two<String, Foo> t) { t.one().trim(); }
                    void c(Two<Foo, Two<String, Foo>> t) { t.two().one().trim(); }
                    void d(Map<String, List<Foo>> m) { for (var e : m.entrySet()) { e.getValue().size(); } }
                    void e(List<Foo> l) { l.stream().map(f -> f.name()).toList(); }
                }
                """))
                .contains(
                        "a SYNTAX lib.Foo#x",
                        "b SYNTAX java.lang.String#trim()",
                        "c SYNTAX p.A$Two#one()",
                        "c SYNTAX java.lang.String#trim()",
                        "d SYNTAX java.util.Map$Entry#getValue()",
                        "d SYNTAX java.util.List#size()",
                        "e SYNTAX lib.Foo#name");
    }

    @Test
    void overload_givenATest_takesABoolean() {
        assertThat(calls("""
                class A {
                    void bo(boolean b) {}
                    void bo(String s) {}
                    void ov(Object o) {}
                    void ov(String s) {}
                    void a(Foo f) { bo(f.i() == 1); bo(!f.b()); ov(f instanceof Foo); ov(f.i() > 1 && f.b()); }
                    void b(Foo f) { ov(f.b() ? f.x() : f.y()); }
                }
                """))
                .contains("a COMPILER p.A#bo(boolean)", "a COMPILER p.A#ov(java.lang.Object)")
                .noneMatch(call -> call.startsWith("a ") && call.contains("String"))
                .noneMatch(call -> call.startsWith("b COMPILER"));
    }

    @Test
    void call_ofNothingKnown_isOfTheTypeWhoseStaticMembersAreImported() {
        Graph.write(root, "p/B.java", """
                package p;
                import static lib.Asserts.*;
                import static java.util.Objects.*;
                class B { void b() { same(1, 2); requireNonNull(this); } }
                """);
        Graph.write(root, "p/C.java", """
                package p;
                import static lib.Asserts.*;
                import static lib.Others.*;
                class C { void c() { same(1, 2); } }
                """);
        assertThat(calls("class A { void a() { none(); } }"))
                .contains(
                        "b SYNTAX lib.Asserts#same",
                        "b SYNTAX java.util.Objects#requireNonNull(java.lang.Object)",
                        "c SYNTAX same",
                        "a SYNTAX p.A#none");
        assertThat(Graph.of(root).coverage().reasons())
                .containsEntry(UnresolvedReason.MISSING_TYPE, 2)
                .containsEntry(UnresolvedReason.NO_SUCH_MEMBER, 1);
    }

    @Test
    void call_thatAMissingSupertypeMayAnswer_isNotSure() {
        assertThat(calls("""
                class A extends Base {
                    void over(Object o) {}
                    void plain() {}
                    void exact(String s) {}
                    void a() { over("x"); this.over("x"); }
                    void b() { plain(); exact("x"); }
                    class In extends Other { void c() { plain(); } }
                }
                """))
                .contains(
                        "a SYNTAX p.A#over(java.lang.Object)",
                        "b COMPILER p.A#plain()",
                        "b COMPILER p.A#exact(java.lang.String)",
                        "c SYNTAX p.A#plain()")
                .doesNotContain("a COMPILER p.A#over(java.lang.Object)");
    }

    @Test
    void call_givenACastToAMissingType_fitsTheOnlyMethodThatTakesIt() {
        Graph.write(root, "lib/Other.java", "package lib; class Other { }");
        assertThat(calls("""
                class A {
                    A p;
                    A(Bar b) {}
                    void set(A a) { one((Bar) a); two(1, (List<Bar>) a); new A((Bar) a); }
                    private void one(Bar b) { p = b; }
                    private void two(int i, List<Bar> b) {}
                }
                """))
                .contains("set COMPILER p.A#one(p.Bar)", "set COMPILER p.A#two(int,java.util.List)")
                .contains("set COMPILER p.A#<init>(p.Bar)");
    }

    @Test
    void call_thatHangsOnOneThatAMissingSupertypeMayAnswer_isNotSure() {
        assertThat(calls("""
                class A extends Base {
                    A over(Object o) { return this; }
                    void plain() {}
                    void a() { over("x").plain(); }
                }
                """)).contains("a SYNTAX p.A#over(java.lang.Object)", "a SYNTAX p.A#plain()");
    }

    @Test
    void staticMethod_imported_withThoseOfAMissingTypeBesideIt() {
        Graph.write(root, "known/K.java", """
                package known;
                public class K {
                    public static void fits(Object o) {}
                    public static void exact(String s) {}
                    public static void named(Object o) {}
                    public static void both(Object o) {}
                    public static void hidden(Object o) {}
                }
                """);
        Graph.write(root, "p/B.java", """
                package p;
                import static known.K.*;
                import static known.K.named;
                import static known.K.both;
                import static lib.Missing.*;
                import static lib.Missing.both;
                import static lib.Other.hidden;
                class B {
                    void a() { fits("x"); exact("x"); named("x"); both("x"); hidden("x"); own("x"); }
                    void own(Object o) {}
                }
                """);
        assertThat(calls("class A {}"))
                .containsExactlyInAnyOrder(
                        "a SYNTAX known.K#fits(java.lang.Object)",
                        "a COMPILER known.K#exact(java.lang.String)",
                        "a COMPILER known.K#named(java.lang.Object)",
                        "a SYNTAX known.K#both(java.lang.Object)",
                        "a SYNTAX lib.Other#hidden",
                        "a COMPILER p.B#own(java.lang.Object)");
    }

    @Test
    void call_onAnArrayOfAMissingType_isOneOfObject() {
        assertThat(calls("""
                class A {
                    Foo[] all;
                    void a() { all.clone(); }
                    void b() { all.clone()[0].own(); }
                    void c() { Foo[] copy = all.clone(); copy.hashCode(); }
                }
                """))
                .containsExactlyInAnyOrder(
                        "a COMPILER java.lang.Object#clone()",
                        "b COMPILER java.lang.Object#clone()",
                        "b SYNTAX lib.Foo#own",
                        "c COMPILER java.lang.Object#clone()",
                        "c COMPILER java.lang.Object#hashCode()");
    }

    @Test
    void call_ofAFinalMethodOfObject_isSureWhateverTheTypeIs() {
        assertThat(calls("""
                class A {
                    void a(Foo f) { f.getClass(); }
                    void b(Foo f) { f.getClass(1); }
                }
                """))
                .containsExactlyInAnyOrder("a COMPILER java.lang.Object#getClass()", "b SYNTAX lib.Foo#getClass");
    }

    @Test
    void call_ofAMethodThatAMissingSupertypeMayOverride_isNotSure() {
        assertThat(calls("""
                interface Known { void known(); }
                abstract class Base { public void based() {} }
                class A extends Foo {
                    void a() { toString(); }
                    void b() { super.toString(); }
                    void c() { getClass(); }
                    void d() { own(); }
                    void own() {}
                    Runnable e() { return this::toString; }
                    Runnable f() { return this::own; }
                }
                abstract class B extends Foo implements Known { void g() { known(); } }
                abstract class C extends Base implements Foo {
                    void h() { based(); }
                    void i() { toString(); }
                }
                interface D extends Foo, Known { default void j(D d) { d.known(); d.toString(); } }
                interface Above extends Foo { void above(); }
                interface E extends Above { default void k() { above(); } }
                """))
                .filteredOn(call -> !call.startsWith("<init>"))
                .containsExactlyInAnyOrder(
                        "a SYNTAX java.lang.Object#toString()",
                        "b SYNTAX java.lang.Object#toString()",
                        "c COMPILER java.lang.Object#getClass()",
                        "d COMPILER p.A#own()",
                        "e SYNTAX java.lang.Object#toString()",
                        "f COMPILER p.A#own()",
                        "g SYNTAX p.Known#known()",
                        "h COMPILER p.Base#based()",
                        "i COMPILER java.lang.Object#toString()",
                        "j SYNTAX p.Known#known()",
                        "j SYNTAX java.lang.Object#toString()",
                        "k COMPILER p.Above#above()");
    }

    @Test
    void field_ofAClassAround_isNotSureInOneWithAMissingSupertype() {
        String text = """
                class A {
                    String s;
                    static String t;
                    class In extends Foo {
                        String own;
                        void a() { s.trim(); }
                        void b() { own.trim(); }
                        void c() { A.t.trim(); }
                        class Deep { String d() { return t; } }
                    }
                    void e() { s.trim(); }
                }
                """;
        assertThat(calls(text))
                .contains(
                        "a SYNTAX java.lang.String#trim()",
                        "b COMPILER java.lang.String#trim()",
                        "c COMPILER java.lang.String#trim()",
                        "e COMPILER java.lang.String#trim()");
        assertThat(Graph.of(root).found(EdgeKind.READS))
                .containsExactlyInAnyOrder(
                        "a SYNTAX p.A#s",
                        "b COMPILER p.A$In#own",
                        "c COMPILER p.A#t",
                        "d SYNTAX p.A#t",
                        "e COMPILER p.A#s");
    }
}
