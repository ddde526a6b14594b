package dev.quarry.ingest;

import dev.quarry.ingest.BuildValue.Entries;
import dev.quarry.ingest.BuildValue.Items;
import dev.quarry.ingest.BuildValue.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the part of TOML that version catalogues use: tables, dotted and quoted keys, strings, lists and inline tables.
 * Arrays of tables are read as nothing. One reader reads one text.
 */
final class TomlValues {
    private static final int MAX_DEPTH = 20;

    private final String text;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private int at;

    private TomlValues(String text) {
        this.text = text;
    }

    /** The document as a map; empty where it is no TOML. */
    static Optional<BuildValue> parse(String text) {
        TomlValues reader = new TomlValues(text);
        try {
            reader.document();
            return Optional.of(frozen(reader.root));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private static BuildValue frozen(Map<?, ?> table) {
        Map<String, BuildValue> entries = new LinkedHashMap<>();
        table.forEach((key, value) ->
                entries.put((String) key, value instanceof Map<?, ?> inner ? frozen(inner) : (BuildValue) value));
        return new Entries(entries);
    }

    private void document() {
        Map<String, Object> table = root;
        for (skip(true); at < text.length(); skip(true)) {
            if (text.charAt(at) == '[') {
                table = header();
            } else {
                assign(table, 0);
            }
        }
    }

    private Map<String, Object> header() {
        boolean array = text.startsWith("[[", at);
        at += array ? 2 : 1;
        List<String> keys = keys();
        expect(']');
        if (array) {
            expect(']');
        }
        return array ? new LinkedHashMap<>() : below(root, keys);
    }

    private void assign(Map<String, Object> table, int depth) {
        List<String> keys = keys();
        expect('=');
        skip(false);
        Object value = value(depth);
        below(table, keys.subList(0, keys.size() - 1)).put(keys.getLast(), value);
    }

    @SuppressWarnings("unchecked") // tables are the only maps in the tree
    private static Map<String, Object> below(Map<String, Object> table, List<String> keys) {
        Map<String, Object> current = table;
        for (String key : keys) {
            Object next = current.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
            if (!(next instanceof Map<?, ?>)) {
                throw new IllegalArgumentException(key + " is no table");
            }
            current = (Map<String, Object>) next;
        }
        return current;
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        do {
            skip(false);
            char first = text.charAt(at);
            keys.add(first == '"' || first == '\'' ? string() : bare());
            skip(false);
        } while (text.charAt(at) == '.' && at++ >= 0);
        return keys;
    }

    private String bare() {
        int start = at;
        while (at < text.length() && isBare(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw new IllegalArgumentException("no key at " + at);
        }
        return text.substring(start, at);
    }

    private static boolean isBare(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    private Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested too deeply");
        }
        return switch (text.charAt(at)) {
            case '"', '\'' -> new Text(string());
            case '[' -> array(depth);
            case '{' -> inline(depth);
            default -> literal();
        };
    }

    private BuildValue array(int depth) {
        List<BuildValue> items = new ArrayList<>();
        at++;
        for (skip(true); text.charAt(at) != ']'; skip(true)) {
            Object value = value(depth + 1);
            items.add(value instanceof Map<?, ?> table ? frozen(table) : (BuildValue) value);
            skip(true);
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        at++;
        return new Items(items);
    }

    private Map<String, Object> inline(int depth) {
        Map<String, Object> table = new LinkedHashMap<>();
        at++;
        for (skip(true); text.charAt(at) != '}'; skip(true)) {
            assign(table, depth + 1);
            skip(true);
            if (text.charAt(at) == ',') {
                at++;
            }
        }
        at++;
        return table;
    }

    private BuildValue literal() {
        int start = at;
        while (at < text.length() && ",]}# \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (start == at) {
            throw new IllegalArgumentException("no value at " + at);
        }
        return new Text(text.substring(start, at));
    }

    private String string() {
        char quote = text.charAt(at);
        String triple = String.valueOf(quote).repeat(3);
        String end = text.startsWith(triple, at) ? triple : String.valueOf(quote);
        at += end.length();
        StringBuilder out = new StringBuilder();
        while (!text.startsWith(end, at)) {
            char next = text.charAt(at++);
            out.append(next == '\\' && quote == '"' ? text.charAt(at++) : next);
        }
        at += end.length();
        return out.toString();
    }

    private void expect(char wanted) {
        skip(false);
        if (text.charAt(at) != wanted) {
            throw new IllegalArgumentException("no " + wanted + " at " + at);
        }
        at++;
    }

    /** Passes over blanks and, where lines may end, over line ends and comments. */
    private void skip(boolean lines) {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (lines && next == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (next == ' ' || next == '\t' || (lines && (next == '\n' || next == '\r'))) {
                at++;
            } else {
                return;
            }
        }
    }
}
