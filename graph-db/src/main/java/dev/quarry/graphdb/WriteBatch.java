package dev.quarry.graphdb;

import dev.quarry.schema.Relation;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one transaction writes: for each relation the rows to put and the keys to remove.
 *
 * <p>Removals come before puts, whatever the order in which they were added. A key must be put at most once.
 */
final class WriteBatch {
    private final Map<String, ColumnTable> tables = new LinkedHashMap<>();

    /** The rows of this relation to be put: all its columns, keys first. */
    ColumnTable puts(Relation relation) {
        return tables.computeIfAbsent(relation.name(), name -> ColumnTable.ofRows(relation));
    }

    /** The rows of this relation to be removed: its key columns. */
    ColumnTable removals(Relation relation) {
        return tables.computeIfAbsent("-" + relation.name(), name -> ColumnTable.ofKeys(relation));
    }

    boolean isEmpty() {
        return tables.values().stream().allMatch(table -> table.rows() == 0);
    }

    /** All of it in the engine's format; the tables are emptied on the way, so that the rows are held once only. */
    ByteSink encode() {
        tables.values().removeIf(table -> table.rows() == 0);
        long size = Integer.BYTES;
        for (Map.Entry<String, ColumnTable> table : tables.entrySet()) {
            size += 2L * Long.BYTES + table.getKey().length() + table.getValue().maxSize();
        }
        ByteSink sink = new ByteSink(Math.toIntExact(size)).putInt(tables.size());
        tables.forEach((name, table) -> {
            sink.putText(name).align();
            table.moveTo(sink);
        });
        tables.clear();
        return sink;
    }
}
