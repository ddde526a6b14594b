package dev.quarry.bench;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The edges of one sort that class files show: those that a graph must have, and those that it may have. */
final class Truth {
    /** What an edge was made of; an edge may be of several kinds. */
    enum Kind {
        STATIC,
        VIRTUAL,
        INTERFACE,
        CONSTRUCTOR,
        LAMBDA_BODY,
        METHOD_REFERENCE,
        CHAINED,
        GENERIC,
        READ,
        WRITE
    }

    /** An edge of the truth. */
    static final class Entry {
        private boolean required;
        private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

        boolean required() {
            return required;
        }

        Set<Kind> kinds() {
            return kinds;
        }
    }

    private final Map<String, Entry> edges = new TreeMap<>();
    private final Map<String, String> alternatives = new HashMap<>();

    /**
     * Adds an edge. Its kinds are those of its required uses.
     *
     * @param targets the one to expect, then others that are as right
     */
    void add(String from, Iterable<String> targets, boolean required, Set<Kind> kinds) {
        String first = "";
        for (String target : targets) {
            String line = from + "\t" + target;
            if (first.isEmpty()) {
                first = line;
                Entry entry = edges.computeIfAbsent(line, _ -> new Entry());
                entry.required |= required;
                if (required) {
                    entry.kinds.addAll(kinds);
                }
            } else {
                alternatives.put(line, first);
            }
        }
    }

    /** All edges, as lines of {@code from}, a tab, {@code to}. */
    Map<String, Entry> edges() {
        return edges;
    }

    /** The edge of the truth that a line stands for; the line itself if there is none. */
    String canonical(String line) {
        return edges.containsKey(line) ? line : alternatives.getOrDefault(line, line);
    }
}
