package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Rows with tables of the ids and words that they name. What it packs, {@link TableSource} reads. */
final class TableSink {
    private static final int BUFFER_BYTES = 16 << 10;

    private final Map<NodeId, Integer> ids = new LinkedHashMap<>();
    private final Map<String, Integer> words = new LinkedHashMap<>();
    private final CompactSink rows = new CompactSink();

    /** Where numbers and bytes of a row go. */
    CompactSink rows() {
        return rows;
    }

    /** Adds the number of these rows, then each. */
    <K, V> void all(Map<K, V> map, BiConsumer<K, V> row) {
        rows.number(map.size());
        map.forEach(row);
    }

    <V> void optional(Optional<V> value, Consumer<V> cell) {
        rows.number(value.isPresent() ? 1 : 0);
        value.ifPresent(cell);
    }

    void id(NodeId id) {
        rows.number(number(ids, id));
    }

    void word(String word) {
        rows.number(number(words, word));
    }

    private static <T> int number(Map<T, Integer> table, T key) {
        Integer next = table.size();
        Integer known = table.putIfAbsent(key, next);
        return known == null ? next : known;
    }

    void hash(ContentHash hash) {
        rows.word(hash.a()).word(hash.b()).word(hash.c()).word(hash.d());
    }

    void optionalHash(@Nullable ContentHash hash) {
        rows.number(hash == null ? 0 : 1);
        if (hash != null) {
            hash(hash);
        }
    }

    /** All of it: the format, how long it is, and the tables and rows compressed. */
    byte[] pack(int format) {
        CompactSink all = new CompactSink().number(words.size());
        words.keySet().forEach(all::text);
        all.number(ids.size());
        ids.keySet().forEach(id -> all.word(id.high()).word(id.low()));
        byte[] bytes = all.raw(rows.bytes()).bytes();
        return new CompactSink()
                .number(format)
                .number(bytes.length)
                .raw(deflate(bytes))
                .bytes();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
