package dev.quarry.mcp;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Something that a reader may attach to a conversation.
 *
 * @param uri where it is; with variables in braces it stands for many
 * @param name for programs
 * @param title for people
 * @param description what it holds
 * @param mimeType of its text
 * @param reader gives the text for a URI; may block, and is called by several threads
 * @param completion values that a variable of this name may have, given what is written of it
 */
public record Resource(
        String uri,
        String name,
        String title,
        String description,
        String mimeType,
        Function<String, String> reader,
        BiFunction<String, String, List<String>> completion) {
    /** Whether it stands for many. */
    boolean isTemplate() {
        return uri.indexOf('{') >= 0;
    }
}
