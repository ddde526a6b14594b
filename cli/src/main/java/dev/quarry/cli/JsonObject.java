package dev.quarry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object of a JSON document, read leniently: what is absent or of another type is empty, 0 or false. */
record JsonObject(Map<String, @Nullable Object> members) {
    /** The tree as an object; one without members if it is none. */
    static JsonObject of(@Nullable Object tree) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put(String.valueOf(name), value));
        }
        return new JsonObject(members);
    }

    String text(String name) {
        Object value = members.get(name);
        return value == null ? "" : value.toString();
    }

    long number(String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }

    double real(String name) {
        return members.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    boolean truth(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    JsonObject object(String name) {
        return of(members.get(name));
    }

    List<@Nullable Object> list(String name) {
        List<@Nullable Object> elements = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            elements.addAll(list);
        }
        return elements;
    }

    /** The objects of a list, each read by {@code reader}. */
    <T> List<T> objects(String name, Function<JsonObject, T> reader) {
        return list(name).stream().map(element -> reader.apply(of(element))).toList();
    }

    /** The members that are numbers. */
    Map<String, Double> reals() {
        Map<String, Double> reals = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value instanceof Number number) {
                reals.put(name, number.doubleValue());
            }
        });
        return reals;
    }

    /** The same as whole numbers. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value instanceof Number number) {
                counts.put(name, number.intValue());
            }
        });
        return counts;
    }
}
