package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users of code graphs report as missing or invented, each as the smallest code that shows it: libraries whose methods
 * are called like the repository's own, searches that end at an interface, generated accessors, many modules.
 */
class ReportedGapsTest {
    @TempDir
    private Path root;

    private void write(String path, String text) {
        Graph.write(root, path, text);
    }

    /** Asked: a call into a jar was bound to a method of the repository with the same name; it shall end at the library. */
    @Test
    void callIntoAJar_endsAtTheLibraryThoughTheRepositoryHasTheName() throws Exception {
        Path jar = Path.of(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        write(
                "p/Checks.java",
                "package p; public class Checks { public static Checks assertThat(String s) { return null; }"
                        + " public Checks isEqualTo(Object o) { return this; } }");
        write("p/Use.java", """
                package p;
                import static org.assertj.core.api.Assertions.assertThat;
                class Use {
                    void a() { assertThat("x").isEqualTo("y"); }
                    void b() { Checks.assertThat("x").isEqualTo("y"); }
                }
                """);

        Graph graph = Graph.of(root, IngestOptions.defaults().withoutPoms().withExtraClassPath(List.of(jar)));

        assertThat(targets(graph, "p.Use#a()")).hasSize(2).allMatch(kind -> kind == NodeKind.LIBRARY_METHOD);
        assertThat(targets(graph, "p.Use#b()")).hasSize(2).allMatch(kind -> kind == NodeKind.METHOD);
        assertThat(graph.nodes.values().stream().filter(node -> node.kind() == NodeKind.LIBRARY_METHOD))
                .allMatch(node -> node.qualifiedName().startsWith("org.assertj."));
    }

    private static List<NodeKind> targets(Graph graph, String caller) {
        return graph.edges.stream()
                .filter(edge -> edge.kind() == EdgeKind.CALLS
                        && graph.symbol(edge.from()).equals(caller))
                .map(edge -> java.util.Objects.requireNonNull(graph.nodes.get(edge.to()))
                        .kind())
                .toList();
    }

    /** Asked: of two callers none was found, while calls that nothing makes were reported. */
    @Test
    void callers_areAllThatCallAndNoneThatDoesNot() {
        write("p/Store.java", "package p; public class Store { public void save(Object o) {} }");
        write("p/One.java", "package p; class One { void a(Store s) { s.save(1); } }");
        write(
                "q/Two.java",
                "package q; class Two { p.Store s = new p.Store(); Two b() { s.save(this); return this; } }");
        write("q/Three.java", "package q; class Three { void save(Object o) {} void c(Three s) { s.save(1); } }");

        Graph graph = Graph.of(root);

        assertThat(callers(graph, EdgeKind.CALLS, "p.Store#save(java.lang.Object)"))
                .containsExactlyInAnyOrder("p.One#a(p.Store)", "q.Two#b()");
    }

    private static List<String> callers(Graph graph, EdgeKind kind, String callee) {
        return graph.edges.stream()
                .filter(edge -> edge.kind() == kind && graph.symbol(edge.to()).equals(callee))
                .map(edge -> graph.symbol(edge.from()))
                .toList();
    }

    /** Asked: a search ends at the interface, though nearly every interface of an application has one implementation. */
    @Test
    void callThroughAnInterfaceWithOneImplementation_goesOnToIt() {
        for (String name : List.of("Order", "Bill", "User")) {
            write("p/" + name + "Service.java", "package p; public interface " + name + "Service { void run(); }");
            write(
                    "p/impl/" + name + "ServiceImpl.java",
                    "package p.impl; import p.*; class " + name + "ServiceImpl implements " + name
                            + "Service { @Override public void run() {} }");
            write(
                    "p/" + name + "Controller.java",
                    "package p; class " + name + "Controller { @javax.annotation.Resource " + name
                            + "Service service; void handle() { service.run(); } }");
        }

        assertThat(Graph.of(root).edges(EdgeKind.MAY_DISPATCH).stream().map(line -> line.replaceFirst(" @.*", "")))
                .containsExactly(
                        "p.BillController#handle() only p.impl.BillServiceImpl#run()",
                        "p.OrderController#handle() only p.impl.OrderServiceImpl#run()",
                        "p.UserController#handle() only p.impl.UserServiceImpl#run()");
    }

    /** Asked: what a factory makes was not followed, nor were method references and overloads of an interface's method. */
    @Test
    void callOfWhatAFactoryMakes_goesOnToEachImplementation() {
        write("p/All.java", """
                package p;
                interface Shape { double area(); double area(int scale); }
                class Circle implements Shape { public double area() { return 1; } public double area(int s) { return s; } }
                class Square implements Shape { public double area() { return 2; } public double area(int s) { return s; } }
                class Factory { static Shape of(String name) { return name.equals("c") ? new Circle() : new Square(); } }
                class Use {
                    double one() { return Factory.of("c").area(); }
                    double all(java.util.List<Shape> all) { return all.stream().mapToDouble(Shape::area).sum(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(callers(graph, EdgeKind.MAY_DISPATCH, "p.Circle#area()"))
                .containsExactlyInAnyOrder("p.Use#one()", "p.Use#all(java.util.List)");
        assertThat(callers(graph, EdgeKind.MAY_DISPATCH, "p.Square#area()")).hasSize(2);
        assertThat(callers(graph, EdgeKind.MAY_DISPATCH, "p.Circle#area(int)")).isEmpty();
    }

    /** Asked: call graphs of containers' applications were empty, as nothing says which bean a field is given. */
    @Test
    void callThroughAnInjectedInterface_isLinkedToTheBean() {
        write("p/Mail.java", "package p; public interface Mail { void send(); }");
        write(
                "p/Smtp.java",
                "package p; @org.springframework.stereotype.Service class Smtp implements Mail {"
                        + " public void send() {} }");
        write("p/Shop.java", """
                package p;
                import org.springframework.stereotype.Service;
                @Service class Shop {
                    private final Mail mail;
                    Shop(Mail mail) { this.mail = mail; }
                    void sell() { mail.send(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(callers(graph, EdgeKind.MAY_DISPATCH, "p.Smtp#send()")).containsExactly("p.Shop#sell()");
        assertThat(graph.edges(EdgeKind.INJECTS)).anyMatch(line -> line.startsWith("p.Shop#<init>(p.Mail) "));
        assertThat(graph.edges(EdgeKind.DEFINES)).anyMatch(line -> line.startsWith("p.Smtp "));
    }

    /** Asked: fluent chains broke after the first call whose result is a type variable. */
    @Test
    void fluentChains_throughInheritedGenericSteps_areFollowedToTheirEnd() {
        write("p/Q.java", """
                package p;
                abstract class Step<S extends Step<S>> {
                    abstract S self();
                    S limit(int n) { return self(); }
                    <T extends Step<T>> T as(Class<T> type) { return null; }
                }
                class Q extends Step<Q> { Q self() { return this; } Q where(String s) { return this; } }
                class R extends Step<R> { R self() { return this; } String go() { return ""; } }
                class Use { int f() { return new Q().limit(1).where("a").limit(2).as(R.class).limit(3).go().length(); } }
                """);

        assertThat(graphCalls("p.Use#f()"))
                .containsExactlyInAnyOrder(
                        "new p.Q#<init>()",
                        "virtual p.Step#limit(int)",
                        "virtual p.Q#where(java.lang.String)",
                        "virtual p.Step#as(java.lang.Class)",
                        "virtual p.R#go()",
                        "virtual java.lang.String#length()");
    }

    private List<String> graphCalls(String caller) {
        Graph graph = Graph.of(root);
        return graph.edges.stream()
                .filter(edge -> edge.kind() == EdgeKind.CALLS
                        && graph.symbol(edge.from()).equals(caller))
                .map(edge -> edge.role() + " " + graph.symbol(edge.to()))
                .toList();
    }

    /** Asked: generated getters were said not to exist; they had names such as {@code isIsEnabled}. */
    @Test
    void generatedAccessors_existByTheirNamesAndHaveTheirCallers() {
        write("p/Account.java", """
                package p;
                import lombok.*;
                @Data public class Account {
                    private String name;
                    private boolean isEnabled;
                    private boolean open;
                    private Boolean isActive;
                    @Getter(lazy = true) private final int cost = 1;
                }
                """);
        write("p/Use.java", """
                package p;
                class Use {
                    Object f(Account a) {
                        a.setEnabled(a.isEnabled() && a.isOpen());
                        a.setIsActive(true);
                        return a.getName() + a.getIsActive() + a.getCost();
                    }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.coverage().unresolved()).isZero();
        for (String called : List.of(
                "setEnabled(boolean)",
                "isEnabled()",
                "isOpen()",
                "setIsActive(java.lang.Boolean)",
                "getName()",
                "getIsActive()",
                "getCost()")) {
            assertThat(callers(graph, EdgeKind.CALLS, "p.Account#" + called))
                    .as(called)
                    .containsExactly("p.Use#f(p.Account)");
        }
        assertThat(graph.has("p.Account#isIsEnabled()")).isFalse();
    }

    /** Asked: a repository of thirty modules had no edge at all between its classes. */
    @Test
    void callsBetweenThirtyModules_areAllFound() throws Exception {
        int count = 30;
        StringBuilder modules = new StringBuilder();
        for (int i = 0; i < count; i++) {
            modules.append("<module>m").append(i).append("</module>");
            String above = i == 0
                    ? ""
                    : "<dependencies><dependency><groupId>g</groupId><artifactId>m" + (i - 1)
                            + "</artifactId><version>${project.version}</version></dependency></dependencies>";
            write(
                    "m" + i + "/pom.xml",
                    "<project><parent><groupId>g</groupId><artifactId>all</artifactId><version>1</version></parent>"
                            + "<artifactId>m" + i + "</artifactId>" + above + "</project>");
            String call = i == 0 ? "0" : "new g.m" + (i - 1) + ".S().run() + g.m0.S.zero()";
            write(
                    "m" + i + "/src/main/java/g/m" + i + "/S.java",
                    "package g.m" + i + "; public class S { public int run() { return " + call
                            + "; } public static int zero() { return 0; } }");
        }
        write(
                "pom.xml",
                "<project><groupId>g</groupId><artifactId>all</artifactId><version>1</version>"
                        + "<packaging>pom</packaging><modules>" + modules + "</modules></project>");
        Path local = Files.createDirectories(root.resolve("local"));

        Graph graph = Graph.of(root, IngestOptions.defaults().withLocalRepository(local));

        assertThat(graph.coverage().unresolved()).isZero();
        assertThat(IntStream.range(1, count))
                .allMatch(i -> callers(graph, EdgeKind.CALLS, "g.m" + (i - 1) + ".S#run()")
                        .equals(List.of("g.m" + i + ".S#run()")));
        assertThat(callers(graph, EdgeKind.CALLS, "g.m0.S#zero()")).hasSize(count - 1);
    }
}
