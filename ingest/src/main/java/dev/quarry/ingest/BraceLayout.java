package dev.quarry.ingest;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether the layout of a text agrees with its braces: one that closes alone at the beginning of a line is indented as the
 * line on which the statement or declaration that it ends begins.
 */
final class BraceLayout {
    private BraceLayout() {}

    /** A brace that is open, with the column of its statement; columns of braces inside of parentheses mean nothing. */
    private record Open(int statement, int column, boolean counts) {}

    /** Where the first statement or declaration begins whose braces the layout contradicts; the text's end without one. */
    static int firstMismatch(String text) {
        SourceLines lines = SourceLines.of(text);
        TokenTable tokens = TokenTable.scan(text, lines);
        Deque<Open> open = new ArrayDeque<>();
        int first = 0;
        int parentheses = 0;
        for (int token = 0; token < tokens.count(); token++) {
            switch (tokens.text(token)) {
                case "(" -> parentheses++;
                case ")" -> parentheses = Math.max(0, parentheses - 1);
                case ";" -> first = token + 1;
                case "{" -> {
                    int start = tokens.start(first);
                    open.push(new Open(start, indent(text, lines, start), parentheses == 0));
                    first = token + 1;
                }
                case "}" -> {
                    int start = tokens.start(token);
                    if (open.isEmpty()) {
                        return start;
                    }
                    Open brace = open.pop();
                    int column = start - lines.offset(lines.line(start), 1);
                    boolean alone = indent(text, lines, start) == column;
                    if (brace.counts && alone && column != brace.column) {
                        return brace.statement;
                    }
                    first = token + 1;
                }
                default -> {}
            }
        }
        return text.length();
    }

    private static int indent(String text, SourceLines lines, int offset) {
        int begin = lines.offset(lines.line(offset), 1);
        int end = begin;
        while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
            end++;
        }
        return end - begin;
    }
}
