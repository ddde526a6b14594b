package dev.quarry.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sets a table in a TOML document and leaves each other line as it is. */
final class TomlEdit {
    private static final Pattern HEADER = Pattern.compile("\\s*\\[.*");

    private TomlEdit() {}

    /** A text as a TOML string. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * The document with this table, whose lines are {@code body}; one that is there is replaced, in its place.
     *
     * @throws IllegalArgumentException if the document says it in a form that cannot be edited line by line
     */
    static String withTable(String document, String name, String body) {
        List<String> lines = new ArrayList<>(document.lines().toList());
        int parent = name.indexOf('.');
        Pattern inline = Pattern.compile("\\s*\"?" + Pattern.quote(name.substring(0, parent)) + "\"?\\s*(=|\\.).*");
        Pattern header = Pattern.compile("\\s*\\[\\s*" + Pattern.quote(name) + "\\s*]\\s*(#.*)?");
        int start = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.contains("\"\"\"")
                    || line.contains("'''")
                    || inline.matcher(line).matches()) {
                throw new IllegalArgumentException("line " + (i + 1) + " is more than a plain key or table");
            }
            if (header.matcher(line).matches()) {
                start = i;
            }
        }
        String table = "[" + name + "]\n" + body;
        if (start < 0) {
            String before = document.isEmpty() || document.endsWith("\n") ? document : document + "\n";
            return before + (before.isBlank() ? "" : "\n") + table;
        }
        int end = start + 1;
        while (end < lines.size() && !HEADER.matcher(lines.get(end)).matches()) {
            end++;
        }
        // What is said in front of the next table belongs to that.
        while (end > start + 1
                && (lines.get(end - 1).isBlank() || lines.get(end - 1).strip().startsWith("#"))) {
            end--;
        }
        List<String> edited = new ArrayList<>(lines.subList(0, start));
        edited.addAll(table.lines().toList());
        edited.addAll(lines.subList(end, lines.size()));
        return String.join("\n", edited) + (document.endsWith("\n") ? "\n" : "");
    }
}
