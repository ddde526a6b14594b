package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link TableSink} has packed. */
final class TableSource {
    private final List<String> words = new ArrayList<>();
    private final List<NodeId> ids = new ArrayList<>();
    private final CompactSource rows;

    private TableSource(CompactSource rows) {
        this.rows = rows;
        for (int count = rows.integer(); count > 0; count--) {
            words.add(rows.text());
        }
        for (int count = rows.integer(); count > 0; count--) {
            ids.add(new NodeId(rows.word(), rows.word()));
        }
    }

    /** The source of these bytes, which must be of this format. */
    static TableSource unpack(byte[] packed, int format) {
        CompactSource head = new CompactSource(packed);
        long found = head.number();
        if (found != format) {
            throw new IllegalArgumentException("the history is in format " + found + ", not " + format);
        }
        byte[] bytes = new byte[head.integer()];
        inflate(head.rest(), bytes);
        return new TableSource(new CompactSource(bytes));
    }

    private static void inflate(byte[] packed, byte[] target) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            for (int at = 0; at < target.length; ) {
                int count = inflater.inflate(target, at, target.length - at);
                if (count == 0) {
                    throw new IllegalArgumentException("a change of the history ends too early");
                }
                at += count;
            }
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a change of the history is not what was written", e);
        } finally {
            inflater.end();
        }
    }

    CompactSource rows() {
        return rows;
    }

    /** Reads as many rows as were written together. */
    void all(Runnable row) {
        for (int count = rows.integer(); count > 0; count--) {
            row.run();
        }
    }

    <V> @Nullable V optional(Supplier<V> cell) {
        return rows.number() == 0 ? null : cell.get();
    }

    NodeId id() {
        return ids.get(rows.integer());
    }

    String word() {
        return words.get(rows.integer());
    }

    ContentHash hash() {
        return new ContentHash(rows.word(), rows.word(), rows.word(), rows.word());
    }

    @Nullable
    ContentHash optionalHash() {
        return rows.number() == 0 ? null : hash();
    }
}
