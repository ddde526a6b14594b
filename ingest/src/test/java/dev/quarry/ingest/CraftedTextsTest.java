package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.FileStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are crafted to keep a parser or the binding busy: each ends in facts, and the file beside it is untouched. */
class CraftedTextsTest {
    @TempDir
    private Path root;

    private static Stream<String> names() {
        return CraftedTexts.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void run_craftedText_isReportedAndKeepsItsDeclarations(String name) {
        Map<String, String> texts = CraftedTexts.all();
        Graph.write(root, name + ".java", texts.getOrDefault(name, ""));
        Graph.write(root, "Good.java", "class Good { int f() { return f(); } }");

        Graph graph = Graph.of(root);

        FileRecord file = graph.file(name + ".java");
        assertThat(file.status()).isIn(FileStatus.INDEXED, FileStatus.PARTIAL);
        if (file.status() == FileStatus.PARTIAL) {
            assertThat(file.problem()).matches("line [45]: .+");
        }
        assertThat(graph.has(name + "#first()")).isTrue();
        assertThat(graph.has(name + "#last()")).isEqualTo(!CraftedTexts.hideWhatFollows(name));
        assertThat(graph.file("Good.java").status()).isEqualTo(FileStatus.INDEXED);
        assertThat(graph.edges(EdgeKind.CALLS)).anyMatch(edge -> edge.startsWith("Good#f() virtual Good#f() @"));
    }
}
