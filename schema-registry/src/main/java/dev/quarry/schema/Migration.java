package dev.quarry.schema;

import java.util.List;

/**
 * A step from one schema version to the next.
 *
 * @param from the version that the step starts from; it leads to {@code from + 1}
 * @param what in a few words, for the log
 * @param scripts CozoScript, run in order in one transaction with the note of the new version
 */
public record Migration(int from, String what, List<String> scripts) {
    /** Copies the list. */
    public Migration {
        scripts = List.copyOf(scripts);
    }
}
