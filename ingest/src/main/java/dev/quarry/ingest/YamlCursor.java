package dev.quarry.ingest;

import org.jspecify.annotations.Nullable;

/** A place in a YAML text, and what can be read there; before the first character of a line at the start. */
final class YamlCursor {
    private static final String FLOW_MARKS = ",[]{}";

    private final String[] lines;
    private int row;
    private int column;

    YamlCursor(String text) {
        lines = ConfigurationKey.lines(text);
    }

    boolean hasLine() {
        return row < lines.length;
    }

    void nextLine() {
        row++;
        column = 0;
    }

    /** The number of the line, 1-based. */
    int line() {
        return row + 1;
    }

    /** The number of characters before this place on its line. */
    int column() {
        return column;
    }

    void skip(int characters) {
        column += characters;
    }

    /** Goes to the end of the line of this number. */
    void skipToEndOf(int line) {
        row = line - 1;
        column = lines[row].length();
    }

    /** The column behind the spaces that stand here. */
    int skipSpaces() {
        while (column < lines[row].length() && isSpace(column)) {
            column++;
        }
        return column;
    }

    /** Whether nothing but a comment follows on this line. */
    boolean isAtEnd() {
        return column >= lines[row].length()
                || (lines[row].charAt(column) == '#' && (column == 0 || isSpace(column - 1)));
    }

    /** The character here, of a line that has one. */
    char peek() {
        return lines[row].charAt(column);
    }

    /** Whether these characters stand here, and a space or the end of the line behind them. */
    boolean isAt(String mark) {
        return lines[row].startsWith(mark, column) && isSpace(column + mark.length());
    }

    boolean isMark(char mark) {
        return !isAtEnd() && peek() == mark && isSpace(column + 1);
    }

    /** Whether a document ends before this line. */
    boolean isDocumentEnd() {
        return column == 0 && (isAt("---") || isAt("..."));
    }

    private boolean isSpace(int at) {
        return at >= lines[row].length() || lines[row].charAt(at) == ' ' || lines[row].charAt(at) == '\t';
    }

    /** Passes over anchors and tags, which are no value. */
    void skipProperties() {
        while (!isAtEnd() && (peek() == '&' || peek() == '!')) {
            while (!isSpace(column)) {
                column++;
            }
            skipSpaces();
        }
    }

    /** Reads the key that stands here with its colon; null, and at the same place as before, where none does. */
    @Nullable
    String key() {
        int before = column;
        String key = null;
        if (!isAtEnd()) {
            key = switch (peek()) {
                case '"', '\'' -> quotedKey();
                case '{', '[', '|', '>' -> null;
                default -> plain(false);
            };
        }
        if (key != null && isMark(':')) {
            column++;
            return key;
        }
        column = before;
        return null;
    }

    private @Nullable String quotedKey() {
        int start = row;
        String key = quoted();
        if (row != start) {
            row = start;
            return null;
        }
        skipSpaces();
        return key;
    }

    /** Reads a text without quotes to its end on this line, or to the colon behind it. */
    String plain(boolean inFlow) {
        int start = column;
        while (!isAtEnd() && !isEndOfPlain(inFlow)) {
            column++;
        }
        return lines[row].substring(start, column).strip();
    }

    private boolean isEndOfPlain(boolean inFlow) {
        return isColon(inFlow) || (inFlow && FLOW_MARKS.indexOf(peek()) >= 0);
    }

    /** Whether the character here is the colon between a key and its value. */
    boolean isColon(boolean inFlow) {
        return !isAtEnd()
                && peek() == ':'
                && (isSpace(column + 1) || (inFlow && FLOW_MARKS.indexOf(lines[row].charAt(column + 1)) >= 0));
    }

    /** Reads a text in quotes, over all its lines; null, and at the end of this line, where no quote ends it. */
    @Nullable
    String quoted() {
        int start = row;
        char quote = peek();
        StringBuilder text = new StringBuilder();
        column++;
        while (hasLine() && !isDocumentEnd()) {
            String line = lines[row];
            while (column < line.length()) {
                char next = line.charAt(column++);
                boolean isEscape = quote == '"' ? next == '\\' : next == '\'' && line.startsWith("'", column);
                if (isEscape && column < line.length()) {
                    text.append(line.charAt(column++));
                } else if (next == quote) {
                    return text.toString();
                } else {
                    text.append(next);
                }
            }
            nextLine();
        }
        skipToEndOf(start + 1);
        return null;
    }
}
