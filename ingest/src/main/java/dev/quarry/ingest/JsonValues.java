package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads JSON. One reader reads one text. */
final class JsonValues {
    private static final int MAX_DEPTH = 100;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;

    private JsonValues(String text) {
        this.text = text;
    }

    /** The value; empty where the text is no JSON. */
    static Optional<BuildValue> parse(String text) {
        try {
            return Optional.of(new JsonValues(text).value(0));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private BuildValue value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested too deeply");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new BuildValue.Text(string());
            default -> literal();
        };
    }

    private BuildValue object(int depth) {
        Map<String, BuildValue> entries = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String key = string();
            expect(':');
            entries.put(key, value(depth + 1));
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return new BuildValue.Entries(entries);
    }

    private BuildValue array(int depth) {
        List<BuildValue> items = new ArrayList<>();
        at++;
        while (peek() != ']') {
            items.add(value(depth + 1));
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return new BuildValue.Items(items);
    }

    private BuildValue literal() {
        int start = at;
        while (at < text.length() && ",]}: \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (start == at) {
            throw new IllegalArgumentException("no value at " + at);
        }
        return new BuildValue.Text(text.substring(start, at));
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (text.charAt(at) != '"') {
            char next = text.charAt(at++);
            if (next == '\\') {
                escape(out);
            } else {
                out.append(next);
            }
        }
        at++;
        return out.toString();
    }

    private void escape(StringBuilder out) {
        char escaped = text.charAt(at++);
        switch (escaped) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'u' -> {
                out.append((char) Integer.parseInt(text.substring(at, at + HEX_DIGITS), HEX));
                at += HEX_DIGITS;
            }
            default -> out.append(escaped);
        }
    }

    private void expect(char wanted) {
        if (peek() != wanted) {
            throw new IllegalArgumentException("no " + wanted + " at " + at);
        }
        at++;
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }
}
