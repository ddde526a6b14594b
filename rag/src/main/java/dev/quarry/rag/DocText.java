package dev.quarry.rag;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The prose of a documentation comment, without comment marks, HTML and Javadoc's tags. */
final class DocText {
    private static final Pattern LINE_MARK = Pattern.compile("(?m)^[ \\t]*(///?|\\*+(?!/))[ \\t]?");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+([^\\s}]+)\\s*([^}]*)}");
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s*([^{}]*)}");
    private static final Pattern HTML = Pattern.compile("</?[a-zA-Z][^<>]{0,200}>");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(\\w+)");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private DocText() {}

    /** The text before the block tags. */
    static String description(String comment) {
        String text = unmarked(comment);
        Matcher tag = BLOCK_TAG.matcher(text);
        return prose(tag.find() ? text.substring(0, tag.start()) : text);
    }

    /** All of the text, that of the block tags too. */
    static String all(String comment) {
        return prose(BLOCK_TAG.matcher(unmarked(comment)).replaceAll(" "));
    }

    private static String unmarked(String comment) {
        String text = comment.strip();
        if (text.startsWith("/**")) {
            text = text.substring(3, text.endsWith("*/") && text.length() >= 5 ? text.length() - 2 : text.length());
        }
        return LINE_MARK.matcher(text).replaceAll("");
    }

    private static String prose(String text) {
        String plain = LINK.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(2).isBlank() ? match.group(1).replace('#', '.') : match.group(2)));
        plain = INLINE_TAG.matcher(plain).replaceAll("$1");
        plain = HTML.matcher(plain).replaceAll(" ");
        plain = plain.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&");
        return SPACE.matcher(plain).replaceAll(" ").strip();
    }
}
