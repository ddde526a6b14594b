package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Relation;
import dev.quarry.schema.Relation.Column;
import dev.quarry.schema.Relation.ColumnType;
import dev.quarry.schema.Version;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows on their way to the engine, column by column. Cells are added in the order of the columns, row after row. */
final class ColumnTable {
    private final List<Cells> columns;
    private int next;

    private ColumnTable(Stream<Column> columns) {
        this.columns = columns.map(Cells::new).toList();
    }

    static ColumnTable ofRows(Relation relation) {
        return new ColumnTable(Stream.concat(relation.keys().stream(), relation.values().stream()));
    }

    static ColumnTable ofKeys(Relation relation) {
        return new ColumnTable(relation.keys().stream());
    }

    /** How many rows were begun. */
    int rows() {
        return columns.getFirst().count;
    }

    ColumnTable integer(long value) {
        next(ColumnType.INT).data.putLong(value);
        return this;
    }

    ColumnTable text(String value) {
        Cells cells = next(ColumnType.STRING);
        cells.data.putRaw(value.getBytes(StandardCharsets.UTF_8));
        cells.end();
        return this;
    }

    ColumnTable bytes(byte[] value) {
        Cells cells = next(ColumnType.BYTES);
        cells.data.putRaw(value);
        cells.end();
        return this;
    }

    ColumnTable id(NodeId id) {
        return words(id.high(), id.low());
    }

    ColumnTable version(Version version) {
        return words(version.high(), version.low());
    }

    /** A hash, or an empty cell for none. */
    ColumnTable hash(@Nullable ContentHash hash) {
        return bytes(hash == null ? new byte[0] : hash.toBytes());
    }

    ColumnTable vector(float[] vector) {
        Cells cells = next(ColumnType.VECTOR);
        for (float element : vector) {
            cells.data.putFloat(element);
        }
        cells.end();
        return this;
    }

    private ColumnTable words(long high, long low) {
        Cells cells = next(ColumnType.BYTES);
        cells.data.putLong(Long.reverseBytes(high)).putLong(Long.reverseBytes(low));
        cells.end();
        return this;
    }

    private Cells next(ColumnType type) {
        Cells cells = columns.get(next);
        if (cells.column.type() != type) {
            throw new IllegalStateException("column '" + cells.column.name() + "' holds no " + type);
        }
        next = next + 1 == columns.size() ? 0 : next + 1;
        cells.count++;
        return cells;
    }

    /** At most how many bytes this takes in the engine's format. */
    long maxSize() {
        long size = 2L * Long.BYTES;
        for (Cells cells : columns) {
            size += 5L * Long.BYTES + 4L * cells.column.name().length() + cells.data.length();
            size += (long) Integer.BYTES * cells.count;
        }
        return size;
    }

    /** Adds the rows in the engine's format; this table is of no use afterwards. */
    void moveTo(ByteSink sink) {
        if (next != 0) {
            throw new IllegalStateException("the last row is not complete");
        }
        sink.putInt(rows()).putInt(columns.size());
        columns.forEach(cells -> cells.moveTo(sink));
    }

    /** One column. Cells of one width need no ends; the ends are kept until a second width shows up, and after. */
    private static final class Cells {
        private final Column column;
        private final ByteSink data = new ByteSink();
        private final ByteSink ends = new ByteSink();
        private int count;
        private int last;
        private int width = -1;
        private boolean uniform = true;

        Cells(Column column) {
            this.column = column;
        }

        /** Marks the end of a cell whose bytes were added. */
        void end() {
            int size = data.length() - last;
            uniform &= width == -1 || width == size;
            width = size;
            last = data.length();
            ends.putInt(last);
        }

        void moveTo(ByteSink sink) {
            sink.putText(column.name());
            switch (column.type()) {
                case INT -> sink.putInt(Rows.INT).align();
                case STRING -> sink.putInt(Rows.TEXT).align().putRaw(ends.array(), ends.length());
                case VECTOR -> sink.putInt(Rows.VECTOR).align().putInt(vectorWidth());
                case BYTES -> {
                    if (uniform && width > 0) {
                        sink.putInt(Rows.FIXED).align().putInt(width);
                    } else {
                        sink.putInt(Rows.BYTES).align().putRaw(ends.array(), ends.length());
                    }
                }
                case BOOL -> throw new IllegalStateException("no relation has a column of type Bool");
            }
            sink.putRaw(data.array(), data.length()).align();
        }

        private int vectorWidth() {
            if (!uniform) {
                throw new IllegalStateException("the vectors of one column must have one length");
            }
            return width / Float.BYTES;
        }
    }
}
