package dev.quarry.mcp;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names what is wrong with the parameters of a request, which the protocol's library does not. */
final class ParameterCheck {
    private static final String PARAMS = "params";

    private final List<String> tools;
    private final List<String> prompts;

    /** The check of requests to what this catalogue offers. */
    ParameterCheck(Catalog catalog) {
        tools = catalog.tools().stream().map(Tool::name).toList();
        prompts = catalog.prompts().stream().map(Prompt::name).toList();
    }

    /** What is wrong with the parameters of a request of this method; empty if nothing is known to be. */
    Optional<String> problem(String method, @Nullable Object params) {
        try {
            check(method, params);
            return Optional.empty();
        } catch (Wrong wrong) {
            return Optional.of(String.valueOf(wrong.getMessage()));
        }
    }

    private void check(String method, @Nullable Object params) {
        switch (method) {
            case McpSchema.METHOD_TOOLS_CALL -> named("tool", object(PARAMS, params), tools);
            case McpSchema.METHOD_PROMPT_GET -> named("prompt", object(PARAMS, params), prompts);
            case McpSchema.METHOD_RESOURCES_READ -> text("", "uri", object(PARAMS, params));
            case McpSchema.METHOD_COMPLETION_COMPLETE -> completion(object(PARAMS, params));
            case McpSchema.METHOD_INITIALIZE -> {
                Map<?, ?> greeting = object(PARAMS, params);
                text("", "protocolVersion", greeting);
                objectIfThere("capabilities", greeting);
                objectIfThere("clientInfo", greeting);
            }
            case McpSchema.METHOD_TOOLS_LIST,
                    McpSchema.METHOD_PROMPT_LIST,
                    McpSchema.METHOD_RESOURCES_LIST,
                    McpSchema.METHOD_RESOURCES_TEMPLATES_LIST -> firstPage(params);
            default -> {
                if (params != null) {
                    object(PARAMS, params);
                }
            }
        }
    }

    /** Lists come whole, so that no reply has had a cursor. */
    private static void firstPage(@Nullable Object params) {
        Object cursor = params == null ? null : object(PARAMS, params).get("cursor");
        if (cursor != null && !cursor.equals("")) {
            throw new Wrong("'" + cursor + "' is no cursor: the list is told whole, so leave it out");
        }
    }

    private static void named(String kind, Map<?, ?> params, List<String> known) {
        known(kind, text("", "name", params), known);
        objectIfThere("arguments", params);
    }

    private static void known(String kind, String name, List<String> known) {
        if (!known.contains(name)) {
            throw new Wrong("there is no " + kind + " '" + name + "': name one of " + String.join(", ", known));
        }
    }

    private void completion(Map<?, ?> params) {
        Map<?, ?> reference = object("ref", params.get("ref"));
        String type = text("ref.", "type", reference);
        switch (type) {
            case McpSchema.PromptReference.TYPE -> known("prompt", text("ref.", "name", reference), prompts);
            case McpSchema.ResourceReference.TYPE -> text("ref.", "uri", reference);
            default ->
                throw new Wrong("'ref.type' is '" + type + "': use " + McpSchema.PromptReference.TYPE + " or "
                        + McpSchema.ResourceReference.TYPE);
        }
        Map<?, ?> argument = object("argument", params.get("argument"));
        text("argument.", "name", argument);
        text("argument.", "value", argument);
    }

    private static void objectIfThere(String name, Map<?, ?> members) {
        if (members.get(name) != null) {
            object(name, members.get(name));
        }
    }

    private static Map<?, ?> object(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return members;
        }
        throw wrong(name, value, "an object");
    }

    private static String text(String within, String name, Map<?, ?> members) {
        Object value = members.get(name);
        if (value instanceof String text) {
            return text;
        }
        throw wrong(within + name, value, "a string");
    }

    private static Wrong wrong(String name, @Nullable Object value, String wanted) {
        return new Wrong("'" + name + "' " + (value == null ? "is missing: give " : "must be ") + wanted);
    }

    /** Ends a check. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Wrong(String problem) {
            super(problem, null, false, false);
        }
    }
}
