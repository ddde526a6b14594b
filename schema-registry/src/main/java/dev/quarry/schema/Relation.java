package dev.quarry.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A relation of the store: its columns in order and the indexes over them.
 *
 * @param name how scripts call it
 * @param keys the columns that identify a row
 * @param values the columns that follow from the key
 * @param indexes further orders in which rows can be found
 */
public record Relation(String name, List<Column> keys, List<Column> values, List<Index> indexes) {
    /** Copies the lists. */
    public Relation {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
        indexes = List.copyOf(indexes);
    }

    /**
     * A column.
     *
     * @param type as CozoScript spells it
     */
    public record Column(String name, ColumnType type) {}

    /** The types of columns that the store uses. */
    public enum ColumnType {
        BOOL("Bool"),
        INT("Int"),
        STRING("String"),
        BYTES("Bytes"),
        VECTOR("<F32; 384>");

        private final String script;

        ColumnType(String script) {
            this.script = script;
        }

        /** As CozoScript spells it. */
        public String script() {
            return script;
        }
    }

    /** A further order of a relation; the engine adds the rest of the key to {@code columns}. */
    public record Index(String name, List<String> columns) {
        /** Copies the list. */
        public Index {
            columns = List.copyOf(columns);
        }
    }

    /** The script that creates the relation, without its indexes. */
    public String createScript() {
        return ":create " + name + " {" + columnList(keys) + (values.isEmpty() ? "" : " => " + columnList(values))
                + "}";
    }

    /** The scripts that create its indexes. */
    public List<String> indexScripts() {
        return indexes.stream()
                .map(index ->
                        "::index create " + name + ":" + index.name() + " {" + String.join(", ", index.columns()) + "}")
                .toList();
    }

    private static String columnList(List<Column> columns) {
        return columns.stream()
                .map(column -> column.name() + ": " + column.type().script())
                .collect(Collectors.joining(", "));
    }
}
