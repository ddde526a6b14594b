package dev.quarry.search;

import java.util.function.Consumer;

/**
 * Reads the string literals of Java source, those in comments left out. Literals that are joined by {@code +} alone are one
 * text. Source that is no Java gives what looks like literals.
 */
final class Literals {
    private static final String BLOCK = "\"\"\"";

    private final String source;
    private final Consumer<String> texts;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private Literals(String source, Consumer<String> texts) {
        this.source = source;
        this.texts = texts;
    }

    /** Gives what the literals of some source say, escapes as blanks. */
    static void of(String source, Consumer<String> texts) {
        if (source.indexOf('"') >= 0) {
            new Literals(source, texts).read();
        }
    }

    private void read() {
        while (at < source.length()) {
            char next = source.charAt(at);
            if (source.startsWith("//", at)) {
                skipTo("\n");
            } else if (source.startsWith("/*", at)) {
                skipTo("*/");
            } else if (source.startsWith(BLOCK, at)) {
                literal(BLOCK);
            } else if (next == '"') {
                literal("\"");
            } else {
                if (next == '\'') {
                    character();
                }
                if (next != '+' && !Character.isWhitespace(next)) {
                    end();
                }
                at++;
            }
        }
        end();
    }

    private void skipTo(String end) {
        int found = source.indexOf(end, at + 2);
        at = found < 0 ? source.length() : found + end.length();
    }

    /** Goes to the end of a character literal. */
    private void character() {
        int last = source.indexOf('\'', at + (source.startsWith("\\", at + 1) ? 3 : 2));
        if (last >= 0 && last - at <= "'\\uuu0000'".length()) {
            at = last;
        }
    }

    private void literal(String quote) {
        at += quote.length();
        while (at < source.length() && !source.startsWith(quote, at)) {
            char next = source.charAt(at);
            if (next == '\n' && quote.length() == 1) {
                return; // never closed
            }
            text.append(next == '\\' ? ' ' : next);
            at += next == '\\' ? 2 : 1;
        }
        at += quote.length();
    }

    private void end() {
        if (!text.isEmpty()) {
            texts.accept(text.toString());
            text.setLength(0);
        }
    }
}
