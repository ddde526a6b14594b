package dev.quarry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.bench.GraphScore.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs of small sources, scored against what the JDK's compiler makes of them. */
class GraphTableTest {
    private static final String EVERY_KIND = """
            package p;
            import java.util.List;
            import java.util.function.Function;
            class A implements Comparable<A>, AutoCloseable {
                enum E { X { @Override int v() { return f("x".length()); } }, Y; int v() { return 1; } static int f(int i) { return i; } }
                record R(int a, String b) {}
                static final int CONSTANT = 7;
                int count = Integer.parseInt("1");
                A(int i) { count += i + CONSTANT; }
                A() { this(2); }
                static class B extends A { @Override public void close() { super.close(); } }
                class Inner { int up() { return count++; } }
                @Override public int compareTo(A other) { return Integer.compare(count, other.count); }
                @Override public void close() {}
                String text(List<String> list, Object o, E e) {
                    String all = "";
                    for (String s : list) { all += s.trim() + count; }
                    Function<String, Integer> f = String::length;
                    Runnable r = () -> { list.add(new A().toString()); };
                    new Thread(r) {
                        class Held { int n = list.size(); Held() { list.add("z"); } }
                        @Override public void run() { new Held(); list.clear(); }
                    }.start();
                    try (A a = new A(3)) { a.new Inner().up(); }
                    switch (e) { case X -> r.run(); default -> f.apply("y"); }
                    switch (all) { case "q" -> list.size(); default -> list.isEmpty(); }
                    return o instanceof R(int a, String b) ? b.concat(Integer.toString(a)).strip() : list.getFirst();
                }
            }
            """;

    @TempDir
    private Path folder;

    private Map<String, Result> rows(String indexed, String compiled) throws IOException {
        write("indexed/p/A.java", indexed);
        write("compiled/p/A.java", compiled);
        return score("compiled/p/A.java");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The score of the indexed sources against what these files are compiled to. */
    private Map<String, Result> score(String... compiled) throws IOException {
        Path classes = folder.resolve("classes");
        Stream<String> options = Stream.of("-g", "-d", classes.toString());
        Stream<String> files =
                Stream.of(compiled).map(path -> folder.resolve(path).toString());
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, Stream.concat(options, files).toArray(String[]::new));
        assertThat(status).isZero();
        return GraphTable.of(new Subject("fixture", folder.resolve("indexed"), List.of(classes), List.of()))
                .getFirst()
                .rows();
    }

    @Test
    void score_ofSourcesAndTheirClasses_isWhole() throws IOException {
        Map<String, Result> rows = rows(EVERY_KIND, EVERY_KIND);

        assertThat(rows).allSatisfy((_, result) -> {
            assertThat(result.graphOnly()).isZero();
            assertThat(result.truthOnly()).isZero();
            assertThat(result.both()).isPositive();
        });
    }

    @Test
    void score_ofOtherSources_countsWhatIsMissingAndWhatIsWrong() throws IOException {
        Map<String, Result> rows = rows(
                "package p; class A { void m() { a(); b(); } void a() {} void b() {} static void c() {} }",
                "package p; class A { void m() { a(); c(); } void a() {} void b() {} static void c() {} }");

        assertThat(rows.get("CALLS internal")).isEqualTo(new Result(1, 1, 1));
        assertThat(rows.get("CALLS virtual")).isEqualTo(new Result(1, 1, 0));
        assertThat(rows.get("CALLS static")).isEqualTo(new Result(0, 0, 1));
    }

    @Test
    void score_methodThatSubclassesOfOtherPackagesCannotSee_isNotOverridden() throws IOException {
        write(
                "indexed/p/A.java",
                "package p; public class A { void hidden() {} private void own() {} public void open() {} }");
        write(
                "indexed/q/B.java",
                "package q; class B extends p.A { void hidden() {} void own() {} @Override public void open() {} }");

        Map<String, Result> rows = score("indexed/p/A.java", "indexed/q/B.java");

        assertThat(rows.get("OVERRIDES")).isEqualTo(new Result(1, 0, 0));
    }

    @Test
    void score_methodsThatUnrelatedInterfacesDeclare_areEachRight() throws IOException {
        String source = """
                package p;
                interface One { int f(); }
                interface Two { int f(); }
                interface Both extends One, Two {}
                class User {
                    int call(Both b) { return b.f(); }
                    java.util.function.IntSupplier bound(Both b) { return b::f; }
                    java.util.function.ToIntFunction<Both> unbound() { return Both::f; }
                }
                """;

        assertThat(rows(source, source).get("CALLS internal")).isEqualTo(new Result(3, 0, 0));
    }
}
