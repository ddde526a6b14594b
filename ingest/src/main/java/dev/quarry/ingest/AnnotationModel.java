package dev.quarry.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An annotation at a declaration.
 *
 * @param type the binary name of its type
 * @param values the elements as written, each under its name
 */
record AnnotationModel(String type, Map<String, AnnotationValue> values) {
    AnnotationModel {
        values = Map.copyOf(values);
    }

    /** The value of the first of these elements that is written. */
    Optional<AnnotationValue> value(String... names) {
        for (String name : names) {
            AnnotationValue value = values.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The texts of the first of these elements that is written and not empty; empty if there is none. */
    List<String> texts(String... names) {
        for (String name : names) {
            AnnotationValue value = values.get(name);
            List<String> texts = value == null ? List.of() : value.texts().toList();
            if (!texts.isEmpty()) {
                return texts;
            }
        }
        return List.of();
    }

    /** The one text of the first of these elements that has one; empty if there is none. */
    String text(String... names) {
        List<String> texts = texts(names);
        return texts.isEmpty() ? "" : texts.getFirst();
    }

    /** Another annotation with these values, and those given here over them. */
    AnnotationModel as(String other, Map<String, AnnotationValue> over) {
        Map<String, AnnotationValue> all = new HashMap<>(values);
        all.putAll(over);
        return new AnnotationModel(other, all);
    }
}
