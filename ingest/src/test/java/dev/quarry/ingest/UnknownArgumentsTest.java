package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overloads among which the compiler chose without knowing an argument, although its type can be told. */
class UnknownArgumentsTest {
    @TempDir
    private Path root;

    /** The calls of the class {@code p.A}, each as {@code METHOD found TARGET}. */
    private List<String> calls(String members) {
        Graph.write(root, "p/A.java", """
                package p;
                import java.util.*;
                import java.util.concurrent.*;
                import java.util.function.*;
                import lib.Foo;
                class A {
                    static String text(Foo f) { return ""; }
                    static boolean flag(Foo f) { return true; }
                    static int count(Foo f) { return 1; }
                    static long size(Foo f) { return 1; }
                    static void act(Foo f) {}
                    static List<Foo> foos() { return null; }
                    static List<String> names(Foo f) { return null; }
                    static void in(String s) {}
                    static void in(Set<?> s) {}
                    static void in(List<?> l) {}
                """ + members + "}\n");
        return Graph.of(root).found(EdgeKind.CALLS);
    }

    @Test
    void overload_givenACallWhoseSignatureNamesAMissingType_isChosenByTheCallsResult() {
        assertThat(calls("""
                    void a(Foo f) { System.out.println(text(f)); System.out.println(flag(f)); }
                    void b(Foo f) { Math.max(size(f), size(f)); }
                    void c(Foo f, StringBuilder b) { b.append(text(f)).append(flag(f)); }
                    void d(Foo f) { in(names(f)); }
                    void e(A a, Foo f) { in(a.names(f)); in((names(f))); }
                """))
                .contains(
                        "a COMPILER java.io.PrintStream#println(java.lang.String)",
                        "a COMPILER java.io.PrintStream#println(boolean)",
                        "b COMPILER java.lang.Math#max(long,long)",
                        "c COMPILER java.lang.StringBuilder#append(java.lang.String)",
                        "c COMPILER java.lang.StringBuilder#append(boolean)",
                        "d COMPILER p.A#in(java.util.List)",
                        "e COMPILER p.A#in(java.util.List)")
                .noneMatch(call -> call.contains("char[]"))
                .noneMatch(call -> call.contains("#in(java.lang.String)"));
    }

    @Test
    void overload_givenAValueWithAMissingTypeAsArgument_isChosenByTheValuesClass() {
        assertThat(calls("""
                    List<Foo> own;
                    static List<Foo> shared;
                    void a() { in(foos()); }
                    void b(List<Foo> l) { in(l); }
                    void c() { in(own); in(this.own); in(A.shared); }
                    void d(A other) { in(other.own); }
                    void e(List<String> l, Foo f) { in(l = names(f)); }
                """))
                .contains(
                        "a COMPILER p.A#in(java.util.List)",
                        "b COMPILER p.A#in(java.util.List)",
                        "c COMPILER p.A#in(java.util.List)",
                        "d COMPILER p.A#in(java.util.List)",
                        "e COMPILER p.A#in(java.util.List)")
                .noneMatch(call -> call.contains("#in(java.lang.String)"));
    }

    @Test
    void overload_givenWhatOperatorsMakeOfSuchCalls_isChosenByTheirRules() {
        assertThat(calls("""
                    void a(Foo f) { Math.abs(size(f) + 1); Math.abs(-size(f)); }
                    void b(Foo f) { Math.abs(count(f) << 1L); }
                    void c(Foo f) { String.valueOf(count(f) * 2.0f - 1); }
                    void d(Foo f) { in("a" + count(f)); in(count(f) + text(f)); }
                    void e(boolean b, Foo f) { in(b ? names(f) : null); }
                    void g(boolean b, Foo f) { Math.abs(b ? count(f) : 2L); }
                    void h(int i, Foo f) { in(switch (i) { case 1 -> names(f); default -> null; }); }
                """))
                .contains(
                        "a COMPILER java.lang.Math#abs(long)",
                        "b COMPILER java.lang.Math#abs(int)",
                        "c COMPILER java.lang.String#valueOf(float)",
                        "d COMPILER p.A#in(java.lang.String)",
                        "e COMPILER p.A#in(java.util.List)",
                        "g COMPILER java.lang.Math#abs(long)",
                        "h COMPILER p.A#in(java.util.List)");
    }

    @Test
    void overload_thatTypeArgumentsOrInferenceDecide_isNotSure() {
        assertThat(calls("""
                    static void of(List<String> l) {}
                    static void of(Collection<Foo> l) {}
                    static void any(Object o) {}
                    static void any(List<?> l) {}
                    static <T> T same(T t) { return t; }
                    void a() { of(foos()); }
                    void b(List<Foo> l) { any(same(l)); }
                """))
                .filteredOn(call -> call.contains("#of(") || call.contains("#any("))
                .hasSize(2)
                .allMatch(call -> call.contains(" SYNTAX "));
    }

    @Test
    void overload_givenAnExceptionThatMayBeMissing_isNotSure() {
        assertThat(calls("""
                    static void log(String s, Throwable t) {}
                    static void log(String s, Object o) {}
                    void a(Foo f) {
                        try { act(f); } catch (lib.Bad | IllegalStateException e) { log(text(f), e); }
                    }
                    void b(Foo f) {
                        try { act(f); } catch (IllegalStateException e) { log(text(f), e); }
                    }
                """))
                .contains(
                        "a SYNTAX p.A#log(java.lang.String,java.lang.Throwable)",
                        "b COMPILER p.A#log(java.lang.String,java.lang.Throwable)");
    }

    @Test
    void constructor_givenSuchArguments_isOneOfTheClass() {
        assertThat(calls("""
                    static class Base { Base(String s) {} }
                    static class Sub extends Base {
                        Sub(Object o) { super(""); }
                    }
                    static class Below extends Sub { Below(Foo f) { super(f.name()); } }
                    static class Two extends Base {
                        Two(List<?> l) { super(""); }
                        Two(long l) { super(""); }
                        Two(Foo f) { this(names(f)); }
                    }
                    enum Kind { ONE(text(null)), TWO(text(null)) {}; Kind(Object o) {} }
                    void a(Foo f) { new Sub(f.name()); new Sub(text(f)); new Sub(f.name()) {}; }
                    void b(Foo f) { new Two(names(f)); new Two(size(f)); }
                """))
                .contains(
                        "<init> COMPILER p.A$Sub#<init>(java.lang.Object)",
                        "<init> COMPILER p.A$Two#<init>(java.util.List)",
                        "<clinit> COMPILER p.A$Kind#<init>(java.lang.Object)",
                        "a COMPILER p.A$Sub#<init>(java.lang.Object)",
                        "b COMPILER p.A$Two#<init>(java.util.List)",
                        "b COMPILER p.A$Two#<init>(long)")
                .noneMatch(call -> call.startsWith("a ") && call.contains("Base#"))
                .noneMatch(call -> call.startsWith("b ") && call.contains("Base#"))
                .noneMatch(call -> call.startsWith("<clinit> ") && call.contains("#<init> "));
    }

    @Test
    void overload_givenAFunctionWhoseValueIsUnknown_isNotSure() {
        assertThat(calls("""
                    static void run(Runnable r) {}
                    static <T> T run(Supplier<T> s) { return null; }
                    void a(ExecutorService e, Foo f) { e.submit(() -> f.set(null)); }
                    void b(ExecutorService e, Foo f) { e.submit(f::get); }
                    void c(ScheduledExecutorService e, Foo f) { e.schedule(() -> f.set(null), 1, TimeUnit.SECONDS); }
                    void d(Foo f) { run(() -> f.set(null)); }
                """))
                .filteredOn(call -> call.matches(".*#(submit|schedule|run)\\(.*"))
                .hasSize(4)
                .allMatch(call -> call.contains(" SYNTAX "));
    }

    @Test
    void overload_givenAFunctionWhoseTextTellsWhetherItHasAValue_isChosenByThat() {
        assertThat(calls("""
                    static void run(Runnable r) {}
                    static <T> T run(Supplier<T> s) { return null; }
                    void a(Foo f) { run(() -> { return f.get(); }); }
                    void b(Foo f) { run(() -> { f.get(); }); }
                    void c(Foo f) { run(() -> f.value == null); }
                    void d(Foo f) { run(() -> act(f)); }
                    void e(Foo f) { run(() -> count(f)); }
                """))
                .contains(
                        "a COMPILER p.A#run(java.util.function.Supplier)",
                        "b COMPILER p.A#run(java.lang.Runnable)",
                        "c COMPILER p.A#run(java.util.function.Supplier)",
                        "d COMPILER p.A#run(java.lang.Runnable)",
                        "e COMPILER p.A#run(java.util.function.Supplier)");
    }

    @Test
    void overload_calledWhereAnonymousClassesBegin_isChosenAsInTheirMethods() {
        assertThat(calls("""
                    Object a() {
                        return new Object() {
                            final List<Foo> own = pick(foos());
                            { in(names(null)); }
                            void run() { in(names(null)); }
                            private List<Foo> pick(List<Foo> l) { return l; }
                            private List<Foo> pick(Set<Foo> s) { return null; }
                        };
                    }
                """))
                .containsExactlyInAnyOrder(
                        "a COMPILER p.A#foos()",
                        "a COMPILER p.A#names(lib.Foo)",
                        "a COMPILER p.A#in(java.util.List)",
                        "a COMPILER java.lang.Object#<init>()");
    }
}
