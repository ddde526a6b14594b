package dev.quarry.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value that a file of a build holds: a text, a list or a map. Numbers and truth values are texts. */
sealed interface BuildValue {
    /** A text. */
    record Text(String text) implements BuildValue {}

    /** A list. */
    record Items(List<BuildValue> items) implements BuildValue {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A map in the order in which it is written. */
    record Entries(Map<String, BuildValue> entries) implements BuildValue {
        public Entries {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** The value below a key; empty where this is no map or has no such key. */
    default Optional<BuildValue> get(String key) {
        return this instanceof Entries map ? Optional.ofNullable(map.entries.get(key)) : Optional.empty();
    }

    /** The text below a key; empty where there is none. */
    default String text(String key) {
        return get(key).map(BuildValue::asText).orElse("");
    }

    /** The elements of the list below a key; empty where there is none. */
    default List<BuildValue> list(String key) {
        return get(key).map(BuildValue::asList).orElse(List.of());
    }

    /** This text; empty where this is none. */
    default String asText() {
        return this instanceof Text(String text) ? text : "";
    }

    /** The elements of this list; empty where this is none. */
    default List<BuildValue> asList() {
        return this instanceof Items(List<BuildValue> items) ? items : List.of();
    }

    /** The entries of this map; empty where this is none. */
    default Map<String, BuildValue> asMap() {
        return this instanceof Entries(Map<String, BuildValue> entries) ? entries : Map.of();
    }
}
