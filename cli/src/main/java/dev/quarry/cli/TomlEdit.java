package dev.quarry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Sets keys of a table in a TOML document and leaves all else as it is: order, layout and comments are the user's. The
 * result is read again, so that nothing but these keys ever differs.
 */
final class TomlEdit {
    private TomlEdit() {}

    /** The lines that give these keys these values, texts and lists of texts. */
    static String lines(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(key -> line(key.getKey(), key.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    /**
     * The document in which these keys of a table have these values, texts and lists of texts.
     *
     * @param table the names that lead to the table, each of letters, digits, - and _
     * @throws IllegalArgumentException if the document is broken, or says the table in a form that cannot be edited
     *     line by line
     */
    static String withKeys(String document, List<String> table, Map<String, Object> values) {
        TomlParseResult before = parsed(document);
        Map<String, Object> wanted = plain(before);
        Map<String, Object> keys = inner(wanted, table);
        if (keys.entrySet().containsAll(values.entrySet())) {
            return document;
        }
        keys.putAll(values);
        String edited = document;
        if (header(before, lines(document), table).isPresent()) {
            for (Map.Entry<String, Object> key : List.copyOf(values.entrySet()).reversed()) {
                edited = withKey(edited, table, key.getKey(), key.getValue());
            }
        } else {
            edited = withTable(document, table, values);
        }
        TomlParseResult after = Toml.parse(edited);
        if (after.hasErrors() || !plain(after).equals(wanted)) {
            throw new IllegalArgumentException("it says " + String.join(".", table)
                    + " in a form that cannot be edited line by line, not as a table of its own");
        }
        return edited;
    }

    /** The document with a table of its own for these keys, at the end. */
    private static String withTable(String document, List<String> table, Map<String, Object> values) {
        String end = end(document);
        String before = document.isEmpty() || document.endsWith("\n") ? document : document + end;
        String added = "[" + String.join(".", table) + "]\n" + lines(values);
        return before + (before.isBlank() ? "" : end) + added.replace("\n", end);
    }

    private static String withKey(String document, List<String> table, String key, Object value) {
        TomlParseResult parsed = parsed(document);
        List<String> lines = lines(document);
        int header = header(parsed, lines, table).orElseThrow();
        TomlPosition place = place(parsed, table, key);
        if (place == null) {
            if (!lines.get(header).endsWith("\n")) {
                lines.set(header, lines.get(header) + end(document));
            }
            lines.add(header + 1, line(key, value) + end(document));
        } else if (!value.equals(inner(plain(parsed), table).get(key))) {
            int first = place.line() - 1;
            int last = last(lines, first, key);
            String old = lines.get(last);
            String indent = lines.get(first).replaceFirst("(?s)\\S.*", "");
            String written = indent
                    + line(key, value)
                    + comment(lines, first, last)
                    + old.substring(old.stripTrailing().length()).replaceFirst("^[ \t]+", "");
            lines.subList(first, last + 1).clear();
            lines.add(first, written);
        }
        return String.join("", lines);
    }

    /** The line that is the table's own header; empty if it has none. */
    private static OptionalInt header(TomlParseResult parsed, List<String> lines, List<String> table) {
        Object there = at(parsed, table);
        TomlPosition place = there instanceof TomlTable ? parsed.inputPositionOf(table) : null;
        if (place == null) {
            return OptionalInt.empty();
        }
        String line = lines.get(place.line() - 1);
        TomlParseResult alone = Toml.parse(line);
        boolean isHeader = line.stripLeading().startsWith("[")
                && !alone.hasErrors()
                && at(alone, table) instanceof TomlTable empty
                && empty.isEmpty();
        return isHeader ? OptionalInt.of(place.line() - 1) : OptionalInt.empty();
    }

    private static @Nullable TomlPosition place(TomlParseResult parsed, List<String> table, String key) {
        return at(parsed, table) instanceof TomlTable keys && keys.keySet().contains(key)
                ? keys.inputPositionOf(List.of(key))
                : null;
    }

    /** What the names lead to through tables; null if there is nothing. */
    private static @Nullable Object at(TomlTable root, List<String> names) {
        Object at = root;
        for (String name : names) {
            at = at instanceof TomlTable table ? table.toMap().get(name) : null;
        }
        return at;
    }

    /** The line with which a key's value ends that begins on a line. */
    private static int last(List<String> lines, int first, String key) {
        for (int last = first; last < lines.size(); last++) {
            TomlParseResult alone = Toml.parse(String.join("", lines.subList(first, last + 1)));
            if (!alone.hasErrors() && alone.keySet().contains(key)) {
                return last;
            }
        }
        throw new IllegalArgumentException("line " + (first + 1) + " is more than a plain key");
    }

    /** What is said behind a value, with a blank in front; empty if nothing is. */
    private static String comment(List<String> lines, int first, int last) {
        String line = lines.get(last);
        String before = String.join("", lines.subList(first, last));
        for (int sign = line.indexOf('#'); sign >= 0; sign = line.indexOf('#', sign + 1)) {
            if (!Toml.parse(before + line.substring(0, sign)).hasErrors()) {
                return " " + line.substring(sign).stripTrailing();
            }
        }
        return "";
    }

    /** The lines with their ends. */
    private static List<String> lines(String document) {
        return new ArrayList<>(List.of(document.split("(?<=\n)", -1)));
    }

    private static String end(String document) {
        return document.contains("\r\n") ? "\r\n" : "\n";
    }

    private static String line(String key, Object value) {
        return key + " = "
                + (value instanceof List<?> texts
                        ? texts.stream().map(TomlEdit::quoted).collect(Collectors.joining(", ", "[", "]"))
                        : quoted(value));
    }

    private static String quoted(Object text) {
        return '"' + Toml.tomlEscape(text.toString()).toString() + '"';
    }

    private static TomlParseResult parsed(String document) {
        TomlParseResult result = Toml.parse(document);
        if (result.hasErrors()) {
            TomlParseError error = result.errors().getFirst();
            throw new IllegalArgumentException("it is not well-formed TOML: " + error.getMessage() + " at line "
                    + error.position().line() + ", column " + error.position().column());
        }
        return result;
    }

    private static Map<String, Object> plain(TomlTable table) {
        Map<String, Object> plain = new LinkedHashMap<>();
        table.toMap().forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case TomlTable table -> plain(table);
            case TomlArray array -> array.toList().stream().map(TomlEdit::plain).toList();
            default -> value;
        };
    }

    /** The table to which the names lead, made where it is not there. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> root, List<String> names) {
        Map<String, Object> inner = root;
        for (String name : names) {
            Object next = inner.computeIfAbsent(name, _ -> new LinkedHashMap<>());
            if (!(next instanceof Map<?, ?>)) {
                throw new IllegalArgumentException("'" + name + "' in it is no table");
            }
            inner = (Map<String, Object>) next;
        }
        return inner;
    }
}
