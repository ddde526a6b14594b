package dev.quarry.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an object of a request with checks, and notes what it holds beyond that. A member whose value says nothing (null, an
 * empty list or object, or what holds anyhow) is as good as absent. For one thread.
 */
final class WireBody {
    private final JsonObject json;
    private final String path;
    private final Set<String> foreign;

    /** The whole request. */
    WireBody(JsonObject json) {
        this(json, "", new LinkedHashSet<>());
    }

    private WireBody(JsonObject json, String path, Set<String> foreign) {
        this.json = json;
        this.path = path;
        this.foreign = foreign;
    }

    /** The first member that nothing here understands. */
    Optional<String> foreign() {
        return foreign.stream().findFirst();
    }

    /** This member cannot be told to every backend. */
    void foreign(String name) {
        foreign.add(path + name);
    }

    /** Notes the members other than these, unless they have a value by which they say nothing. */
    void allowing(Set<String> known, Map<String, Object> idle) {
        for (String name : json.fieldNames()) {
            Object value = json.getValue(name);
            boolean says = !known.contains(name) && !isEmpty(value) && !isSame(value, idle.get(name));
            if (says) {
                foreign(name);
            }
        }
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || (value instanceof JsonArray list && list.isEmpty())
                || (value instanceof JsonObject object && object.isEmpty());
    }

    private static boolean isSame(Object value, @Nullable Object idle) {
        return (value instanceof Number number && idle instanceof Number other)
                ? number.doubleValue() == other.doubleValue()
                : value.equals(idle);
    }

    boolean has(String name) {
        return json.getValue(name) != null;
    }

    String text(String name) {
        Object value = json.getValue(name);
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, value == null ? "is missing: give a string" : "must be a string");
    }

    OptionalInt whole(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= 1
                && number.doubleValue() <= Integer.MAX_VALUE) {
            return OptionalInt.of(number.intValue());
        }
        throw wrong(name, "must be a whole number of at least 1");
    }

    OptionalDouble number(String name, int max) {
        Object value = json.getValue(name);
        if (value == null) {
            return OptionalDouble.empty();
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= max) {
            return OptionalDouble.of(number.doubleValue());
        }
        throw wrong(name, "must be a number from 0 to " + max);
    }

    boolean truth(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw wrong(name, "must be true or false");
    }

    /** A string, or a list of strings. */
    List<String> texts(String name) {
        Object value = json.getValue(name);
        if (value == null) {
            return List.of();
        }
        List<?> values = value instanceof JsonArray list ? list.getList() : List.of(value);
        List<String> texts = new ArrayList<>();
        for (Object each : values) {
            if (!(each instanceof String text) || text.isEmpty()) {
                throw wrong(name, "must be a string or a list of strings, none of them empty");
            }
            texts.add(text);
        }
        return texts;
    }

    /** An object. */
    WireBody object(String name) {
        Object value = json.getValue(name);
        if (value instanceof JsonObject object) {
            return new WireBody(object, path + name + ".", foreign);
        }
        throw wrong(name, "must be an object");
    }

    /** A list of objects, which is not empty. */
    List<WireBody> objects(String name) {
        Object value = json.getValue(name);
        if (!(value instanceof JsonArray list) || list.isEmpty()) {
            throw wrong(name, value == null ? "is missing: give a list" : "must be a list with something in it");
        }
        List<WireBody> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.getValue(i) instanceof JsonObject object)) {
                throw wrong(name + "[" + i + "]", "must be an object");
            }
            objects.add(new WireBody(object, path + name + "[" + i + "].", foreign));
        }
        return objects;
    }

    /**
     * A text that is written as a string or as a list of parts. Parts of other kinds are noted; so is a text of nothing,
     * which not every backend takes.
     */
    String content(String name) {
        Object value = json.getValue(name);
        String text = value instanceof JsonArray ? parts(name) : value == null ? "" : text(name);
        if (text.isBlank()) {
            foreign(name);
        }
        return text;
    }

    private String parts(String name) {
        List<String> texts = new ArrayList<>();
        for (WireBody part : objects(name)) {
            if (part.text("type").equals("text")) {
                part.allowing(Set.of("type", "text"), Map.of());
                texts.add(part.text("text"));
            } else {
                part.foreign("type");
            }
        }
        return String.join("\n", texts);
    }

    WireException wrong(String name, String problem) {
        return WireException.parameter(path + name, problem);
    }
}
