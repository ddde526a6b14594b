package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Found;
import dev.quarry.schema.UnresolvedReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with syntax errors, files that only one parser refuses, and files no editor would write. */
class BrokenTextTest {
    @TempDir
    private Path root;

    @Test
    void run_unbalancedGarbage_keepsDeclarationsAndCallsByName() {
        Graph.write(root, "p/Other.java", "package p; public class Other { public void far(int x) {} }");
        Graph.write(root, "p/A.java", """
                package p;
                import java.util.List;
                public class A {
                    void one(List<String> a, int[] b) { two(); }
                    void two() { } } } ) ( } {
                    void three(Other o) { o.far(1); nowhereAtAll(2); }
                    <T extends Number> void four(T value, String... rest) { two();
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.file("p/A.java").status()).isEqualTo(FileStatus.PARTIAL);
        assertThat(graph.has("p.A#one(java.util.List,int[])")).isTrue();
        assertThat(graph.node("p.A#two()").flags()).matches(flags -> Flags.has(flags, Flags.BROKEN));
        assertThat(graph.edges(EdgeKind.CALLS))
                .anyMatch(edge -> edge.startsWith("p.A#one(java.util.List,int[]) virtual p.A#two()"));
        assertThat(graph.edges)
                .allMatch(edge -> graph.nodes.containsKey(edge.from()) && graph.nodes.containsKey(edge.to()));
    }

    @Test
    void run_brokenParameterList_keepsTheMethodsAroundIt() {
        Graph.write(root, "A.java", """
                class A {
                    int before() { return after("x"); }
                    void bad( int , { ;
                    int after(String s) { return before(); }
                    int last() { return after("y"); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.has("A#before()")).isTrue();
        assertThat(graph.has("A#after(java.lang.String)")).isTrue();
        assertThat(graph.has("A#last()")).isTrue();
        assertThat(graph.edges(EdgeKind.CALLS))
                .anyMatch(edge -> edge.startsWith("A#last() virtual A#after(java.lang.String)"));
    }

    @Test
    void run_brokenTextWithCreationsOfInnerClasses_hasEachOnceAtItsNew() {
        Graph.write(root, "A.java", """
                class A {
                    class In { class Deep {} }
                    Object known(A a) { return a.new In().new Deep(); }
                    void bad(A a) { int i = = 1 +; ) a.new In().new Deep(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.file("A.java").status()).isEqualTo(FileStatus.PARTIAL);
        assertThat(graph.edges(EdgeKind.CALLS).stream().filter(edge -> edge.contains(" new ")))
                .containsExactly(
                        "A#bad(A) new A$In#<init>() @4:40",
                        "A#bad(A) new A$In$Deep#<init>() @4:49",
                        "A#known(A) new A$In#<init>() @3:34",
                        "A#known(A) new A$In$Deep#<init>() @3:43");
    }

    @Test
    void run_truncatedFile_keepsWhatStandsBeforeTheEnd() {
        Graph.write(root, "A.java", "class A { void f() { g(1); } void g(int x) { } void h() { g(2); if (x");

        Graph graph = Graph.of(root);

        assertThat(graph.file("A.java").status()).isEqualTo(FileStatus.PARTIAL);
        assertThat(graph.edges(EdgeKind.CALLS))
                .anyMatch(edge -> edge.startsWith("A#f() virtual A#g(int)"))
                .anyMatch(edge -> edge.startsWith("A#h() virtual A#g(int)"));
    }

    @Test
    void run_legalLocalEnumAndInterface_countAsWhole() {
        Graph.write(
                root,
                "A.java",
                "class A { void f() { enum E { X, Y } interface I { int v(); } record R(int a) {} new R(1).a(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.file("A.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.file("A.java").problem()).isEmpty();
        assertThat(graph.node("A#f()").flags()).matches(flags -> !Flags.has(flags, Flags.BROKEN));
        assertThat(graph.node("A#f()").declaration()).isEqualTo("void f()");
    }

    @Test
    void run_legalFileThatOneParserRefuses_hashesWithoutLayout() {
        Graph.write(root, "one/A.java", "class A { /** Doc. */ void f() { enum E { X } } int g(int a) { return a; } }");
        Graph one = Graph.of(root.resolve("one"));
        Graph.write(
                root,
                "two/A.java",
                "class A {\n  /** Doc. */\n  void f() {\n // c\n enum E { X } }\n int g(int a) {\n return a; }\n}");
        Graph two = Graph.of(root.resolve("two"));

        for (String symbol : new String[] {"A", "A#f()", "A#g(int)"}) {
            assertThat(two.node(symbol).content()).isEqualTo(one.node(symbol).content());
            assertThat(two.node(symbol).shape()).isEqualTo(one.node(symbol).shape());
        }
        Graph.write(root, "three/A.java", "class A { int g(int a) { return a; } }");
        assertThat(Graph.of(root.resolve("three")).node("A#g(int)").content())
                .isEqualTo(one.node("A#g(int)").content());
    }

    @Test
    void run_oddTexts_loseNoFile() throws IOException {
        Graph.write(root, "Mark.java", "\uFEFFclass Mark { void f() { } }");
        Graph.write(root, "Carriage.java", "class Carriage {\r\n void f() { }\r\n}\r\n");
        Graph.write(root, "Escape.java", "class Esc\\u0061pe { void \\u0066() { } }");
        Files.write(
                root.resolve("Bytes.java"),
                "class Bytes { String s = \"\u00ff\u00fe\"; }".getBytes(StandardCharsets.ISO_8859_1));
        Graph.write(root, "Line.java", "class Line { String s = \"" + "x".repeat(1 << 20) + "\"; }");
        Graph.write(root, "Nest.java", "class Nest { void f() { " + "{".repeat(5_000) + "}".repeat(5_000) + " } }");
        Graph.write(root, "Good.java", "class Good { void f() { new Mark().f(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.files).hasSize(7);
        assertThat(graph.has("Mark#f()")).isTrue();
        assertThat(graph.file("Escape.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.file("Bytes.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.edges)
                .filteredOn(edge -> edge.kind() == EdgeKind.CALLS)
                .anyMatch(edge -> edge.found() == Found.COMPILER);
    }

    @Test
    void run_codeThatIsNestedTooDeeply_isReportedAndKeepsItsNames() {
        String deep = "{".repeat(500) + " g(1); new Other(); " + "}".repeat(500);
        Graph.write(root, "Deep.java", "class Deep { void f() { " + deep + " } void g(int x) {} }");
        Graph.write(root, "Good.java", "class Good { void f(Deep d) { f(d); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.file("Deep.java").status()).isEqualTo(FileStatus.PARTIAL);
        assertThat(graph.file("Deep.java").problem()).contains("nested too deeply");
        assertThat(graph.file("Deep.java").coverage().reasons()).containsEntry(UnresolvedReason.SYNTAX, 2);
        assertThat(graph.has("Deep#g(int)")).isTrue();
        assertThat(graph.edges(EdgeKind.CALLS))
                .hasSize(3)
                .anyMatch(edge -> edge.startsWith("Deep#f() virtual g @"))
                .anyMatch(edge -> edge.startsWith("Deep#f() new Other#<init> @"))
                .anyMatch(edge -> edge.startsWith("Good#f(Deep) virtual Good#f(Deep) @"));
        assertThat(graph.node("g").detail()).isEqualTo("syntax");
    }

    @Test
    void run_moreBlanksThanTheSyntaxParserHolds_givesTheSameFactsAsFew() {
        String declarations = "/** Doc. */ class Huge { int a, b = 1; void h(int x) { h(2); } }";
        Graph.write(root, "Huge.java", declarations);
        Graph few = Graph.of(root);
        String blanks = " ".repeat(TokenCount.MAX_FOR_SYNTAX);
        Graph.write(root, "Huge.java", declarations + "\n" + blanks);
        SourceFile source = RepositoryScan.of(root, ScanOptions.defaults())
                .files()
                .getFirst()
                .source()
                .orElseThrow();

        Graph many = Graph.of(root);

        assertThat(JavaSyntax.parse(source).problems()).hasSize(1);
        assertThat(many.file("Huge.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(many.file("Huge.java").problem()).isEmpty();
        assertThat(many.edges).isEqualTo(few.edges);
        assertThat(many.node("Huge")).isEqualTo(few.node("Huge"));
        assertThat(many.node("Huge#h(int)")).isEqualTo(few.node("Huge#h(int)"));
        assertThat(many.node("Huge#b")).isEqualTo(few.node("Huge#b"));
    }

    @Test
    void run_tableOfTwoMillionValues_isReadWhole() {
        Graph.write(root, "Table.java", "class Table { int[] values = {" + "1,".repeat(2_000_000) + "}; int after; }");

        Graph graph = Graph.of(root);

        assertThat(graph.file("Table.java").problem()).isEmpty();
        assertThat(graph.file("Table.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.has("Table#after")).isTrue();
    }

    @Test
    void run_tenThousandParentheses_areReadWhole() {
        String sum = "(".repeat(10_000) + "1" + ")".repeat(10_000);
        Graph.write(root, "A.java", "class A { int x = " + sum + "; int f() { return f(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.file("A.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.edges(EdgeKind.CALLS)).hasSize(1);
    }

    @Test
    void run_textsWithoutJava_areCountedByWhatTheyAre() throws IOException {
        Graph.write(root, "Empty.java", "");
        Graph.write(root, "Comment.java", "/* never closed");
        Files.write(root.resolve("Zero.java"), new byte[] {'c', 0, 'l'});
        Files.write(root.resolve("Bytes.java"), new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});

        Graph graph = Graph.of(root);

        assertThat(graph.file("Empty.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.file("Comment.java").status()).isEqualTo(FileStatus.FAILED);
        assertThat(graph.file("Zero.java").status()).isEqualTo(FileStatus.BINARY);
        assertThat(graph.file("Bytes.java").status()).isEqualTo(FileStatus.FAILED);
        assertThat(graph.files)
                .filteredOn(file -> file.file().status() == FileStatus.FAILED)
                .allMatch(file -> !file.file().problem().isEmpty());
    }

    @Test
    void run_damageInOneBody_leavesOtherFilesAsTheyWere() {
        String user = "package p; class User { int f(Lib lib) { return lib.a() + lib.b(); } }";
        String lib = "package p; class Lib { int a() { return 1; } int c() { return a(); } int b() { return 2%s } }";
        Graph.write(root, "whole/p/User.java", user);
        Graph.write(root, "whole/p/Lib.java", lib.formatted(";"));
        Graph.write(root, "broken/p/User.java", user);
        Graph.write(root, "broken/p/Lib.java", lib.formatted(" + ( ;"));

        Graph whole = Graph.of(root.resolve("whole"));
        Graph broken = Graph.of(root.resolve("broken"));

        assertThat(broken.file("p/Lib.java").status()).isEqualTo(FileStatus.PARTIAL);
        assertThat(broken.edges(EdgeKind.CALLS)).isEqualTo(whole.edges(EdgeKind.CALLS));
        assertThat(broken.node("p.User").content())
                .isEqualTo(whole.node("p.User").content());
    }

    @Test
    void run_argumentsThatFitSeveralConstructors_areSaidToBeAmbiguous() {
        Graph.write(root, "A.java", "class A { A(String s) {} A(Integer i) {} Object f() { return new A(null); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS)).containsExactly("A#f() new A#<init> @1:62");
        assertThat(graph.node("A#<init>").detail()).isEqualTo("ambiguous: A");
        assertThat(graph.coverage().reasons()).containsOnly(Map.entry(UnresolvedReason.AMBIGUOUS, 1));
    }

    @Test
    void run_argumentsThatFitSeveralMethods_areSaidToBeAmbiguous() {
        Graph.write(root, "A.java", "class A { void g(String s) {} void g(Integer i) {} void f() { g(null); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS)).containsExactly("A#f() virtual A#g @1:63");
        assertThat(graph.node("A#g").detail()).isEqualTo("ambiguous: A");
        assertThat(graph.coverage().reasons()).containsOnly(Map.entry(UnresolvedReason.AMBIGUOUS, 1));
    }

    @Test
    void run_callThatNoMethodFits_isNotCertain() {
        Graph.write(root, "B.java", "class B { private void hidden() {} }");
        Graph.write(root, "A.java", "class A { void g(int i) {} void f(B b) { g(\"x\"); b.hidden(); } }");

        Graph graph = Graph.of(root);

        assertThat(found(graph, "A#f(B)", "A#g(int)")).isEqualTo(Found.SYNTAX);
        assertThat(found(graph, "A#f(B)", "B#hidden()")).isEqualTo(Found.COMPILER);
    }

    @Test
    void run_errorInOneBody_leavesTheOtherMembersCertain() {
        Graph.write(root, "A.java", """
                class A {
                    void first() { target(); }
                    void bad() { target(); int x = ; target(); }
                    void last() { target(); }
                    void target() { }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(found(graph, "A#first()", "A#target()")).isEqualTo(Found.COMPILER);
        assertThat(found(graph, "A#bad()", "A#target()")).isEqualTo(Found.SYNTAX);
        assertThat(found(graph, "A#last()", "A#target()")).isEqualTo(Found.COMPILER);
    }

    @Test
    void run_missingBraceOfANestedType_makesWhatFollowsUncertain() {
        Graph.write(root, "A.java", """
                class A {
                    void target() { }
                    void first() { target(); }
                    void second() { }
                    static class In {
                        void in() { new A().target(); }
                    void last() { new A().target(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(found(graph, "A#first()", "A#target()")).isEqualTo(Found.COMPILER);
        assertThat(graph.edges)
                .filteredOn(edge -> edge.kind() == EdgeKind.CALLS)
                .filteredOn(edge -> edge.from().equals(graph.node("A$In#last()").id()))
                .isNotEmpty()
                .allMatch(edge -> edge.found() == Found.SYNTAX);
    }

    @Test
    void run_truncatedFile_makesOnlyTheCutMemberUncertain() {
        Graph.write(root, "A.java", "class A { void f() { g(1); } void g(int x) { } void h() { g(2); if (x");

        Graph graph = Graph.of(root);

        assertThat(found(graph, "A#f()", "A#g(int)")).isEqualTo(Found.COMPILER);
        assertThat(found(graph, "A#h()", "A#g(int)")).isEqualTo(Found.SYNTAX);
    }

    @Test
    void run_truncatedFile_makesWhatLostMembersMayHideUncertain() {
        Graph.write(root, "A.java", """
                class A extends java.util.ArrayList<String> {
                    int inherited() { return size(); }
                    Object reference() { return (java.util.function.IntSupplier) this::size; }
                    int own() { return inherited(); }
                    Object made() { return new A(); }
                    int other(java.util.List<String> list) { return list.size(); }
                    void cut() {
                """);

        Graph graph = Graph.of(root);

        assertThat(found(graph, "A#inherited()", "java.util.ArrayList#size()")).isEqualTo(Found.SYNTAX);
        assertThat(found(graph, "A#reference()", "java.util.ArrayList#size()")).isEqualTo(Found.SYNTAX);
        assertThat(found(graph, "A#made()", "A#<init>()")).isEqualTo(Found.SYNTAX);
        assertThat(found(graph, "A#own()", "A#inherited()")).isEqualTo(Found.COMPILER);
        assertThat(found(graph, "A#other(java.util.List)", "java.util.List#size()"))
                .isEqualTo(Found.COMPILER);
    }

    private static Found found(Graph graph, String from, String to) {
        return graph.edges.stream()
                .filter(edge -> edge.kind() == EdgeKind.CALLS)
                .filter(edge -> edge.from().equals(graph.node(from).id()))
                .filter(edge -> edge.to().equals(graph.node(to).id()))
                .map(Edge::found)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void compilerSyntax_ofThisModule_isThatOfTheSyntaxParser() {
        List<SourceFile> sources = new ArrayList<>();
        Path module = Path.of("src/main/java");
        RepositoryScan.of(module, ScanOptions.defaults())
                .files()
                .forEach(file -> file.source().ifPresent(sources::add));
        ModuleClassPath noJars = new ModuleClassPath("", "", "", List.of(), List.of(), List.of());
        String level = IngestOptions.defaults().languageLevel();
        Binder binder = new Binder(
                level,
                JarIndex.of(List.of()),
                List.of(BindingModule.whole(noJars, sources)),
                new LombokConfig.Folders(module),
                PatchedModules.of(List.of()),
                new ModuleExports(Map.of()),
                new FrameworkModel(new FrameworkResources(List.of())),
                new SourceOutlines(),
                false);

        try (EcjEnvironment.Shared environment = new EcjEnvironment.Shared()) {
            binder.run(
                    environment,
                    bound -> assertThat(CompilerSyntax.of(bound, List.of()))
                            .as(bound.source().path())
                            .isEqualTo(JavaSyntax.parse(bound.source())));
        }

        assertThat(sources).hasSizeGreaterThan(100);
    }
}
