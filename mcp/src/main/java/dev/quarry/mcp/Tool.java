package dev.quarry.mcp;

import java.util.Map;
import java.util.function.Function;

/**
 * A question that an agent may ask. All tools read alone.
 *
 * @param name by which it is called
 * @param title for people
 * @param description when to use it and what it gives
 * @param input the JSON schema of its arguments, an object
 * @param output the JSON schema of {@link ToolReply#tree()}; empty for a tool that answers with text alone
 * @param handler answers a call; may block, and is called by several threads
 */
public record Tool(
        String name,
        String title,
        String description,
        Map<String, Object> input,
        Map<String, Object> output,
        Function<Arguments, ToolReply> handler) {}
