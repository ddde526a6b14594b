package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Maven repository of three modules, with a profile, a bill of materials, equal classes and two language levels. */
class ModulesTest {
    @TempDir
    private Path folder;

    private Path root;
    private IngestOptions options;

    @BeforeEach
    void makeRepository() throws IOException {
        root = Files.createDirectories(folder.resolve("repository"));
        Path local = Files.createDirectories(folder.resolve("local"));
        options = IngestOptions.defaults().withLocalRepository(local);
        Graph.write(local, "x/lib/3/lib-3.pom", pom("x", "lib", "3", ""));
        Graph.write(local, "x/lib/3/lib-3.jar", "");
        Graph.write(local, "x/bom/1/bom-1.pom", pom("x", "bom", "1", managed(dependency("x", "lib", "3", ""))));
        Graph.write(
                root,
                "pom.xml",
                pom(
                        "g",
                        "all",
                        "1",
                        "<packaging>pom</packaging><modules><module>core</module></modules>"
                                + managed(dependency("x", "bom", "1", "<type>pom</type><scope>import</scope>"))
                                + "<profiles><profile><activation><activeByDefault>true</activeByDefault></activation>"
                                + "<modules><module>old</module><module>web</module></modules></profile>"
                                + "<profile><activation><property><name>never</name></property></activation>"
                                + "<modules><module>gone</module></modules></profile></profiles>"));
        module("core", "<dependencies>" + dependency("x", "lib", "", "") + "</dependencies>");
        module("old", "<properties><maven.compiler.source>1.8</maven.compiler.source></properties>");
        module(
                "web",
                "<dependencies>" + dependency("g", "core", "1", "") + dependency("x", "absent", "2", "")
                        + "</dependencies>");
    }

    private void module(String name, String body) {
        Graph.write(
                root,
                name + "/pom.xml",
                "<project><parent><groupId>g</groupId><artifactId>all</artifactId><version>1</version></parent>"
                        + "<artifactId>" + name + "</artifactId>" + body + "</project>");
    }

    private static String pom(String group, String artifact, String version, String body) {
        return "<project><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId><version>" + version
                + "</version>" + body + "</project>";
    }

    private static String managed(String dependency) {
        return "<dependencyManagement><dependencies>" + dependency + "</dependencies></dependencyManagement>";
    }

    private static String dependency(String group, String artifact, String version, String more) {
        return "<dependency><groupId>" + group + "</groupId><artifactId>" + artifact + "</artifactId>"
                + (version.isEmpty() ? "" : "<version>" + version + "</version>") + more + "</dependency>";
    }

    @Test
    void classPath_ofThreeModules_isFoundForEach() {
        ClassPath found = Ingest.classPath(root, options);

        assertThat(found.modules()).extracting(ModuleClassPath::directory).containsExactly("old", "web", "core");
        ModuleClassPath old = found.modules().get(0);
        ModuleClassPath web = found.modules().get(1);
        ModuleClassPath core = found.modules().get(2);
        assertThat(core.entries()).extracting(ClassPath.Entry::coordinate).containsExactly("x:lib:3");
        assertThat(old.entries()).isEmpty();
        assertThat(old.languageLevel()).isEqualTo("1.8");
        assertThat(web.siblings()).containsExactly("core");
        assertThat(found.missing()).containsExactly("x:absent:2");
        assertThat(found.missingByModule()).containsExactly("x:absent:2 (web)");
    }

    @Test
    void run_withTheSameClassInTwoModules_bindsBothAndEachModuleToItsOwn() {
        Graph.write(root, "core/src/main/java/p/A.java", "package p; public class A { public void core() {} }");
        Graph.write(root, "old/src/main/java/p/A.java", "package p; public class A { void old() { old(); } }");
        Graph.write(root, "web/src/main/java/q/B.java", "package q; class B { void f(p.A a) { a.core(); } }");

        Graph graph = Graph.of(root, options);

        assertThat(graph.edges(EdgeKind.CALLS))
                .containsExactly("old/p.A#old() virtual old/p.A#old() @1:42", "q.B#f(p.A) virtual p.A#core() @1:40");
        assertThat(graph.node("old/p.A").name()).isEqualTo("A");
        assertThat(graph.report.duplicateTypes()).isZero();
        assertThat(graph.files).extracting(facts -> facts.file().problem()).containsOnly("");
    }

    @Test
    void run_withAnOldNameInOneModule_readsEachModuleAtItsLevel() {
        Graph.write(root, "old/O.java", "class O { int f(int _) { return \"a\".length() + _; } }");
        Graph.write(root, "web/N.java", "class N { int f(Object o) { return o instanceof N _ ? 1 : 2; } }");

        Graph graph = Graph.of(root, options);

        assertThat(graph.files).extracting(facts -> facts.file().status()).containsOnly(FileStatus.INDEXED);
        assertThat(graph.edges(EdgeKind.CALLS)).containsExactly("O#f(int) virtual java.lang.String#length() @1:37");
        assertThat(graph.node("java.lang.String#length()").kind().name()).isEqualTo("JDK_METHOD");
    }

    @Test
    void run_withAClassOfAModuleThatIsNotDeclared_findsItNevertheless() {
        Graph.write(root, "web/W.java", "package w; public class W { public static void g() {} }");
        Graph.write(root, "core/C.java", "class C { void f() { w.W.g(); } }");
        Graph.write(root, "Loose.java", "class Loose { void f() { w.W.g(); } }");

        Graph graph = Graph.of(root, options);

        assertThat(graph.edges(EdgeKind.CALLS))
                .containsExactly("C#f() static w.W#g() @1:26", "Loose#f() static w.W#g() @1:30");
        assertThat(graph.files)
                .extracting(facts -> facts.file().path())
                .containsExactly("Loose.java", "core/C.java", "web/W.java");
    }

    @Test
    void run_withLombokInASibling_bindsCallsOfItsMembers() {
        String shape = "package p; @lombok.Data @lombok.Builder public class A { private final int %s; }";
        Graph.write(root, "core/A.java", shape.formatted("size"));
        Graph.write(root, "old/A.java", shape.formatted("age") + " class O { int f(A a) { return a.getAge(); } }");
        Graph.write(root, "web/B.java", "class B { int f() { return p.A.builder().size(1).build().getSize(); } }");

        Graph graph = Graph.of(root, options);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "p.O#f(old/p.A) virtual old/p.A#getAge() @1:115",
                        "B#f() static p.A#builder() @1:32",
                        "B#f() virtual p.A$ABuilder#size(int) @1:42",
                        "B#f() virtual p.A$ABuilder#build() @1:50",
                        "B#f() virtual p.A#getSize() @1:58");
        assertThat(graph.has("old/p.A$ABuilder#age(int)")).isTrue();
        assertThat(graph.report.duplicateTypes()).isZero();
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void run_withSourcesThatABuildGenerated_bindsThemThoughTheyAreIgnored() {
        Graph.write(root, ".gitignore", "target/\n");
        Graph.write(root, "core/target/generated-sources/annotations/p/G.java", "package p; public class G {}");
        Graph.write(root, "core/src/main/java/p/A.java", "package p; class A { G g = new G(); }");

        Graph graph = Graph.of(root, options);

        assertThat(graph.edges(EdgeKind.CALLS)).anyMatch(line -> line.contains(" p.G#<init>() "));
        assertThat(graph.node("p.G").flags()).matches(flags -> Flags.has(flags, Flags.GENERATED));
    }

    @Test
    void outline_ofASource_namesItsTypesAndItsPackage() {
        SourceOutline outline = SourceOutline.of("/* package no; */ package a.b; @X(\"class Q\") class C { class I {} }"
                + " @interface D {} record E(int x) {} // class F\n");

        assertThat(outline.packageName()).isEqualTo("a.b");
        assertThat(outline.types()).containsExactly("C", "D", "E");
    }

    @Test
    void profiles_withAConditionOnTheJdk_followTheRelease() {
        assertThat(PomProfiles.isJdk("[1.8,)", 25)).isTrue();
        assertThat(PomProfiles.isJdk("(,9)", 25)).isFalse();
        assertThat(PomProfiles.isJdk("!1.8", 8)).isFalse();
        assertThat(PomProfiles.isJdk("17", 17)).isTrue();
    }
}
