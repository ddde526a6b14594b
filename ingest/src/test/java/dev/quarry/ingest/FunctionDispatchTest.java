package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that may run code without a node of its own: lambdas, method references, methods of anonymous classes. */
class FunctionDispatchTest {
    @TempDir
    private Path root;

    private void check(String source, String... expected) {
        Graph.write(root, "A.java", source);
        assertThat(Graph.of(root).edges(EdgeKind.MAY_DISPATCH)).containsExactlyInAnyOrder(expected);
    }

    @Test
    void call_ofParameter_mayRunTheLambdasThatArePassedForIt() {
        check(
                """
                import java.util.function.Function;
                class A {
                    int each(Function<String, Integer> f) { return f.apply("x"); }
                    int one() { return each(s -> s.length()); }
                    int two() { return each(A::size); }
                    static int size(String s) { return 1; }
                    Function<String, Integer> other() { return s -> 3; }
                }
                """,
                "A#each(java.util.function.Function) function A#one() @3:54 1",
                "A#each(java.util.function.Function) function A#size(java.lang.String) @3:54 2");
    }

    @Test
    void call_ofField_mayRunWhatConstructorsAndSettersAreGiven() {
        check(
                """
                class A {
                    private Runnable task;
                    private final Runnable again = () -> one();
                    A(Runnable task) { this.task = task; }
                    void set(Runnable next) { Runnable local = next; task = local; }
                    void run() { task.run(); again.run(); }
                    void one() {}
                }
                class B {
                    A a() { return new A(() -> {}); }
                    void b(A a) { a.set(this::c); }
                    void c() {}
                    void d(java.util.List<Runnable> all) { all.add(() -> {}); }
                }
                """,
                "A#run() function B#a() @6:23 1",
                "A#run() function B#c() @6:23 2",
                "A#run() function" + " A#<init>(java.lang.Runnable) @6:36 1");
    }

    @Test
    void call_ofResult_mayRunWhatTheMethodReturns() {
        check("""
                import java.util.function.Supplier;
                interface Source { Supplier<String> get(); }
                class A implements Source {
                    public Supplier<String> get() { return () -> "a"; }
                    Supplier<String> other() { return () -> "b"; }
                }
                class B { String b(Source s) { return s.get().get(); } }
                """, "B#b(Source) only A#get() @7:41 1", "B#b(Source) function A#get() @7:47 1");
    }

    @Test
    void call_ofParameterOfInterfaceMethod_mayRunWhatIsPassedThroughTheInterface() {
        check("""
                interface Op { int op(int i); }
                interface Host { int with(Op op); }
                class H implements Host { public int with(Op op) { return op.op(1); } }
                class U { int u(Host h) { return h.with(i -> i); } Op v() { return i -> 2; } }
                """, "H#with(Op) function U#u(Host) @3:62 1", "U#u(Host) only H#with(Op) @4:36 1");
    }

    @Test
    void call_ofUnknownReceiver_mayRunEveryFunctionOfItsInterface() {
        check(
                """
                interface Op { int op(int i); }
                class H { int h(Op[] ops) { return ops[0].op(1); } }
                class U {
                    Op one = i -> 1;
                    static Op two = i -> 2;
                    Op three() { return new Op() { public int op(int i) { return 3; } }; }
                    Op four = U::four;
                    static int four(int i) { return 4; }
                }
                class F implements Op { public int op(int i) { return 5; } }
                """,
                "H#h(Op[]) function U#<init>() @2:43 1",
                "H#h(Op[]) function U#<clinit>() @2:43 3",
                "H#h(Op[]) anonymous U#three() @2:43 2",
                "H#h(Op[]) function U#four(int) @2:43 4",
                "H#h(Op[]) override F#op(int) @2:43 5");
    }

    @Test
    void call_ofLibraryInterfaceThatManyLambdasImplement_leadsToNoneOfThem() {
        String makers = IntStream.rangeClosed(0, Dispatch.MAX_OUTSIDE)
                .mapToObj(i -> "Runnable r" + i + "() { return () -> {}; }")
                .collect(Collectors.joining("\n"));

        check("class A { void run(Runnable[] all) { all[0].run(); }\n" + makers + "}");
    }

    @Test
    void call_throughSuperclass_mayRunMethodsOfAnonymousClasses() {
        check("""
                abstract class A {
                    abstract void m();
                    void run() { m(); }
                }
                enum E { ONE { @Override int f() { return 1; } }; int f() { return 0; } int g() { return f(); } }
                class U { A u() { return new A() { @Override void m() {} }; } }
                """, "A#run() anonymous U#u() @3:18 1", "E#g() anonymous E#<clinit>() @5:90 1");
    }

    @Test
    void call_ofSubinterface_runsNoLambdaOfTheInterfaceAbove() {
        check(
                """
                interface Op { int op(int i); }
                interface Sub extends Op {}
                class U {
                    int a(Op[] o) { return o[0].op(1); }
                    int b(Sub[] s) { return s[0].op(1); }
                    Op op() { return i -> 1; }
                    Sub sub() { return i -> 2; }
                }
                """,
                "U#a(Op[]) function U#op() @4:33 2",
                "U#a(Op[]) function U#sub() @4:33 1",
                "U#b(Sub[]) function" + " U#sub() @5:34 1");
    }

    @Test
    void call_ofFunctionThatTheCallerHolds_needsNoEdge() {
        check("class A { void a() { Runnable r = () -> {}; r.run(); } }");
    }

    @Test
    void reference_toAMethodOfSuper_runsThatOneAlone() {
        check("""
                class A {
                    static class P { void m() {} }
                    static class Q extends P { void m() { take(super::m); } void take(Runnable task) {} }
                    static class Sibling extends P { void m() {} }
                }
                """);
    }

    @Test
    void call_ofWhatALibrarysMethodWasGivenFor_runsNothingElse() {
        check("""
                import java.util.function.*;
                class A {
                    void trims() { Supplier<String> s = "x"::trim; s.get(); }
                    void makes() { IntFunction<String[]> f = String[]::new; f.apply(1); }
                    void others(B b) { b.take(() -> "y"); b.make(n -> new String[n]); }
                }
                class B {
                    void take(Supplier<String> s) {}
                    void make(IntFunction<String[]> f) {}
                }
                """);
    }
}
