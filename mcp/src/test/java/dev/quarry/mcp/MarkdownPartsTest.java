package dev.quarry.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkdownPartsTest {
    private static final String TWO_BLOCKS = """
        Head.

        ### `a.A`
        ```java
        class A {}
        ```

        ### `a.B`
        ````java
        ### no heading, ``` no fence
        ````
        """;

    private static String numbered(int lines) {
        return IntStream.range(0, lines).mapToObj(line -> "line " + line + "\n").collect(Collectors.joining());
    }

    @Test
    void of_blocksUnderHeadings_areAPartEachAndNothingIsLost() {
        List<String> parts = MarkdownParts.of(TWO_BLOCKS, 1_000);
        assertThat(parts)
                .hasSize(3)
                .satisfies(each -> assertThat(each.get(1)).startsWith("### `a.A`"))
                .satisfies(each -> assertThat(each.get(2)).startsWith("### `a.B`"));
        assertThat(String.join("", parts)).isEqualTo(TWO_BLOCKS);
    }

    @Test
    void of_longBlock_isFencedInEachPart() {
        String lines = numbered(100);
        List<String> parts = MarkdownParts.of("### Long\n````java\n" + lines + "````\n\nTail.\n", 200);
        assertThat(parts).hasSizeGreaterThan(3).allSatisfy(part -> {
            assertThat(part.length()).isLessThanOrEqualTo(200 + "````\n".length());
            assertThat(part.lines().filter(line -> line.startsWith("````")).count())
                    .as(part)
                    .isIn(0L, 2L);
        });
        assertThat(String.join("", parts).replaceAll("````(java)?\n", ""))
                .isEqualTo("### Long\n" + lines + "\nTail.\n");
    }

    @Test
    void of_lineThatFitsNowhere_isAPartAlone() {
        String line = "x".repeat(500) + "\n";
        assertThat(MarkdownParts.of("a\n" + line + "b\n", 100)).containsExactly("a\n", line, "b\n");
        assertThat(MarkdownParts.of("", 100)).isEmpty();
    }
}
