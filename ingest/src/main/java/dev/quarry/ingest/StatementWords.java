package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a statement: names with their dots and without quotes, numbers, {@code ( ) ,}; {@code ?} for each
 * parameter, literal or placeholder. Comments are left out.
 */
final class StatementWords {
    private static final int WORDS_MAX = 20_000;

    private final String text;
    private int at;

    private StatementWords(String text) {
        this.text = text;
    }

    static List<String> of(String text) {
        StatementWords reader = new StatementWords(text);
        List<String> words = new ArrayList<>();
        while (reader.at < text.length() && words.size() < WORDS_MAX) {
            String word = reader.next();
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private String next() {
        char c = text.charAt(at);
        if (text.startsWith("--", at)) {
            return skipTo("\n");
        }
        if (text.startsWith("/*", at)) {
            return skipTo("*/");
        }
        if (c == '\'') {
            at++;
            skipTo("'");
            return "?";
        }
        if (text.startsWith("#{", at) || text.startsWith("${", at)) {
            skipTo("}");
            return "?";
        }
        if (c == ':' || c == '?') {
            at++;
            word();
            return "?";
        }
        if (isPart(c) || isQuote(c)) {
            return word();
        }
        at++;
        return c == '(' || c == ')' || c == ',' ? String.valueOf(c) : "";
    }

    private String skipTo(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
        return "";
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (isQuote(c)) {
                int end = text.indexOf(c == '[' ? ']' : c, at + 1);
                end = end < 0 ? text.length() : end;
                word.append(text, at + 1, end);
                at = Math.min(text.length(), end + 1);
            } else if (isPart(c)) {
                word.append(c);
                at++;
            } else {
                break;
            }
        }
        return word.toString();
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '`' || c == '[';
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$';
    }
}
