package dev.quarry.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        It trims [2].|[2]|[]
        Both [1][3], twice [1].|[1, 3]|[]
        Lists [1, 3] and [2;3].|[1, 2, 3]|[]
        A range [1-3] or [2–3].|[1, 2, 3]|[]
        Nothing is [4] or [0].|[]|[0, 4]
        An element args[1] is none.|[]|[]
        Nor is `x = [2]` in code [3].|[3]|[]
        Nor a link [1](http://a).|[]|[]
        A huge [99999] is text.|[]|[]
        No citation.|[]|[]
        """)
    void of_text_findsNumbersThatCite(String text, String known, String unknown) {
        Citations citations = Citations.of(text, 3);
        assertThat(citations.known()).hasToString(known);
        assertThat(citations.unknown()).hasToString(unknown);
    }

    @Test
    void of_blocksOfCode_areNoCitations() {
        assertThat(Citations.of("See:\n```java\nint[] a = {b, [1]};\n```\nand [2]", 3)
                        .known())
                .containsExactly(2);
        assertThat(Citations.of("cut off ```\n [1]", 3)).isEqualTo(Citations.NONE);
    }

    @Test
    void removed_citations_areGone() {
        assertThat(Citations.removed("It trims [2][3], a[1].")).isEqualTo("It trims , a[1].");
        assertThat(new Citations(List.of(1), List.of()).known()).containsExactly(1);
    }
}
