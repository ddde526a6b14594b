package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a YAML file's mappings, by indentation. A list is the value of the key that owns it, so the keys within
 * lists are left out, as are those that a merge ({@code <<}) or an alias brings. What does not follow the grammar is
 * passed over.
 */
final class YamlKeys {
    /** Deeper keys than this are left out: no configuration has them, and texts that are made to be slow do. */
    private static final int NESTING_MAX = 100;

    private final YamlCursor text;
    private final List<ConfigurationKey> keys = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    /** Lines that are indented more than this go on with a text. */
    private int skipped = Integer.MAX_VALUE;
    /** Whether braces are open to the end of the text. */
    private boolean isCut;

    /**
     * A key, or an item of a list, whose value may follow on deeper lines.
     *
     * @param name null for an item of a list, and for what has no name of its own
     */
    private record Level(int indent, @Nullable String name, int line) {}

    private YamlKeys(String text) {
        this.text = new YamlCursor(text);
    }

    /** The keys in the order of the text. */
    static List<ConfigurationKey> of(String text) {
        YamlKeys reader = new YamlKeys(text);
        while (reader.text.hasLine()) {
            reader.line();
            reader.text.nextLine();
        }
        return reader.keys;
    }

    private void line() {
        int indent = text.skipSpaces();
        if (text.isAtEnd() || indent > skipped) {
            return;
        }
        skipped = Integer.MAX_VALUE;
        if (indent == 0 && (text.isAt("---") || text.isAt("..."))) {
            levels.clear();
            text.skip(3);
            text.skipSpaces();
        } else if (indent == 0 && text.peek() == '%') {
            return;
        }
        while (text.isMark('-') || text.isMark('?') || text.isMark(':')) {
            item(text.column(), text.peek() == '-');
            text.skip(1);
            text.skipSpaces();
        }
        if (!text.isAtEnd()) {
            entry(text.column());
        }
    }

    /** An item of a list; the key above it owns the list. */
    private void item(int indent, boolean isList) {
        while (!levels.isEmpty()
                && (levels.getLast().indent() > indent
                        || (levels.getLast().indent() == indent
                                && levels.getLast().name() == null))) {
            levels.removeLast();
        }
        Level owner = levels.isEmpty() ? null : levels.getLast();
        if (isList && owner != null && owner.name() != null && !isKnown(owner)) {
            define(owner.line());
        }
        if (levels.size() <= NESTING_MAX) {
            levels.add(new Level(indent, null, text.line()));
        }
    }

    private boolean isKnown(Level owner) {
        return !keys.isEmpty() && keys.getLast().line() == owner.line();
    }

    /** What stands on a line behind its indentation and the marks of lists: a key with its value, or a value alone. */
    private void entry(int indent) {
        while (!levels.isEmpty() && levels.getLast().indent() >= indent) {
            levels.removeLast();
        }
        int line = text.line();
        text.skipProperties();
        if (text.isAtEnd()) {
            return;
        }
        String key = text.key();
        if (key == null) {
            int owner = levels.isEmpty() ? line : levels.getLast().line();
            value(levels.isEmpty() ? Integer.MAX_VALUE : levels.getLast().indent(), owner);
            return;
        }
        if (levels.size() <= NESTING_MAX) {
            levels.add(new Level(indent, key.equals("<<") ? null : key, line));
        }
        text.skipSpaces();
        text.skipProperties();
        if (!text.isAtEnd()) {
            value(indent, line);
        }
    }

    /**
     * Defines the key of a value, or those of the mapping that it is, and passes over it to its last line.
     *
     * @param indent the key's; a text without quotes goes on in what is indented more
     * @param line the key's
     */
    private void value(int indent, int line) {
        char first = text.peek();
        if (first == '{' || first == '[') {
            flow(line);
        } else {
            define(line);
            if (first == '"' || first == '\'') {
                text.quoted();
            } else {
                skipped = indent;
            }
        }
    }

    private void flow(int line) {
        List<YamlFlow.Entry> entries = isCut ? null : YamlFlow.read(text);
        isCut |= entries == null;
        if (entries == null || entries.isEmpty()) {
            define(line);
            return;
        }
        int depth = levels.size();
        for (YamlFlow.Entry entry : entries) {
            entry.names().forEach(name -> levels.add(new Level(0, name, entry.line())));
            define(entry.line());
            levels.subList(depth, levels.size()).clear();
        }
    }

    /** Defines the key of the present levels, unless it lies in a list. */
    private void define(int line) {
        if (levels.isEmpty() || levels.size() > NESTING_MAX) {
            return;
        }
        StringBuilder name = new StringBuilder();
        for (Level level : levels) {
            if (level.name() == null) {
                return;
            }
            name.append(name.isEmpty() ? "" : ".").append(level.name());
        }
        keys.add(new ConfigurationKey(name.toString(), line));
    }
}
