package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The types that the heads of classes name, where libraries are not on the class path. */
class HeadNamesTest {
    @TempDir
    private Path root;

    private void write(String path, String text) {
        Graph.write(root, path, text);
    }

    private static Stream<String> heads(Graph graph) {
        Set<EdgeKind> kinds = Set.of(EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS);
        return graph.edges.stream()
                .filter(edge -> kinds.contains(edge.kind()))
                .map((Edge edge) -> graph.symbol(edge.from()) + " " + graph.symbol(edge.to()) + " " + edge.found());
    }

    @Test
    void supertype_ofAMissingImport_isNotTheTypeOfThatNameThatIsThere() {
        write("p/One.java", "package p; class One<T> { void f() {} class In {} }");
        write("p/A.java", """
                package p;
                import com.google.inject.Module;
                import okhttp3.EventListener;
                import x.One;
                import java.util.*;
                class A implements Module { String m() { return getName(); } }
                class B extends EventListener {}
                class C extends One<String> { void m() { f(); } class In extends One<Module> {} }
                class D<T extends Module, L extends List<? extends EventListener>> {
                    void m(T t, L l) { t.getName(); l.get(0).foo(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(heads(graph))
                .containsExactlyInAnyOrder(
                        "p.A com.google.inject.Module COMPILER",
                        "p.B okhttp3.EventListener COMPILER",
                        "p.C x.One COMPILER",
                        "p.C$In x.One SYNTAX");
        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "p.A#m() virtual com.google.inject.Module#getName @6:49",
                        "p.C#m() virtual x.One#f @8:42",
                        "p.D#m(com.google.inject.Module,java.util.List) virtual com.google.inject.Module#getName @10:26",
                        "p.D#m(com.google.inject.Module,java.util.List) virtual okhttp3.EventListener#foo @10:46");
        assertThat(graph.edges(EdgeKind.EXTENDS)).contains("p.C x.One @8:17 One<String>");
    }

    @Test
    void supertype_ofAKnownImport_isThat() {
        write("x/One.java", "package x; public class One<T> { public void f() {} public static class In {} }");
        write("p/One.java", "package p; class One<T> {}");
        write("p/A.java", """
                package p;
                import x.One;
                import x.One.In;
                class A extends One<In> { void m() { f(); } }
                class B extends In {}
                """);

        Graph graph = Graph.of(root);

        assertThat(heads(graph)).containsExactlyInAnyOrder("p.A x.One COMPILER", "p.B x.One$In COMPILER");
        assertThat(graph.edges(EdgeKind.CALLS)).contains("p.A#m() virtual x.One#f() @4:38");
    }

    @Test
    void supertype_thatAClassAroundInherits_isNotTheImport() {
        write("p/Base.java", "package p; class Base { static class One {} }");
        write("p/A.java", "package p; import x.One; class A extends Base { class In extends One {} }");

        assertThat(heads(Graph.of(root)))
                .containsExactlyInAnyOrder("p.A p.Base COMPILER", "p.A$In p.Base$One COMPILER");
    }

    @Test
    void supertype_underSeveralWildcards_isAGuess() {
        write(
                "p/A.java",
                "package p; import x.one.*; import x.two.*; class A extends Some {} class B extends Other {}");
        write("p/B.java", "package p; import x.one.*; class C extends Thing {} class D extends y.Outer.Inner {}");
        write("p/C.java", "package p; import x.two.Other; class E { Other other; }");

        assertThat(heads(Graph.of(root)))
                .containsExactlyInAnyOrder(
                        "p.A x.one.Some SYNTAX",
                        "p.B x.two.Other COMPILER",
                        "p.C x.one.Thing COMPILER",
                        "p.D y.Outer$Inner SYNTAX");
    }
}
