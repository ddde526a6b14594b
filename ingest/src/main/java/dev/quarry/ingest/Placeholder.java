package dev.quarry.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A placeholder of Spring in a text: {@code ${key}} or {@code ${key:fallback}}.
 *
 * @param fallback what stands where nothing defines the key, as written; null if there is none
 */
record Placeholder(String key, @Nullable String fallback) {
    private static final int NESTING_MAX = 16;

    /** Braces that are open. */
    private static final class Open {
        final int start;
        final boolean isPlaceholder;
        int colon = -1;
        boolean isComputed;

        Open(int start, boolean isPlaceholder) {
            this.start = start;
            this.isPlaceholder = isPlaceholder;
        }
    }

    /** The placeholders of a text, those in fallbacks included; a key that holds a placeholder itself is not known. */
    static List<Placeholder> in(String text) {
        List<Placeholder> all = new ArrayList<>();
        Deque<Open> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            Open around = open.peek();
            char next = text.charAt(i);
            if (next == '{') {
                boolean isPlaceholder = i > 0 && text.charAt(i - 1) == '$';
                if (isPlaceholder && around != null && around.colon < 0) {
                    around.isComputed = true;
                }
                open.push(new Open(i + 1, isPlaceholder));
            } else if (next == '}' && around != null) {
                if (around.isPlaceholder && !around.isComputed && open.size() <= NESTING_MAX) {
                    add(text, around, i, all);
                }
                open.pop();
            } else if (next == ':' && around != null && around.colon < 0) {
                around.colon = i;
            }
        }
        return all;
    }

    private static void add(String text, Open braces, int end, List<Placeholder> all) {
        String key = text.substring(braces.start, braces.colon < 0 ? end : braces.colon)
                .strip();
        if (!key.isEmpty()) {
            all.add(new Placeholder(key, braces.colon < 0 ? null : text.substring(braces.colon + 1, end)));
        }
    }
}
