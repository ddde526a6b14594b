package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    private final Words words = new Words();

    private List<String> code(String text) {
        List<String> terms = new ArrayList<>();
        words.code(text, terms::add);
        return terms;
    }

    @ParameterizedTest
    @CsvSource({
        "isBlank,is blank isblank",
        "HTTPServer,http server httpserver",
        "parseURL,pars url parseurl",
        "MAX_SIZE,max size max_size",
        "utf8Reader,utf 8 reader utf8reader",
        "_value,valu",
        "m,m",
        "größeÄndern,größe ändern größeändern",
        "sha256,sha 256 sha256",
        "strings,string",
    })
    void code_identifier_isSplitStemmedAndKeptWhole(String identifier, String expected) {
        assertThat(code(identifier)).containsExactly(expected.split(" "));
    }

    @Test
    void code_keywordsAndSigns_giveNothing() {
        assertThat(code("public static final int[] x = new int[] { return; }")).containsExactly("x");
        assertThat(code("\"a\\nline\" + '\\u0041' @@ ** <>"))
                .contains("a", "line")
                .doesNotContain("nline");
    }

    @Test
    void prose_commonWords_giveNothing() {
        List<String> terms = new ArrayList<>();
        words.prose("Checks if the <code>CharSequence</code> is empty, or {@code null}.", terms::add);
        assertThat(terms)
                .contains("check", "char", "sequenc", "charsequence", "empti")
                .doesNotContain("the", "is", "or");
    }

    @Test
    void code_veryLongRuns_areLeftOut() {
        assertThat(code("x".repeat(1000) + " y")).containsExactly("y");
    }
}
