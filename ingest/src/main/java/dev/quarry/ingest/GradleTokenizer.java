package dev.quarry.ingest;

import dev.quarry.ingest.GradleToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a Gradle script, Groovy or Kotlin, into tokens. Comments are left out. One tokenizer serves one text. */
final class GradleTokenizer {
    private static final String BEFORE_PATTERN = "(,=~[:";

    private final String text;
    private final List<GradleToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private GradleTokenizer(String text) {
        this.text = text;
    }

    /** The tokens with the ends of lines; blocks are not gathered yet. */
    static List<GradleToken> tokens(String text) {
        GradleTokenizer tokenizer = new GradleTokenizer(text);
        while (tokenizer.at < text.length()) {
            tokenizer.next();
        }
        return tokenizer.tokens;
    }

    private void next() {
        char c = text.charAt(at);
        if (c == '\n') {
            add(Kind.LINE_END, "\n");
            line++;
            at++;
        } else if (Character.isWhitespace(c)) {
            at++;
        } else if (text.startsWith("//", at) || (c == '#' && text.startsWith("#!", at))) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (text.startsWith("/*", at)) {
            passTo(text.indexOf("*/", at + 2), 2);
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '`') {
            int end = text.indexOf('`', at + 1);
            int stop = end < 0 ? text.length() : end;
            add(Kind.WORD, text.substring(at + 1, stop));
            passTo(end, 1);
        } else if (c == '/' && isPattern()) {
            int end = text.indexOf('/', at + 1);
            add(Kind.TEXT, text.substring(at + 1, end));
            at = end + 1;
        } else if (Character.isJavaIdentifierStart(c) && c != '$') {
            add(Kind.WORD, part());
        } else if (Character.isDigit(c)) {
            add(Kind.NUMBER, part());
        } else {
            add(Kind.SIGN, String.valueOf(c));
            at++;
        }
    }

    private void add(Kind kind, String content) {
        tokens.add(GradleToken.of(kind, content, line));
    }

    private String part() {
        int start = at;
        boolean number = Character.isDigit(text.charAt(at));
        while (at < text.length()
                && (Character.isJavaIdentifierPart(text.charAt(at))
                        || (number && text.charAt(at) == '.' && isDigit(at + 1)))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean isDigit(int index) {
        return index < text.length() && Character.isDigit(text.charAt(index));
    }

    private void passTo(int end, int length) {
        int stop = end < 0 ? text.length() : end + length;
        for (; at < stop; at++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
        }
    }

    /** Whether a slash begins a text, as Groovy's patterns do, and does not divide. */
    private boolean isPattern() {
        int end = text.indexOf('/', at + 1);
        int lineEnd = text.indexOf('\n', at);
        boolean closed = end > 0 && (lineEnd < 0 || end < lineEnd);
        return closed
                && !tokens.isEmpty()
                && tokens.getLast().is(Kind.SIGN)
                && BEFORE_PATTERN.contains(tokens.getLast().text());
    }

    private void string(char quote) {
        String triple = String.valueOf(quote).repeat(3);
        boolean isTriple = text.startsWith(triple, at);
        String end = isTriple ? triple : String.valueOf(quote);
        int first = line;
        at += end.length();
        StringBuilder out = new StringBuilder();
        boolean template = false;
        while (at < text.length() && !text.startsWith(end, at) && (isTriple || text.charAt(at) != '\n')) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                out.append(escaped(text.charAt(at + 1)));
                at += 2;
            } else if (c == '$' && quote == '"') {
                template = true;
                placeHolder(out);
            } else {
                line += c == '\n' ? 1 : 0;
                out.append(c);
                at++;
            }
        }
        at = Math.min(text.length(), text.startsWith(end, at) ? at + end.length() : at);
        tokens.add(GradleToken.of(template ? Kind.TEMPLATE : Kind.TEXT, out.toString(), first));
    }

    /** Takes a place holder over as it is, with the quotes that it may hold. */
    private void placeHolder(StringBuilder out) {
        int start = at++;
        if (at < text.length() && text.charAt(at) == '{') {
            int open = 0;
            do {
                char c = text.charAt(at++);
                open += c == '{' ? 1 : c == '}' ? -1 : 0;
            } while (open > 0 && at < text.length());
        }
        out.append(text, start, at);
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '$' -> GradleToken.PLAIN_DOLLAR;
            default -> c;
        };
    }
}
