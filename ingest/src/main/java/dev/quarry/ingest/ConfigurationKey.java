package dev.quarry.ingest;

import java.util.regex.Pattern;

/**
 * A key that a configuration file defines.
 *
 * @param name the names of the nested mappings with dots between
 * @param line where it stands, 1-based
 */
record ConfigurationKey(String name, int line) {
    private static final Pattern LINE = Pattern.compile("\r\n|\r|\n");

    /** The lines of a text, as editors count them. */
    static String[] lines(String text) {
        return LINE.split(text.startsWith("\uFEFF") ? text.substring(1) : text, -1);
    }
}
