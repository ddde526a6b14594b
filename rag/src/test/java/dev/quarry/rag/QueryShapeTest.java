package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "isBlank | NAME",
                "StringUtils.isBlank | NAME",
                "a.b.C#run(int) | NAME",
                "StringUtils.isBlank(CharSequence, int) | NAME",
                "tokenizer | NAME",
                "check whether a string is blank | WORDS",
                "Reads a file. | WORDS",
                "HTTP client | WORDS",
                "where is isBlank called | MIXED",
                "what does MAX_VALUE mean | MIXED",
                "NullPointerException in the parser | MIXED",
                "fix parse(int) for negative numbers | MIXED",
            })
    void of_text_isRecognised(String text, QueryShape expected) {
        assertThat(QueryShape.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"isBlank, isBlank", "a.b.C#run(int), run", "Outer$Inner, Inner", "'x.y(a.b.C)', y"})
    void simpleName_symbol_isItsLastName(String symbol, String expected) {
        assertThat(QueryShape.simpleName(symbol)).isEqualTo(expected);
    }
}
