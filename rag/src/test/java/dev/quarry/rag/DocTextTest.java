package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocTextTest {
    private static final String COMMENT = """
            /**
             * Checks a {@code CharSequence}, see {@link Foo#bar} or {@linkplain Foo the foo}.
             * <p>Costs &lt; $1 &amp; more.</p>
             *
             * @param cs may be null
             * @return whether it is blank
             */""";

    @Test
    void description_comment_isProseWithoutTags() {
        assertThat(DocText.description(COMMENT))
                .isEqualTo("Checks a CharSequence, see Foo.bar or the foo. Costs < $1 & more.");
    }

    @Test
    void all_comment_keepsTextOfTags() {
        assertThat(DocText.all(COMMENT)).endsWith("& more. cs may be null whether it is blank");
    }

    @Test
    void description_markdownComment_isProse() {
        assertThat(DocText.description("/// Reads `x`.\n    /// Twice.")).isEqualTo("Reads `x`. Twice.");
    }

    @Test
    void description_oddComments_doNotFail() {
        for (String comment : new String[] {"", "/**/", "/***/", "/**", "/** {@code ", "/** {@link } */", "* @"}) {
            assertThat(DocText.description(comment)).doesNotContain("*/");
        }
    }
}
