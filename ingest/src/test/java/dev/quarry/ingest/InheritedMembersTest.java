package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of methods that several supertypes of the receiver declare: an overridden one is no member of the receiver. */
class InheritedMembersTest {
    private static final String TYPES = """
            package p;
            import java.util.*;
            import java.util.concurrent.ConcurrentNavigableMap;
            import java.util.function.*;
            interface Rich { int f(); String toString(); boolean equals(Object o); }
            interface Ordered extends Rich { int f(); }
            interface RO extends Rich, Ordered {}
            interface Two { int f(); String toString(); }
            interface Both extends Rich, Two {}
            class Named {}
            """;

    @TempDir
    private Path root;

    /** What a method calls, all of it found by the language's rules. */
    private Stream<String> callsOf(String method) {
        Graph.write(root, "p/A.java", TYPES + "abstract class A {\n" + method + "\n}\n");
        Graph graph = Graph.of(root);
        return graph.edges.stream()
                .filter(edge -> edge.kind() == EdgeKind.CALLS && edge.found() == Found.COMPILER)
                .filter(edge -> graph.symbol(edge.from()).contains("#m("))
                .map((Edge edge) -> edge.role() + " " + graph.symbol(edge.to()));
    }

    @Test
    void methodOfAnInterface_overriddenInAnother_isTheOverride() {
        assertThat(callsOf("int m(RO x) { return x.f(); }")).containsExactly("interface p.Ordered#f()");
        assertThat(callsOf("<X extends Rich & Ordered> int m(X x) { return x.f(); }"))
                .containsExactly("interface p.Ordered#f()");
        assertThat(callsOf("IntSupplier m(RO x) { return x::f; }")).containsExactly("reference p.Ordered#f()");
        assertThat(callsOf("ToIntFunction<RO> m() { return RO::f; }")).containsExactly("reference p.Ordered#f()");
        assertThat(callsOf("Object m(ConcurrentNavigableMap<String, String> m) { return m.entrySet(); }"))
                .containsExactly("interface java.util.SortedMap#entrySet()");
    }

    @Test
    void methodOfAnInterface_overriddenInThatOfASuperclass_isTheOverride() {
        String base = "static abstract class Base<T> implements Collection<T> {}\n";

        assertThat(callsOf(base + "static abstract class B<T> extends Base<T> implements Iterable<T> {"
                        + " void m() { this.iterator(); } }"))
                .containsExactly("interface java.util.Collection#iterator()");
        assertThat(callsOf(base + "static abstract class B<T> extends Base<T> implements Iterable<T> {"
                        + " class In { void m() { iterator(); } } }"))
                .containsExactly("interface java.util.Collection#iterator()");
        assertThat(callsOf(base + "static abstract class B<T> extends Base<T> implements Iterable<T> {"
                        + " void m() { for (T t : this) { } } }"))
                .containsExactly("implicit java.util.Collection#iterator()");
    }

    @Test
    void methodOfObject_onAVariableOfOneInterface_isTheInterfaces() {
        assertThat(callsOf("<X extends Rich, Y extends X> String m(Y y) { return y.toString(); }"))
                .containsExactly("interface p.Rich#toString()");
        assertThat(callsOf("boolean m(Map.Entry<String, ? extends Rich> e) { return e.getValue().equals(e); }"))
                .containsExactlyInAnyOrder(
                        "interface p.Rich#equals(java.lang.Object)", "interface java.util.Map$Entry#getValue()");
    }

    @Test
    void methodOfObject_onAVariableOfAClassOrOfSeveralInterfaces_isObjects() {
        assertThat(callsOf("<X extends Rich & Two> String m(X x) { return x.toString(); }"))
                .containsExactly("virtual java.lang.Object#toString()");
        assertThat(callsOf("<X extends Named & Rich> String m(X x) { return x.toString(); }"))
                .containsExactly("virtual java.lang.Object#toString()");
    }

    @Test
    void methodOfUnrelatedInterfaces_isThatOfTheFirst() {
        assertThat(callsOf("int m(Both x) { return x.f(); }")).containsExactly("interface p.Rich#f()");
    }
}
