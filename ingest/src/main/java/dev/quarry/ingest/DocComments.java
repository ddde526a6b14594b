package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import org.jspecify.annotations.Nullable;

/** Documentation comments, classic and Markdown, without what belongs to their layout. */
final class DocComments {
    private DocComments() {}

    /**
     * The hash of a comment's words: delimiters, leading asterisks and runs of white space do not count.
     *
     * @param comment with its delimiters, or null
     * @return null where there are no words
     */
    static @Nullable ContentHash hash(@Nullable String comment) {
        if (comment == null) {
            return null;
        }
        String words = words(comment);
        return words.isEmpty() ? null : ContentHash.ofText(words);
    }

    /** The words of a comment, one space between them. */
    static String words(String comment) {
        boolean markdown = comment.startsWith("///");
        char mark = markdown ? '/' : '*';
        int from = markdown ? 0 : 3;
        int to = comment.endsWith("*/") && !markdown ? Math.max(from, comment.length() - 2) : comment.length();
        StringBuilder words = new StringBuilder(to - from);
        boolean atLineStart = true;
        boolean space = false;
        for (int i = from; i < to; i++) {
            char c = comment.charAt(i);
            if (c == '\n' || c == '\r') {
                atLineStart = true;
                space = true;
            } else if (c <= ' ') {
                space = true;
            } else if (!(atLineStart && c == mark)) {
                if (space && !words.isEmpty()) {
                    words.append(' ');
                }
                words.append(c);
                space = false;
                atLineStart = false;
            }
        }
        return words.toString();
    }
}
