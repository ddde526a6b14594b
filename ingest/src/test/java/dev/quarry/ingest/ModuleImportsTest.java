package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of modules that are not the JDK's. */
class ModuleImportsTest {
    @TempDir
    private Path root;

    private void services() {
        Graph.write(
                root,
                "b/module-info.java",
                "module b.mod { exports bb; exports hid to other; requires transitive c.mod; }");
        Graph.write(root, "b/bb/Svc.java", "package bb; public class Svc { public void go() {} }");
        Graph.write(root, "b/hid/Hid.java", "package hid; public class Hid { public void go() {} }");
        Graph.write(root, "c/module-info.java", "module c.mod { exports cc; requires transitive java.sql; }");
        Graph.write(root, "c/cc/Part.java", "package cc; public class Part { public void go() {} }");
    }

    @Test
    void importModule_ofTheRepository_bindsWhatItExportsAndHandsOn() {
        services();
        Graph.write(root, "a/aa/A.java", """
                package aa;
                import module b.mod;
                class A {
                    void f(Svc s, Part p, Hid h) { s.go(); p.go(); h.go(); }
                    void g(Connection c) throws SQLException { c.close(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "aa.A#f(bb.Svc,cc.Part,aa.Hid) virtual bb.Svc#go() @4:38",
                        "aa.A#f(bb.Svc,cc.Part,aa.Hid) virtual cc.Part#go() @4:46",
                        "aa.A#g(java.sql.Connection) interface java.sql.Connection#close() @5:50");
        assertThat(graph.edges(EdgeKind.IMPORTS)).contains("a/aa/A.java module b.mod @2:15");
    }

    @Test
    void importModule_besideOtherImports_isShadowedByThem() {
        services();
        Graph.write(root, "d/dd/Svc.java", "package dd; public class Svc { public void go() {} }");
        Graph.write(root, "d/dd/Part.java", "package dd; public class Part { public void go() {} }");
        Graph.write(root, "a/aa/Own.java", "package aa; class Own {}");
        Graph.write(
                root,
                "a/aa/A.java",
                "package aa; import dd.*; import module b.mod; class A { void f(Svc s) { s.go(); } }");
        Graph.write(
                root,
                "a/aa/B.java",
                "package aa; import dd.Part; import module b.mod; class B { void f(Part p) { p.go(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .containsExactly(
                        "aa.A#f(dd.Svc) virtual dd.Svc#go() @1:75", "aa.B#f(dd.Part) virtual dd.Part#go() @1:79");
    }

    @Test
    void importModule_ofAnotherMavenModule_bindsWhatIsExportedToTheImporter() {
        Graph.write(
                root,
                "pom.xml",
                "<project><groupId>g</groupId><artifactId>all</artifactId><version>1</version>"
                        + "<packaging>pom</packaging><modules><module>a</module><module>b</module></modules></project>");
        for (String name : List.of("a", "b")) {
            Graph.write(
                    root,
                    name + "/pom.xml",
                    "<project><parent><groupId>g</groupId><artifactId>all</artifactId><version>1</version></parent>"
                            + "<artifactId>" + name + "</artifactId></project>");
        }
        Graph.write(root, "b/src/main/java/module-info.java", "module b.mod { exports bb to a.mod; }");
        Graph.write(root, "b/src/main/java/bb/Svc.java", "package bb; public class Svc { public static void go() {} }");
        Graph.write(root, "a/src/main/java/module-info.java", "module a.mod { requires b.mod; }");
        Graph.write(
                root,
                "a/src/main/java/aa/A.java",
                "package aa; import module b.mod; class A { void f() { Svc.go(); } }");
        Graph.write(root, "C.java", "import module b.mod; class C { void f() { Svc.go(); } }");

        Graph graph = Graph.of(root, IngestOptions.defaults().withLocalRepository(root.resolve("none")));

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains("aa.A#f() static bb.Svc#go() @1:59")
                .noneMatch(line -> line.startsWith("C#f() static bb.Svc"));
    }

    @Test
    void importModule_ofAJarWithItsName_bindsItsPackages() throws IOException {
        Path classes = Files.createDirectories(root.resolve("classes"));
        Graph.write(root, "lib/bb/Svc.java", "package bb; public class Svc { public void go() {} }");
        String source = root.resolve("lib/bb/Svc.java").toString();
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source);
        assertThat(result).isZero();
        Path jar = root.resolve("odd_name_1.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Automatic-Module-Name"), "b.mod");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new JarEntry("bb/Svc.class"));
            out.write(Files.readAllBytes(classes.resolve("bb/Svc.class")));
        }
        Path sources = root.resolve("sources");
        Graph.write(sources, "aa/A.java", "package aa; import module b.mod; class A { void f(Svc s) { s.go(); } }");

        Graph graph = Graph.of(sources, IngestOptions.defaults().withoutPoms().withExtraClassPath(List.of(jar)));

        assertThat(graph.edges(EdgeKind.CALLS)).containsExactly("aa.A#f(bb.Svc) virtual bb.Svc#go() @1:62");
    }

    @Test
    void importModule_thatNobodyKnows_givesNoPackageToMissingTypes() {
        Graph.write(root, "aa/A.java", "package aa; import module b.mod; class A { void f(Svc s, Own o) { s.go(); } }");
        Graph.write(root, "aa/Own.java", "package aa; class Own {}");

        Graph graph = Graph.of(root);

        assertThat(graph.node("aa.A#f(Svc,aa.Own)").kind()).isEqualTo(NodeKind.METHOD);
        assertThat(graph.edges(EdgeKind.CALLS)).allMatch(line -> line.contains("Svc") && !line.contains("aa.Svc"));
    }

    @Test
    void session_withAnotherDescriptor_equalsAFreshRun() {
        services();
        Graph.write(root, "a/aa/A.java", "package aa; import module b.mod; class A { void f(Svc s) { s.go(); } }");
        SessionFacts facts = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            facts.run(session, root);
            for (String text :
                    List.of("module b.mod { }", "module b.mod { exports bb; }", "module x.mod { exports bb; }")) {
                Graph.write(root, "b/module-info.java", text);
                facts.assertEqualToClean(facts.run(session, root), root, text);
            }
            Graph.write(root, "b/module-info.java", "module b.mod { exports bb; }");
            facts.run(session, root);
            Graph.write(root, "b/bb/Svc.java", "package bb; public class Svc { public void go(int... x) {} }");
            facts.assertEqualToClean(facts.run(session, root), root, "another method");
            Graph.write(root, "b/bb/Svc.java", "package bb; class Other {}");
            facts.assertEqualToClean(facts.run(session, root), root, "no such type");
        }
    }
}
