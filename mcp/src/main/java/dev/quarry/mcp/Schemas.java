package dev.quarry.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pieces of JSON schemas, in the dialect 2020-12. */
final class Schemas {
    private static final String DESCRIPTION = "description";

    private Schemas() {}

    /** An object of these properties, given as name, schema, name, schema, and of nothing else. */
    static Map<String, Object> arguments(List<String> required, Object... properties) {
        Map<String, Object> schema = object(required, properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** An object of these properties, given as name, schema, name, schema. */
    static Map<String, Object> object(List<String> required, Object... properties) {
        return object(required, named(properties));
    }

    private static Map<String, Object> object(List<String> required, Map<String, Object> properties) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    private static Map<String, Object> named(Object... properties) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            named.put(String.valueOf(properties[i]), properties[i + 1]);
        }
        return named;
    }

    static Map<String, Object> text(String description) {
        return Map.of("type", "string", DESCRIPTION, description);
    }

    static Map<String, Object> number(String description, int fallback, int most) {
        return Map.of("type", "integer", DESCRIPTION, description, "minimum", 1, "maximum", most, "default", fallback);
    }

    static Map<String, Object> flag(String description, boolean fallback) {
        return Map.of("type", "boolean", DESCRIPTION, description, "default", fallback);
    }

    static Map<String, Object> choice(String description, List<String> values) {
        return Map.of("type", "string", DESCRIPTION, description, "enum", values);
    }

    static Map<String, Object> texts(String description) {
        return list(description, Map.of("type", "string"));
    }

    static Map<String, Object> list(String description, Map<String, Object> element) {
        return Map.of("type", "array", DESCRIPTION, description, "items", element);
    }

    static Map<String, Object> cursor() {
        return text("nextCursor of the reply before; the other arguments must be the same as then");
    }

    /** What names a symbol in an argument. */
    static Map<String, Object> symbolName(String what) {
        return text(what + ": an id from another reply, a name such as Outer.method, method(int), a.b.Type or"
                + " Type.new, or a place such as src/a/Type.java:42");
    }

    /** A symbol in a reply, with further properties. */
    static Map<String, Object> symbol(Object... more) {
        Object[] properties = new Object[14 + more.length];
        Object[] own = {
            "symbol", text("its qualified name with its signature"),
            "id", text("stable over index runs as long as name and signature are the same"),
            "kind", text("METHOD, CLASS, …"),
            "file", text("its path below the repository's root"),
            "startLine", Map.of("type", "integer"),
            "endLine", Map.of("type", "integer"),
            "declaration", text("its head as written"),
        };
        System.arraycopy(own, 0, properties, 0, own.length);
        System.arraycopy(more, 0, properties, own.length, more.length);
        return object(List.of("symbol", "id", "kind"), properties);
    }

    /** A reply of these properties and of what each reply has. */
    static Map<String, Object> reply(List<String> required, Object... properties) {
        Map<String, Object> named = named(properties);
        named.put("nextCursor", text("there is more: call again with this as 'cursor'"));
        named.put("hints", texts("what to ask next"));
        named.put("standing", Map.of("type", "object", DESCRIPTION, "how current and how complete the graph is"));
        return object(required, named);
    }
}
