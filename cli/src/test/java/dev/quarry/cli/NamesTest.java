package dev.quarry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b.C | a.b.C",
                "a.b.Outer$Inner | a.b.Outer.Inner",
                "a.b.C#m(int,java.lang.String[]) | C.m(int, String[])",
                "a.b.C$D#m(java.util.Map$Entry) | C.D.m(Map.Entry)",
                "a.b.C#<init>() | C.new()",
                "a.b.C#field | C.field",
                "a.b.C#m(java.util.function.Function)#R | C.m(Function).R",
                "a.b.C#<init>(int)#T | C.new(int).T",
                "a.b.C#T | C.T",
                "C#m() | C.m()"
            })
    void shown_symbol_isAsPeopleWriteIt(String symbol, String shown) {
        assertThat(Names.shown(symbol)).isEqualTo(shown);
    }

    @Test
    void shown_fileWithControlCharacters_isOneLine() {
        assertThat(Names.shown("a/B\nC.java")).isEqualTo("a/B\\nC.java");
        assertThat(Names.printable("\u001b[1m\tx")).isEqualTo("\\u001b[1m\\tx");
    }
}
