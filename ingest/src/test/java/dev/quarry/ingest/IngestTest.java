package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.UnresolvedReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @TempDir
    private Path root;

    @Test
    void run_twiceWithDifferentThreads_givesEqualFacts() {
        Graph one = Graph.of(SOURCES, IngestOptions.defaults().withoutPoms().withThreads(1));
        Graph many = Graph.of(SOURCES, IngestOptions.defaults().withoutPoms().withThreads(5));

        assertThat(many.files).isEqualTo(one.files);
        assertThat(many.shared).isEqualTo(one.shared);
        assertThat(one.files).hasSizeGreaterThan(20);
    }

    @Test
    void run_ofAnyRepository_leavesNoEdgeWithoutItsNodes() {
        Graph graph = Graph.of(SOURCES);

        List<String> dangling = graph.edges.stream()
                .filter(edge -> !graph.nodes.containsKey(edge.from()) || !graph.nodes.containsKey(edge.to()))
                .map(edge -> graph.symbol(edge.from()) + " " + edge.kind() + " " + graph.symbol(edge.to()))
                .toList();

        assertThat(dangling).isEmpty();
    }

    @Test
    void run_ofAFile_startsItsEdgesAtItsOwnNodes() {
        for (FileFacts facts : Graph.of(SOURCES).files) {
            var own = facts.nodes().stream().map(node -> node.id()).toList();
            assertThat(facts.edges()).extracting(Edge::from).allMatch(own::contains);
        }
    }

    @Test
    void run_withASyntaxError_keepsWhatCanBeRead() {
        Graph.write(root, "A.java", "class A { void f() { g(); } void g() { int = ; } int h() { return 1; } }");
        Graph.write(root, "B.java", "class B { void f(A a) { a.f(); } }");

        Graph graph = Graph.of(root);

        assertThat(graph.file("A.java").status()).isEqualTo(FileStatus.PARTIAL);
        assertThat(graph.file("A.java").problem()).startsWith("line 1: ");
        assertThat(graph.node("A#f()").flags()).matches(flags -> Flags.has(flags, Flags.BROKEN));
        assertThat(graph.edges(EdgeKind.CALLS)).contains("B#f(A) virtual A#f() @1:27", "A#f() virtual A#g() @1:22");
        assertThat(graph.file("B.java").status()).isEqualTo(FileStatus.INDEXED);
    }

    @Test
    void run_withTheSameClassTwice_keepsTheFirstAndSaysSo() {
        Graph.write(root, "one/A.java", "package p; public class A { void one() {} }");
        Graph.write(root, "two/A.java", "package p; public class A { void two() {} }");

        Graph graph = Graph.of(root);

        assertThat(graph.has("p.A#one()")).isTrue();
        assertThat(graph.has("p.A#two()")).isFalse();
        assertThat(graph.report.duplicateTypes()).isEqualTo(1);
        assertThat(graph.file("two/A.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.file("two/A.java").problem())
                .isEqualTo("line 1: p.A is not indexed: one/A.java declares it already");
    }

    @Test
    void run_withFilesThatCannotBeRead_accountsForThem() throws IOException {
        Files.write(root.resolve("Binary.java"), new byte[] {0, 1, 2});
        Graph.write(root, "Empty.java", "");
        Graph.write(root, "module-info.java", "module m { }");
        Graph.write(root, "package-info.java", "@Deprecated package p;");

        Graph graph = Graph.of(root);

        assertThat(graph.files)
                .extracting(facts -> facts.file().path() + " " + facts.file().status())
                .containsExactly(
                        "Binary.java BINARY",
                        "Empty.java INDEXED",
                        "module-info.java INDEXED",
                        "package-info.java INDEXED");
        assertThat(graph.edges(EdgeKind.ANNOTATED_BY)).containsExactly("package-info.java java.lang.Deprecated @1:1");
    }

    @Test
    void run_withModuleDirectories_containsFilesThroughModulesAndPackages() {
        Graph.write(root, "pom.xml", "<project/>");
        Graph.write(root, "lib/build.gradle", "");
        Graph.write(root, "lib/src/p/A.java", "package p; class A {}");
        Graph.write(root, "src/q/B.java", "package q; class B {}");

        Graph graph = Graph.of(root);

        assertThat(graph.edges(EdgeKind.CONTAINS))
                .containsExactlyInAnyOrder(
                        ". @",
                        "lib p @",
                        ". q @",
                        "p lib/src/p/A.java @",
                        "q src/q/B.java @",
                        "lib @",
                        "lib/src/p/A.java p.A @1:18",
                        "src/q/B.java q.B @1:18");
    }

    @Test
    void coverage_countsCallSitesByWhereTheyLead() {
        Graph.write(root, "A.java", "class A { void f(x.Y y) { f(null); f(null); \"\".length(); y.z(); } }");

        assertThat(Graph.of(root).coverage())
                .isEqualTo(new Coverage(2, 0, 1, 1, Map.of(UnresolvedReason.MISSING_TYPE, 1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void run_withDamagedFiles_neverThrowsAndAccountsForEach(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Path> files;
        try (Stream<Path> found = Files.list(SOURCES.resolve("dev/quarry/ingest"))) {
            files = found.sorted().toList();
        }
        for (Path file : files) {
            byte[] text = Files.readAllBytes(file);
            Files.write(root.resolve(file.getFileName()), random.nextInt(3) == 0 ? damage(text, random) : text);
        }

        Graph graph = Graph.of(root);

        assertThat(graph.files).as("seed %d", seed).hasSameSizeAs(files);
        assertThat(graph.nodes.values()).extracting(node -> node.kind()).contains(NodeKind.METHOD);
    }

    /** Flips bytes, drops a stretch, repeats a stretch, or cuts the end off. */
    private static byte[] damage(byte[] text, SplittableRandom random) {
        int at = random.nextInt(text.length);
        int length = Math.min(text.length - at, 1 + random.nextInt(40));
        String source = new String(text, StandardCharsets.ISO_8859_1);
        String damaged = switch (random.nextInt(4)) {
            case 0 -> source.substring(0, at) + (char) (33 + random.nextInt(90)) + source.substring(at + 1);
            case 1 -> source.substring(0, at) + source.substring(at + length);
            case 2 -> source.substring(0, at + length) + source.substring(at);
            default -> source.substring(0, at);
        };
        return damaged.getBytes(StandardCharsets.ISO_8859_1);
    }
}
