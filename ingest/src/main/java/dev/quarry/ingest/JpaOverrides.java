package dev.quarry.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Columns that are named elsewhere than at their field: of an embedded type or a mapped superclass, by the path of fields
 * that leads to them from there.
 */
final class JpaOverrides {
    private JpaOverrides() {}

    /** The columns that annotations at a type or field name. */
    static Map<String, AnnotationModel> of(List<AnnotationModel> annotations) {
        Stream<AnnotationModel> grouped = JpaEntities.find(annotations, "AttributeOverrides").stream()
                .flatMap(container -> QueryGraph.nested(container).stream());
        Map<String, AnnotationModel> columns = new HashMap<>();
        Stream.concat(grouped, JpaEntities.findAll(annotations, "AttributeOverride").stream())
                .forEach(each -> each.value("column").ifPresent(value -> {
                    if (value instanceof AnnotationValue.Nested column) {
                        columns.put(each.text("name"), column.annotation());
                    }
                }));
        return columns;
    }

    /** The columns that hold inside a field: those that it names, and those that what is around it does. */
    static Map<String, AnnotationModel> inside(TypeModel.Field field, Map<String, AnnotationModel> around) {
        Map<String, AnnotationModel> columns = of(field.annotations());
        String prefix = field.name() + ".";
        around.forEach((path, column) -> {
            if (path.startsWith(prefix)) {
                columns.put(path.substring(prefix.length()), column);
            }
        });
        return columns;
    }
}
