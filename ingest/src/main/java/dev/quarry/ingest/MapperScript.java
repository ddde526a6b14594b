package dev.quarry.ingest;

import java.util.Locale;

/** A statement in an annotation of MyBatis: it may hold the tags of a mapper in XML between {@code <script>} tags. */
final class MapperScript {
    private static final String CDATA = "<![CDATA[";

    private final String text;
    private int at;

    private MapperScript(String text) {
        this.text = text;
    }

    /** The statement with all its branches, without tags and comments. */
    static String statement(String text) {
        boolean isScript = text.stripLeading().toLowerCase(Locale.ROOT).startsWith("<script>");
        return isScript ? new MapperScript(text).read() : text;
    }

    private String read() {
        StringBuilder statement = new StringBuilder();
        while (at < text.length()) {
            if (text.startsWith("<!--", at)) {
                passTo("-->");
            } else if (text.startsWith(CDATA, at)) {
                int start = at + CDATA.length();
                int end = text.indexOf("]]>", start);
                passTo("]]>");
                statement.append(text, start, end < 0 ? text.length() : end);
            } else if (text.charAt(at) == '<') {
                passTag();
                statement.append(' ');
            } else {
                statement.append(text.charAt(at++));
            }
        }
        return statement.toString();
    }

    private void passTo(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
    }

    /** A tag ends at {@code >} outside of the quotes of its attributes. */
    private void passTag() {
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return;
            }
        }
    }
}
