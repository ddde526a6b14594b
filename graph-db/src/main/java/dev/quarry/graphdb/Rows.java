package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Version;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a reply, read in place, column by column; to be closed, after which nothing may be read.
 *
 * <p>{@code rows: int, columns: int}, then for each column {@code name: text, tag: int}, padding to 8, its cells, padding to
 * 8. Cells are {@code INT long[]}, {@code FLOAT double[]}, {@code TEXT}, {@code BYTES} and {@code MIXED ends: int[], bytes},
 * {@code FIXED width: int, bytes}, {@code VECTOR width: int, float[]}.
 */
final class Rows implements AutoCloseable {
    static final int INT = 1;
    static final int FLOAT = 2;
    static final int TEXT = 3;
    static final int BYTES = 4;
    static final int FIXED = 5;
    static final int VECTOR = 6;
    static final int MIXED = 7;

    private final Reply reply;
    private final ByteBuffer in;
    private final int count;
    private final List<Column> columns;

    /**
     * A column's place.
     *
     * @param ends where the ends of the cells begin, for the kinds that have them
     * @param cells where the cells begin
     */
    private record Column(String name, int tag, int width, int ends, int cells) {}

    /** Reads the layout of a reply. */
    Rows(Reply reply) {
        this.reply = reply;
        this.in = reply.bytes();
        ByteBuffer head = in.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(Reply.BODY);
        this.count = head.getInt();
        int columnCount = head.getInt();
        this.columns = new ArrayList<>(columnCount);
        for (int i = 0; i < columnCount; i++) {
            columns.add(layOut(head));
        }
    }

    private Column layOut(ByteBuffer head) {
        String name = Wire.text(head);
        int tag = head.getInt();
        align(head);
        Column column = switch (tag) {
            case INT, FLOAT -> new Column(name, tag, Long.BYTES, 0, head.position());
            case FIXED -> new Column(name, tag, head.getInt(), 0, head.position());
            case VECTOR -> new Column(name, tag, head.getInt() * Float.BYTES, 0, head.position());
            case TEXT, BYTES, MIXED ->
                new Column(name, tag, 0, head.position(), head.position() + count * Integer.BYTES);
            default -> throw new IllegalArgumentException("no column has the tag " + tag);
        };
        int size = column.ends == 0 ? count * column.width : count == 0 ? 0 : head.getInt(column.cells - Integer.BYTES);
        head.position(column.cells + size);
        align(head);
        return column;
    }

    private static void align(ByteBuffer head) {
        head.position(head.position() + (-head.position() & 7));
    }

    int count() {
        return count;
    }

    /** The names of the columns. */
    List<String> headers() {
        return columns.stream().map(Column::name).toList();
    }

    /** Whether there were more rows than the limit allows. */
    boolean isTruncated() {
        return reply.isTruncated();
    }

    long integer(int column, int row) {
        return in.getLong(cell(columns.get(column), INT, row));
    }

    int smallInteger(int column, int row) {
        return Math.toIntExact(integer(column, row));
    }

    String text(int column, int row) {
        Column place = columns.get(column);
        int start = cell(place, TEXT, row);
        return new String(copy(start, end(place, row) - start), StandardCharsets.UTF_8);
    }

    byte[] bytes(int column, int row) {
        Column place = columns.get(column);
        if (place.tag == FIXED) {
            return copy(place.cells + row * place.width, place.width);
        }
        int start = cell(place, BYTES, row);
        return copy(start, end(place, row) - start);
    }

    NodeId nodeId(int column, int row) {
        int at = fixed(column, row, NodeId.BYTES);
        return new NodeId(big(at), big(at + 8));
    }

    Version version(int column, int row) {
        int at = fixed(column, row, Version.BYTES);
        return new Version(big(at), big(at + 8));
    }

    ContentHash hash(int column, int row) {
        int at = fixed(column, row, ContentHash.BYTES);
        return new ContentHash(big(at), big(at + 8), big(at + 16), big(at + 24));
    }

    /** A hash, or null where the cell is empty. */
    @Nullable
    ContentHash optionalHash(int column, int row) {
        byte[] bytes = bytes(column, row);
        return bytes.length == 0 ? null : ContentHash.of(bytes);
    }

    float[] vector(int column, int row) {
        Column place = columns.get(column);
        int start = cell(place, VECTOR, row);
        float[] vector = new float[place.width / Float.BYTES];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = in.getFloat(start + i * Float.BYTES);
        }
        return vector;
    }

    /** A cell of any kind, as {@link Wire#value} gives them. */
    @Nullable
    Object value(int column, int row) {
        Column place = columns.get(column);
        return switch (place.tag) {
            case INT -> integer(column, row);
            case FLOAT -> in.getDouble(place.cells + row * Double.BYTES);
            case TEXT -> text(column, row);
            case BYTES, FIXED -> bytes(column, row);
            case VECTOR -> Wire.vector(at(place.cells + row * place.width), place.width / Float.BYTES);
            default -> Wire.value(at(cell(place, MIXED, row)));
        };
    }

    @Override
    public void close() {
        reply.close();
    }

    private ByteBuffer at(int position) {
        return in.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(position);
    }

    private long big(int at) {
        return Long.reverseBytes(in.getLong(at));
    }

    private byte[] copy(int start, int length) {
        byte[] bytes = new byte[length];
        in.get(start, bytes);
        return bytes;
    }

    /** Where a cell of 16 or 32 bytes lies, in a column of whichever layout. */
    private int fixed(int column, int row, int width) {
        Column place = columns.get(column);
        if (place.tag == FIXED && place.width == width) {
            return place.cells + row * width;
        }
        int start = cell(place, BYTES, row);
        if (end(place, row) - start != width) {
            throw new IllegalArgumentException(
                    "column '" + place.name + "' has a cell that is not " + width + " bytes");
        }
        return start;
    }

    private int cell(Column place, int tag, int row) {
        if (place.tag != tag) {
            throw new IllegalArgumentException("column '" + place.name + "' has the tag " + place.tag + ", not " + tag);
        }
        if (place.ends == 0) {
            return place.cells + row * place.width;
        }
        return place.cells + (row == 0 ? 0 : in.getInt(place.ends + (row - 1) * Integer.BYTES));
    }

    private int end(Column place, int row) {
        return place.cells + in.getInt(place.ends + row * Integer.BYTES);
    }
}
