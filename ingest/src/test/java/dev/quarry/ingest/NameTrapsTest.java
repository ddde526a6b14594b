package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code in which names alone lead to the wrong declaration, or to none: what users of code graphs report most. */
class NameTrapsTest {
    @TempDir
    private Path root;

    private void write(String path, String text) {
        Graph.write(root, path, text);
    }

    private static NavigableSet<String> calls(Graph graph) {
        return calls(graph, _ -> true);
    }

    private static NavigableSet<String> calls(Graph graph, java.util.function.Predicate<Edge> wanted) {
        return graph.edges.stream()
                .filter(edge -> edge.kind() == EdgeKind.CALLS)
                .filter(edge -> !edge.role().equals("implicit"))
                .filter(wanted)
                .map(edge -> graph.symbol(edge.from()) + " > " + graph.symbol(edge.to()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void injectedConcreteField_withoutTheContainersJar_hasAllItsCallers() {
        write("p/Mailer.java", "package p; public class Mailer { public void send(String to) {} }");
        for (String annotation : List.of("org.x.Autowired", "javax.annotation.Resource", "jakarta.inject.Inject")) {
            String simple = annotation.substring(annotation.lastIndexOf('.') + 1);
            write("q/By" + simple + ".java", """
                    package q;
                    import p.Mailer;
                    import %s;
                    class By%s {
                        @%s private Mailer mailer;
                        void run() { mailer.send("x"); this.mailer.send("y"); }
                    }
                    """.formatted(annotation, simple, simple));
        }

        assertThat(calls(Graph.of(root)))
                .containsExactly(
                        "q.ByAutowired#run() > p.Mailer#send(java.lang.String)",
                        "q.ByInject#run() > p.Mailer#send(java.lang.String)",
                        "q.ByResource#run() > p.Mailer#send(java.lang.String)");
    }

    @Test
    void callIntoAMissingLibrary_neverLeadsToAMethodOfTheSameNameAtHome() {
        write("p/Cache.java", "package p; public class Cache { public void evict(String key) {} }");
        write("p/User.java", """
                package p;
                import com.library.CacheClient;
                class User {
                    CacheClient client;
                    void run() { client.evict("a"); client.region("r").evict("b"); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(calls(graph)).noneMatch(call -> call.contains("> p.Cache#"));
        List<Node> targets = graph.edges.stream()
                .filter(edge -> edge.kind() == EdgeKind.CALLS && !edge.role().equals("implicit"))
                .map(edge -> graph.nodes.get(edge.to()))
                .toList();
        assertThat(targets).isNotEmpty().allMatch(node -> node.kind() == NodeKind.UNRESOLVED);
        assertThat(targets).allMatch(node -> !node.detail().isEmpty());
    }

    @Test
    void edge_notBoundByTheCompiler_saysSo() {
        write("A.java", """
                class A {
                    void sure() {}
                    void run(gone.Type x) { sure(); x.perhaps(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(calls(graph, edge -> edge.found() == Found.COMPILER)).containsExactly("A#run(gone.Type) > A#sure()");
        assertThat(calls(graph, edge -> edge.found() == Found.SYNTAX))
                .containsExactly("A#run(gone.Type) > gone.Type#perhaps");
    }

    @Test
    void callThroughAPort_leadsToThatPortAndNotToAnImplementationOfAnother() {
        write("p/Orders.java", "package p; public interface Orders { void save(String id); }");
        write("p/Bills.java", "package p; public interface Bills { void save(String id); }");
        write("p/OrderStore.java", "package p; class OrderStore implements Orders { public void save(String id) {} }");
        write("p/BillStore.java", "package p; class BillStore implements Bills { public void save(String id) {} }");
        write(
                "p/Shop.java",
                "package p; class Shop { private final Orders port; Shop(Orders port) { this.port = port; }"
                        + " void sell() { port.save(\"1\"); } }");

        assertThat(calls(Graph.of(root))).containsExactly("p.Shop#sell() > p.Orders#save(java.lang.String)");
    }

    @Test
    void overloads_areToldApartByLiteralsAndBoxing() {
        write("A.java", """
                class A {
                    void f(int i) {} void f(long l) {} void f(char c) {} void f(double d) {} void f(float d) {}
                    void f(String s) {} void f(Object o) {} void f(Integer i) {} void f(int... is) {}
                    void run() { f(1L); f('c'); f(1f); f("s"); f((Object) "s"); f(Integer.valueOf(1)); f(1, 2); }
                }
                """);

        assertThat(calls(Graph.of(root), edge -> edge.role().equals("virtual")))
                .containsExactlyInAnyOrder(
                        "A#run() > A#f(long)",
                        "A#run() > A#f(char)",
                        "A#run() > A#f(float)",
                        "A#run() > A#f(java.lang.String)",
                        "A#run() > A#f(java.lang.Object)",
                        "A#run() > A#f(java.lang.Integer)",
                        "A#run() > A#f(int[])");
    }

    @Test
    void overload_thatCallsItsNeighbour_isNoCallOfItself() {
        write("A.java", "class A { void f(int i) { f(i, \"x\"); } void f(int i, String s) {} }");

        assertThat(calls(Graph.of(root))).containsExactly("A#f(int) > A#f(int,java.lang.String)");
    }

    @Test
    void chainedCalls_throughBuildersFactoriesAndGenerics_areFollowed() {
        write("p/Url.java", """
                package p;
                public class Url {
                    public static Builder builder() { return new Builder(); }
                    public String text() { return ""; }
                    public static class Base<T extends Base<T>> {
                        @SuppressWarnings("unchecked") public T host(String h) { return (T) this; }
                    }
                    public static class Builder extends Base<Builder> {
                        public Builder port(int p) { return this; }
                        public Url build() { return new Url(); }
                    }
                }
                """);
        write("q/Use.java", """
                package q;
                import p.Url;
                import java.util.List;
                class Use {
                    String one() { return Url.builder().host("h").port(1).build().text(); }
                    List<String> all(List<Url.Builder> list) {
                        return list.stream().map(b -> b.host("x").build()).map(Url::text).toList();
                    }
                }
                """);

        assertThat(calls(Graph.of(root)))
                .contains(
                        "q.Use#one() > p.Url#builder()",
                        "q.Use#one() > p.Url$Base#host(java.lang.String)",
                        "q.Use#one() > p.Url$Builder#port(int)",
                        "q.Use#one() > p.Url$Builder#build()",
                        "q.Use#one() > p.Url#text()",
                        "q.Use#all(java.util.List) > p.Url$Base#host(java.lang.String)",
                        "q.Use#all(java.util.List) > p.Url$Builder#build()",
                        "q.Use#all(java.util.List) > p.Url#text()");
    }

    @Test
    void nestedTypesOfTheSameName_areToldApart() {
        write("A.java", """
                class A {
                    static class Node { void visit() {} }
                    static class B { static class Node { void visit() {} } void run() { new Node().visit(); } }
                    void run() { new Node().visit(); new B.Node().visit(); }
                }
                """);

        assertThat(calls(Graph.of(root), edge -> edge.role().equals("virtual")))
                .containsExactly(
                        "A#run() > A$B$Node#visit()", "A#run() > A$Node#visit()", "A$B#run() > A$B$Node#visit()");
    }
}
