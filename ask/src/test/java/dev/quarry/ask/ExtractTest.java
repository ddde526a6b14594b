package dev.quarry.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /** Reads a date. Slowly. */ Date d();|Reads a date.
        /** Reads {@link Date dates} of <b>1.5</b> days */ x|Reads Date dates of 1.5 days
        /** @return a date */ Date d();|''
        // no comment of documentation|''
        /** Cut|''
        """)
    void sentence_ofDocumentation_isTheFirst(String text, String sentence) {
        assertThat(Extract.sentence(text)).isEqualTo(sentence);
    }

    @Test
    void text_ofManyPieces_listsTheFirstTen() {
        String[] texts = new String[13];
        java.util.Arrays.fill(texts, Sample.TRIM);
        assertThat(Extract.text(Sample.sources(texts), "nobody is there"))
                .contains("nobody is there", "[10]", "3 more pieces")
                .doesNotContain("[11]");
        assertThat(Extract.text(List.of(), "nobody is there")).contains("No code was found");
    }
}
