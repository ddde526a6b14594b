package dev.quarry.graphdb;

import java.util.Arrays;

/** The tokens of any stretch of Java text as hashes, in order, without layout and comments. */
final class CodeTokens {
    private static final String TEXT_BLOCK = "\"\"\"";
    private static final int PRIME = 0x01000193;

    private final String text;
    private final int end;
    private int at;
    private int count;
    private int[] hashes = new int[64];

    private CodeTokens(String text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    /** The hashes of the tokens between two offsets. */
    static int[] of(String text, int start, int end) {
        CodeTokens tokens = new CodeTokens(text, start, end);
        while (tokens.at < end) {
            tokens.next();
        }
        return Arrays.copyOf(tokens.hashes, tokens.count);
    }

    private void next() {
        char first = text.charAt(at);
        if (Character.isWhitespace(first)) {
            at++;
        } else if (text.startsWith("//", at)) {
            at = behind("\n", at);
        } else if (text.startsWith("/*", at)) {
            at = behind("*/", at + 2);
        } else if (Character.isJavaIdentifierPart(first)) {
            int start = at;
            while (at < end && Character.isJavaIdentifierPart(text.charAt(at))) {
                at++;
            }
            add(start);
        } else if (first == '"' || first == '\'') {
            literal(first);
        } else {
            at++;
            add(at - 1);
        }
    }

    private void literal(char quote) {
        int start = at;
        boolean block = text.startsWith(TEXT_BLOCK, at);
        String close = block ? TEXT_BLOCK : String.valueOf(quote);
        at += close.length();
        while (at < end && !text.startsWith(close, at) && (block || text.charAt(at) != '\n')) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(end, at + close.length());
        add(start);
    }

    /** The offset behind the next of these, or the end. */
    private int behind(String mark, int from) {
        int found = text.indexOf(mark, from);
        return found < 0 ? end : Math.min(end, found + mark.length());
    }

    private void add(int start) {
        int hash = at - start;
        for (int i = start; i < at; i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash;
    }
}
