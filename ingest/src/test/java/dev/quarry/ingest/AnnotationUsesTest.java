package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands inside of annotations, and annotations that stand inside of declarations. */
class AnnotationUsesTest {
    private static final String PATHS = """
            interface Paths { String BASE = "/b"; int N = 1; }
            enum Mode { SLOW }
            class Other {}
            class Impl {}
            @interface Sub { int value(); }
            @interface Mark { String value() default ""; }
            """;

    @TempDir
    private Path root;

    private Graph graph(String source) {
        Graph.write(root, "Paths.java", PATHS);
        Graph.write(root, "A.java", source);
        return Graph.of(root);
    }

    @Test
    void values_ofAnAnnotatedClass_areWhatItUses() {
        Graph graph = graph("""
                @Ann(value = Paths.BASE + "/x", n = {Paths.N}, by = Other.class, mode = Mode.SLOW, sub = @Sub(Paths.N))
                class Use {}
                @interface Ann {
                    String value(); int[] n(); Class<?> by(); Mode mode(); Sub sub();
                }
                """);
        assertThat(graph.edges(EdgeKind.READS))
                .containsExactly("Use Mode#SLOW @1:78", "Use Paths#BASE @1:20", "Use Paths#N @1:44,1:101");
        assertThat(graph.edges(EdgeKind.TYPE_USE)).contains("Use class Other @1:53", "Use receiver Mode @1:73");
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY)).contains("Use value Sub @1:90 Paths.N");
    }

    @Test
    void defaults_ofAnAnnotationsMembers_areWhatTheseUse() {
        Graph graph = graph("""
                @interface Ann {
                    String value() default Paths.BASE;
                    Class<?> by() default Impl.class;
                    Sub sub() default @Sub(Paths.N);
                    Mode[] modes() default {Mode.SLOW};
                }
                """);
        assertThat(graph.edges(EdgeKind.READS))
                .containsExactly(
                        "Ann#modes() Mode#SLOW @5:34", "Ann#sub() Paths#N @4:34", "Ann#value() Paths#BASE @2:34");
        assertThat(graph.edges(EdgeKind.TYPE_USE)).contains("Ann#by() class Impl @3:27");
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY)).containsExactly("Ann#sub() value Sub @4:23 Paths.N");
    }

    @Test
    void values_ofAMissingAnnotation_areWhatTheDeclarationUses() {
        Graph graph = graph("""
                import gone.*;
                @Gone(Paths.BASE) class Use {
                    @Gone(n = {Paths.N}) int field;
                    @Gone(by = Other.class) void method(@Gone(Paths.BASE) int parameter) {
                        @Gone(sub = @Sub(Paths.N)) int local = 0;
                    }
                }
                """);
        assertThat(graph.edges(EdgeKind.READS))
                .containsExactly(
                        "Use Paths#BASE @2:13",
                        "Use#field Paths#N @3:22",
                        "Use#method(int) Paths#BASE @4:53",
                        "Use#method(int) Paths#N @5:32");
        assertThat(graph.edges(EdgeKind.TYPE_USE)).contains("Use#method(int) class Other @4:16");
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY)).contains("Use#method(int) value Sub @5:21 Paths.N");
    }

    @Test
    void annotations_insideOfAMethod_areItsOwnWithARole() {
        Graph graph = graph("""
                import java.lang.annotation.*;
                import java.util.*;
                import java.util.function.*;
                @Target(ElementType.TYPE_USE) @interface T { String value() default ""; }
                class Use {
                    void method(@Mark(Paths.BASE) int parameter) throws @T("t") IllegalStateException {
                        @Mark("l") int local = 0;
                        try (@Mark("r") AutoCloseable r = null) { } catch (@Mark("c") Exception e) { }
                        IntUnaryOperator f = (@Mark("f") int x) -> x;
                        List<@T("a") ? extends @T("b") Object> list = (@T("d") List<Object>) null;
                        Object made = new @T("n") Object();
                        Object made2 = new int @T("m") [2];
                        if (made instanceof @Mark("p") String s) { }
                    }
                }
                """);
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY).stream().filter(line -> line.startsWith("Use#")))
                .containsExactly(
                        "Use#method(int) catch Mark @8:60 \"c\"",
                        "Use#method(int) local Mark @7:9,8:14,13:29 \"l\"; \"r\"; \"p\"",
                        "Use#method(int) parameter Mark @6:17,9:31 Paths.BASE; \"f\"",
                        "Use#method(int) type T @6:57,10:14,10:32,10:56,11:27,12:32"
                                + " \"t\"; \"a\"; \"b\"; \"d\"; \"n\"; \"m\"");
        assertThat(graph.edges(EdgeKind.READS)).contains("Use#method(int) Paths#BASE @6:29");
        assertThat(graph.edges(EdgeKind.TYPE_USE)).contains("Use#method(int) catch java.lang.Exception @8:71");
    }

    @Test
    void annotations_ofMembersWithoutANode_areThoseOfWhatHoldsThem() {
        Graph graph = graph("""
                enum E { ONE { @Mark("o") void m(@Mark(Paths.BASE) int p) {} }; void m(int p) {} }
                class Use {
                    Object field = new Object() { @Mark("f") int inner; @Override public int hashCode() { return 0; } };
                    void method() { new Object() { @Mark("m") void own() { @Mark("l") int x = 0; } }; }
                }
                """);
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY))
                .containsExactly(
                        "E#ONE inner Mark @1:16,1:34 \"o\"; Paths.BASE",
                        "Use#field inner Mark @3:35 \"f\"",
                        "Use#field inner java.lang.Override @3:57",
                        "Use#method() inner Mark @4:36 \"m\"",
                        "Use#method() local Mark @4:60 \"l\"");
        assertThat(graph.edges(EdgeKind.READS)).contains("E#ONE Paths#BASE @1:46");
    }

    @Test
    void annotation_thatMayStandAtTypesToo_isThatOfTheDeclaration() {
        Graph graph = graph("""
                import java.lang.annotation.*;
                import java.util.*;
                @Target(ElementType.TYPE_USE) @interface T {}
                class Use<@T V extends @T Object> extends @T Other {
                    @T String field;
                    List<@T String> many;
                    @T String method(@T Use<V> this, String @T ... rest) { return null; }
                }
                """);
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY).stream().filter(line -> line.startsWith("Use")))
                .containsExactly(
                        "Use type T @4:43",
                        "Use#V T @4:11",
                        "Use#V type T @4:24",
                        "Use#field T @5:5",
                        "Use#many type T @6:10",
                        "Use#method(java.lang.String[]) T @7:5",
                        "Use#method(java.lang.String[]) type T @7:22,7:45");
    }

    @Test
    void values_ofAPackagesAnnotation_areWhatItsFileUses() {
        Graph.write(root, "p/K.java", "package p; public interface K { String NAME = \"k\"; }");
        Graph.write(root, "p/package-info.java", "@Ann(K.NAME) package p;");
        Graph.write(root, "p/Ann.java", "package p; @interface Ann { String value(); }");
        Graph graph = Graph.of(root);
        assertThat(graph.edges(EdgeKind.READS)).containsExactly("p/package-info.java p.K#NAME @1:8");
    }
}
