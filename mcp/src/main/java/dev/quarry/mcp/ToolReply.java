package dev.quarry.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answers.
 *
 * @param text the answer for a reader
 * @param tree the same for a program, as the tool's output schema says; empty for a failure
 * @param isFailure whether the text says what went wrong and what helps
 */
public record ToolReply(String text, Map<String, @Nullable Object> tree, boolean isFailure) {
    /** An answer. */
    public static ToolReply of(String text, Map<String, @Nullable Object> tree) {
        return new ToolReply(text, tree, false);
    }

    /** What went wrong and what helps. */
    public static ToolReply failure(String text) {
        return new ToolReply(text, Map.of(), true);
    }
}
