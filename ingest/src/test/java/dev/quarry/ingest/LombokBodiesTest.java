package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.UnresolvedReason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What generated bodies do, what calls Lombok explains, and which configuration is imported. */
class LombokBodiesTest {
    @TempDir
    private Path root;

    @Test
    void builder_always_callsWhatItBuildsWith() {
        Graph.write(root, "A.java", """
                import lombok.*;
                @Builder(toBuilder = true) @AllArgsConstructor(staticName = "of") @With
                class A { java.util.List<String> names; int[] sizes; }
                class B { @Builder static String make(int count) { return ""; } }
                """);

        assertThat(Graph.of(root).edges(EdgeKind.CALLS))
                .contains(
                        "A#of(java.util.List,int[]) new A#<init>(java.util.List,int[]) @2:28",
                        "A#builder() new A$ABuilder#<init>() @2:1",
                        "A#toBuilder() new A$ABuilder#<init>() @2:1",
                        "A$ABuilder#build() new A#<init>(java.util.List,int[]) @2:1",
                        "A#withSizes(int[]) new A#<init>(java.util.List,int[]) @2:67",
                        "B$StringBuilder#build() static B#make(int) @4:11");
        assertThat(Graph.of(root).edges(EdgeKind.READS)).contains("A#withSizes(int[]) A#names @2:67");
    }

    @Test
    void cleanup_always_callsClose() {
        Graph.write(root, "A.java", """
                import lombok.Cleanup;
                class A {
                    void close() {}
                    void dispose() {}
                    void m() {
                        @Cleanup A one = new A();
                        @Cleanup("dispose") A other = new A();
                    }
                }
                """);

        assertThat(Graph.of(root).edges(EdgeKind.CALLS))
                .contains("A#m() implicit A#close() @6:20", "A#m() implicit A#dispose() @7:31");
    }

    @Test
    void call_ofDelegatedMember_leadsToTheMemberBehind() {
        Graph.write(root, "A.java", """
                import lombok.experimental.Delegate;
                class Person { Person self() { return this; } String name(int n) { return ""; } }
                class Staff<P extends Person> { @Delegate P person; @Delegate Extra extra() { return null; } }
                class Extra { void more(String a, String b) {} }
                class Company extends Staff<Person> {}
                class Use {
                    void use(Company company) {
                        company.self().name(1).length();
                        company.more("", "");
                        company.unknown();
                    }
                }
                """);

        Graph graph = Graph.of(root);

        String from = "Use#use(Company) virtual ";
        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        from + "Person#self() @8:17",
                        from + "Person#name(int) @8:24",
                        from + "java.lang.String#length() @8:32",
                        from + "Extra#more(java.lang.String,java.lang.String) @9:17");
        assertThat(graph.coverage().unresolved()).isEqualTo(1);
    }

    @Test
    void call_ofDelegatedMemberWithoutReceiver_leadsToTheMemberBehind() {
        Graph.write(root, "A.java", """
                import lombok.experimental.Delegate;
                class Inner { void pub(int n) {} D me() { return null; } }
                class D {
                    @Delegate private final Inner in = new Inner();
                    void own() { pub(1); this.pub(2); me().own(); }
                    class Nested { void inner() { pub(3); } }
                    Runnable anonymous() { return new Runnable() { public void run() { pub(4); } }; }
                }
                class E extends D { void sub() { pub(5); } }
                class Use { Object use(D d) { java.util.function.Supplier<D> s = d::me; return s; } }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "D#own() virtual Inner#pub(int) @5:18,5:31",
                        "D#own() virtual Inner#me() @5:39",
                        "D#own() virtual D#own() @5:44",
                        "D$Nested#inner() virtual Inner#pub(int) @6:35",
                        "D#anonymous() virtual Inner#pub(int) @7:72",
                        "E#sub() virtual Inner#pub(int) @9:34",
                        "Use#use(D) reference Inner#me() @10:69");
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void session_withAnotherDelegate_equalsAFreshRun() {
        String[][] edits = {
            {"I.java", "class Inner { void pub(int n) {} }"},
            {"D.java", "class D { @lombok.experimental.Delegate Inner in; }"},
            {"E.java", "class E extends D { void sub() { pub(5); } }"},
            {"U.java", "class U { Object use(D d) { Runnable r = d::pub; d.pub(1); return r; } }"},
            {"I.java", "class Inner { void pub(long n) {} }"},
            {"I.java", "class Inner { void other() {} }"},
            {"I.java", "class Inner { void pub() {} }"},
            {"D.java", "class D { Inner in; }"},
            {"D.java", "class D { @lombok.experimental.Delegate Other in; }"},
            {"O.java", "class Other { void pub(int n) {} }"},
        };
        SessionFacts facts = new SessionFacts();
        try (IngestSession session = new IngestSession()) {
            for (String[] edit : edits) {
                Graph.write(root, edit[0], edit[1]);
                facts.assertEqualToClean(facts.run(session, root), root, edit[1]);
            }
        }
    }

    @Test
    void call_afterAGenericDelegatedMember_hasTheTypeOfItsArguments() {
        Graph.write(root, "A.java", """
                import java.util.*;
                import lombok.experimental.Delegate;
                class U { void z() {} }
                class Inner {
                    <T> T gen(T value) { return value; }
                    <T> List<T> list(T[] values) { return null; }
                    <T> T any() { return null; }
                    <T extends U> T some() { return null; }
                }
                class D { @Delegate Inner in; @Delegate Map<String, U> map; }
                class Use {
                    void use(D d, U[] all) {
                        d.gen(new U()).z();
                        d.list(all).get(0).z();
                        d.any().z();
                        d.some().z();
                        d.get("").z();
                    }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS)).contains("Use#use(D,U[]) virtual U#z() @13:24,14:28,16:18,17:19");
        assertThat(graph.coverage().unresolved()).isEqualTo(1);
        assertThat(graph.coverage().reasons()).containsOnlyKeys(UnresolvedReason.RECEIVER_UNBOUND);
    }

    @Test
    void call_ofExtensionMethodOnArraysAndGenerics_leadsToTheStaticMethod() {
        Graph.write(root, "A.java", """
                import lombok.experimental.ExtensionMethod;
                class Objects { static <T> T or(T one, T other) { return one; } }
                @ExtensionMethod({Objects.class, java.util.Arrays.class})
                class Use {
                    int use(String s, int[] arr) { arr.sort(); return s.or("x").or("y").length(); }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "Use#use(java.lang.String,int[]) static java.util.Arrays#sort(int[]) @5:40",
                        "Use#use(java.lang.String,int[]) static"
                                + " Objects#or(java.lang.Object,java.lang.Object) @5:57,5:65",
                        "Use#use(java.lang.String,int[]) virtual java.lang.String#length() @5:73");
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void call_ofExtensionMethod_leadsToTheStaticMethod() {
        Graph.write(root, "A.java", """
                import lombok.experimental.ExtensionMethod;
                class Texts {
                    static String twice(String text) { return text + text; }
                    static String cut(CharSequence text, int to) { return ""; }
                    static String cut(Integer number, int to) { return ""; }
                }
                @ExtensionMethod({Texts.class, java.util.Arrays.class})
                class Use { int use(String text) { return text.twice().cut(3).length(); } }
                class Other { void use(String text) { text.twice(); } }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS).stream().filter(line -> line.startsWith("Use#use")))
                .allMatch(line -> line.contains("Texts#twice(java.lang.String) @8:48")
                        || line.contains("Texts#cut(java.lang.CharSequence,int) @8:56")
                        || line.contains("java.lang.String#length() @8:63"))
                .hasSize(3);
        assertThat(graph.coverage().unresolved()).isEqualTo(1);
    }

    @Test
    void localClass_withAnnotations_hasTheirMembers() {
        Graph.write(root, "A.java", """
                import lombok.*;
                class A {
                    int m() {
                        @Data class Point { final int x; String name; }
                        Point point = new Point(1);
                        point.setName("");
                        return point.getX();
                    }
                }
                """);

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CALLS))
                .contains(
                        "A#m() virtual A$1Point#setName(java.lang.String) @6:15",
                        "A#m() virtual A$1Point#getX() @7:22");
        assertThat(graph.edges(EdgeKind.READS)).contains("A$1Point#getX() A$1Point#x @4:9");
        assertThat(graph.coverage().unresolved()).isZero();
    }

    @Test
    void configuration_thatIsImported_countsAndChangesTheFingerprint() throws IOException {
        Graph.write(root, "a/A.java", "import lombok.*; @Getter @Setter class A { int mSize; boolean mOpen; }");
        Graph.write(root, "a/lombok.config", """
                import ../shared/base.config
                import ../shared/pack.zip!inner/more.config
                import ../shared/missing.config
                lombok.accessors.chain = true
                """);
        Graph.write(root, "shared/base.config", "import base.config\nlombok.accessors.prefix += m\n");
        Files.createDirectories(root.resolve("shared"));
        try (OutputStream file = Files.newOutputStream(root.resolve("shared/pack.zip"));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("inner/more.config"));
            zip.write("import next.config".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("inner/next.config"));
            zip.write("lombok.getter.noIsPrefix = true".getBytes(StandardCharsets.UTF_8));
        }
        Graph graph = Graph.of(root);
        String before = fingerprint();
        Graph.write(root, "shared/base.config", "lombok.accessors.prefix += x\n");

        assertThat(graph.has("A#getSize()")).isTrue();
        assertThat(graph.has("A#getOpen()")).isTrue();
        assertThat(graph.node("A#setSize(int)").declaration()).isEqualTo("public A setSize(int mSize)");
        assertThat(fingerprint()).isNotEqualTo(before);
    }

    private String fingerprint() {
        return Ingest.configuration(RepositoryScan.of(root, ScanOptions.defaults()));
    }
}
