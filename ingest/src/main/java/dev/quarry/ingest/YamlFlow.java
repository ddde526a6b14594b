package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of a YAML mapping in braces, those of the mappings in it included; those within brackets are left out. */
final class YamlFlow {
    private static final int NESTING_MAX = 100;

    private final YamlCursor text;
    private final List<Part> open = new ArrayList<>();
    private final List<Entry> found = new ArrayList<>();

    /**
     * A key of the mapping.
     *
     * @param names of the mappings around it, and its own
     */
    record Entry(List<String> names, int line) {}

    /** A mapping or a list that is open, and where it stands in it. */
    private static final class Part {
        final boolean isMapping;

        @Nullable
        String text;

        @Nullable
        String key;

        int line;
        boolean hasKeys;
        boolean isValueOfKeys;

        Part(boolean isMapping) {
            this.isMapping = isMapping;
        }
    }

    private YamlFlow(YamlCursor text) {
        this.text = text;
    }

    /** Reads from the opening brace or bracket to the closing one; null, and the end of its line, where none does. */
    static @Nullable List<Entry> read(YamlCursor text) {
        YamlFlow flow = new YamlFlow(text);
        int line = text.line();
        if (flow.isRead()) {
            return flow.found;
        }
        text.skipToEndOf(line);
        return null;
    }

    private boolean isRead() {
        do {
            text.skipSpaces();
            if (text.isAtEnd()) {
                text.nextLine();
                if (!text.hasLine() || text.isDocumentEnd()) {
                    return false;
                }
            } else {
                step();
            }
        } while (!open.isEmpty());
        return true;
    }

    private void step() {
        char next = text.peek();
        if (next == '{' || next == '[') {
            text.skip(1);
            open.add(new Part(next == '{'));
            return;
        }
        Part part = open.getLast();
        if (next == '}' || next == ']') {
            text.skip(1);
            end(part);
            open.removeLast();
            if (!open.isEmpty()) {
                open.getLast().isValueOfKeys = part.hasKeys;
            }
        } else if (next == ',') {
            text.skip(1);
            end(part);
        } else if (next == ':' && (part.text != null || text.isColon(true))) {
            text.skip(1);
            part.key = part.key == null ? part.text : part.key;
        } else {
            part.line = part.key == null ? text.line() : part.line;
            part.text = next == '"' || next == '\'' ? text.quoted() : text.plain(true);
        }
    }

    /** Ends an entry: what has a mapping with keys as its value is no key itself. */
    private void end(Part part) {
        if (part.isMapping && part.key != null) {
            part.hasKeys = true;
            if (!part.isValueOfKeys && open.size() <= NESTING_MAX) {
                add(part.line);
            }
        }
        part.key = null;
        part.text = null;
        part.isValueOfKeys = false;
    }

    /** Takes the key that all open parts lead to, unless one of them is a list or a merge. */
    private void add(int line) {
        List<String> names = new ArrayList<>();
        for (Part part : open) {
            if (!part.isMapping || part.key == null || part.key.equals("<<")) {
                return;
            }
            names.add(part.key);
        }
        found.add(new Entry(names, line));
    }
}
