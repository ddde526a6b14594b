package dev.quarry.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralsTest {
    private static List<String> literals(String source) {
        List<String> found = new ArrayList<>();
        Literals.of(source, found::add);
        return found;
    }

    @Test
    void of_joinedLiterals_areOneText() {
        assertThat(literals("throw new X(\"not \" +\n    \"enough\", \"room\");"))
                .containsExactly("not enough", "room");
        assertThat(literals("f(\"at \" + line + \" of\")")).containsExactly("at ", " of");
    }

    @Test
    void of_commentsAndCharacters_areNoLiterals() {
        assertThat(literals("// \"one\"\n/* \"two\" */ char c = '\"'; char d = '\\''; char e = '\\\\'; f(\"three\");"))
                .containsExactly("three");
        assertThat(literals("f(\"http://a\", \"/* b */\")")).containsExactly("http://a", "/* b */");
    }

    @Test
    void of_escapesAndTextBlocks_areRead() {
        assertThat(literals("f(\"a\\\"b\\\\\", \"c\")")).containsExactly("a b ", "c");
        assertThat(literals("f(\"\"\"\n  no \"end\"\n  of it\"\"\")")).containsExactly("\n  no \"end\"\n  of it");
    }

    @Test
    void of_brokenSource_ends() {
        assertThat(literals("f(\"never closed\n g(\"closed\")")).containsExactly("never closed", "closed");
        Random random = new Random(7);
        String letters = "\"\\'/*+ \nab";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder source = new StringBuilder();
            random.ints(random.nextInt(24), 0, letters.length()).forEach(at -> source.append(letters.charAt(at)));
            assertThat(literals(source.toString())).as("%s", source).doesNotContain("");
        }
    }
}
