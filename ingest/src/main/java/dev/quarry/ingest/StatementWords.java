package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a statement: names with their dots and without quotes, numbers, {@code ( ) ,}; {@code ?} for each
 * parameter, literal or placeholder. Comments are left out.
 */
final class StatementWords {
    private static final int WORDS_MAX = 20_000;
    private static final Word NONE = new Word("", false);

    private final String text;
    private int at;
    private boolean quoted;

    /** A word, and whether a part of it was in quotes: then it is a name, whatever it reads. */
    record Word(String text, boolean quoted) {
        /** As keywords are written; what is in quotes is none of them. */
        String keyword() {
            return quoted ? "\"" : text.toUpperCase(Locale.ROOT);
        }

        /** Whether it can name something. */
        boolean isName() {
            return quoted || (!text.isEmpty() && (Character.isLetter(text.charAt(0)) || text.charAt(0) == '_'));
        }
    }

    private StatementWords(String text) {
        this.text = text;
    }

    static List<Word> of(String text) {
        StatementWords reader = new StatementWords(text);
        List<Word> words = new ArrayList<>();
        while (reader.at < text.length() && words.size() < WORDS_MAX) {
            reader.quoted = false;
            String word = reader.next();
            if (!word.isEmpty()) {
                words.add(new Word(word, reader.quoted));
            }
        }
        return words;
    }

    /** The word at an index; an empty one before the first and behind the last. */
    static Word at(List<Word> words, int index) {
        return index >= 0 && index < words.size() ? words.get(index) : NONE;
    }

    /** The keyword at an index; empty before the first and behind the last. */
    static String keyword(List<Word> words, int index) {
        return at(words, index).keyword();
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
            quoted = false;
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
                quoted = true;
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
