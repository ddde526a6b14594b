package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who calls whom, by role. */
class CallsTest {
    @TempDir
    private Path root;

    private void check(String source, String... expected) {
        Graph.write(root, "A.java", source);
        assertThat(Graph.of(root).edges(EdgeKind.CALLS)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void call_ofStaticAndVirtualMethods_leadsToTheDeclaringType() {
        check(
                """
                class A {
                    static void s(int i, String... t) {}
                    void v() {}
                    static class B extends A {
                        void m() { s(1, "x"); v(); super.v(); }
                    }
                }
                """,
                "A$B#m() static A#s(int,java.lang.String[]) @5:20",
                "A$B#m() virtual A#v() @5:31",
                "A$B#m() special A#v() @5:42",
                "A$B#<init>() implicit A#<init>() @4:18");
    }

    @Test
    void call_inLambdaAndAnonymousClass_belongsToTheMethodAround() {
        check("""
                class A {
                    void v() {}
                    Runnable r() {
                        Runnable one = () -> v();
                        return new Runnable() {
                            @Override public void run() { v(); one.run(); }
                        };
                    }
                }
                """, "A#r() virtual A#v() @4:30,6:43", "A#r() interface java.lang.Runnable#run() @6:52");
    }

    @Test
    void call_inInitializers_belongsToEachConstructorThatRunsThem() {
        check(
                """
                class A {
                    static int f() { return 1; }
                    static int g() { return 2; }
                    int a = f();
                    static int b = g();
                    { f(); }
                    A() {}
                    A(int i) { super(); }
                    A(String s) { this(1); }
                }
                """,
                "A#<init>() static A#f() @4:13,6:7",
                "A#<init>(int) static A#f() @4:13,6:7",
                "A#<init>(java.lang.String) special A#<init>(int) @9:19",
                "A#<init>(int) special java.lang.Object#<init>() @8:16",
                "A#<clinit>() static A#g() @5:20");
    }

    @Test
    void call_byMethodReference_hasTheRoleReference() {
        check(
                """
                class A {
                    void m(java.util.function.Supplier<A> s, java.util.function.Function<String, Integer> f) {
                        m(A::new, String::length);
                    }
                }
                """,
                "A#m(java.util.function.Supplier,java.util.function.Function) virtual"
                        + " A#m(java.util.function.Supplier,java.util.function.Function) @3:9",
                "A#m(java.util.function.Supplier,java.util.function.Function) reference A#<init>() @3:14",
                "A#m(java.util.function.Supplier,java.util.function.Function) reference java.lang.String#length()"
                        + " @3:27");
    }

    @Test
    void call_madeByTheCompiler_hasTheRoleImplicit() {
        check(
                """
                class A implements AutoCloseable {
                    record P(int x) {}
                    public void close() {}
                    int m(java.util.List<String> list, Object o) {
                        for (String s : list) {}
                        try (A a = new A()) {}
                        return o instanceof P(int y) ? y : 0;
                    }
                }
                """,
                "A#m(java.util.List,java.lang.Object) implicit java.util.List#iterator() @5:25",
                "A#m(java.util.List,java.lang.Object) implicit A#close() @6:16",
                "A#m(java.util.List,java.lang.Object) new A#<init>() @6:20",
                "A#m(java.util.List,java.lang.Object) implicit A$P#x() @7:31");
    }

    @Test
    void call_ofAnonymousSuperclassConstructor_hasTheRoleNew() {
        check("""
                enum A {
                    ONE(1) { @Override int f() { return g(); } }, TWO(2);
                    A(int i) {}
                    int f() { return 0; }
                    static int g() { return 1; }
                }
                """, "A#<clinit>() new A#<init>(int) @2:5,2:51", "A#<clinit>() static A#g() @2:41");
    }

    @Test
    void call_ofMissingType_endsInALeafNamedThroughTheImports() {
        check(
                """
                import a.b.Gone;
                import static a.b.Lost.find;
                class A {
                    void m(Gone gone) { gone.go(1); new Gone.Inner(); find("x"); }
                }
                """,
                "A#m(a.b.Gone) virtual a.b.Gone#go @4:30",
                "A#m(a.b.Gone) new a.b.Gone$Inner#<init> @4:37",
                "A#m(a.b.Gone) virtual a.b.Lost#find @4:55");
    }

    @Test
    void call_withArgumentsThatDoNotFit_leadsToTheClosestMethod() {
        check("""
                class A {
                    void m(int i) { m("text"); }
                }
                """, "A#m(int) virtual A#m(int) @2:21");
    }

    @Test
    void call_ofAnInnerClassesConstructor_standsAtItsNew() {
        check("""
                class Out {
                    class In { class Deep {} }
                    Object chain(Out o) {
                        return (o)
                            . /* new */ new In()
                            .new Deep() {};
                    }
                }
                """, "Out#chain(Out) new Out$In#<init>() @5:25", "Out#chain(Out) new Out$In$Deep#<init>() @6:14");
    }

    @Test
    void call_ofAnotherConstructor_standsAtItsWord() {
        check(
                """
                import java.util.*;
                class Out { class In { In() {} <T> In(T t) {} } }
                class Sub extends Out.In {
                    Sub(Out o) { o.super(); }
                    Sub(Out o, int i) { o.<Integer>super(1); }
                    Sub(String s) { <List<? super String>>this(null, s); }
                    <T> Sub(T t, String s) { new Out().super(); }
                }
                """,
                "Sub#<init>(Out) special Out$In#<init>() @4:20",
                "Sub#<init>(Out,int) special Out$In#<init>(java.lang.Object) @5:36",
                "Sub#<init>(java.lang.String) special Sub#<init>(java.lang.Object,java.lang.String) @6:43",
                "Sub#<init>(java.lang.Object,java.lang.String) special Out$In#<init>() @7:40",
                "Sub#<init>(java.lang.Object,java.lang.String) new Out#<init>() @7:30");
    }
}
