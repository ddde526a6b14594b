package dev.quarry.ingest;

import java.util.List;

/**
 * A token of a Gradle script.
 *
 * @param text the word, the content of the text without its quotes, or the sign
 * @param block what stands between braces; empty for other tokens
 */
record GradleToken(Kind kind, String text, int line, List<GradleStatement> block) {
    /** Stands in a template for a dollar sign that is no place holder. */
    static final char PLAIN_DOLLAR = '\uE000';

    /** What tokens there are. */
    enum Kind {
        WORD,
        NUMBER,
        /** A text without place holders. */
        TEXT,
        /** A text with place holders. */
        TEMPLATE,
        SIGN,
        LINE_END,
        BLOCK
    }

    static GradleToken of(Kind kind, String text, int line) {
        return new GradleToken(kind, text, line, List.of());
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }
}
