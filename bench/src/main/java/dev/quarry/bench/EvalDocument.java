package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A declaration of a development set.
 *
 * @param id names it in the set's queries
 * @param type the types around it, or its own names if it is a type, with {@code .} between them
 * @param typeKind of a type: {@code class}, {@code interface}, {@code enum}, {@code annotation_type}, {@code record}; else
 *     empty
 * @param code its text without documentation; empty for a type
 * @param doc the text of its documentation; empty if there is none, or none is wanted
 * @param fields of a type: the names of its fields
 * @param supers of a type: what it extends or implements
 */
record EvalDocument(
        String id,
        String packageName,
        String type,
        String typeKind,
        String code,
        String doc,
        List<String> fields,
        List<String> supers) {
    EvalDocument {
        fields = List.copyOf(fields);
        supers = List.copyOf(supers);
    }

    static EvalDocument of(JsonNode json) {
        return new EvalDocument(
                json.path("id").asText(),
                json.path("pkg").asText(),
                json.path("cls").asText(),
                json.path("tkind").asText(""),
                json.path("code").asText(""),
                json.path("javadoc").asText(""),
                texts(json.path("fields")),
                texts(json.path("supers")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    boolean isType() {
        return code.isEmpty();
    }
}
