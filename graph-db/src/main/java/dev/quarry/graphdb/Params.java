package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A script's parameters in the engine's format: a count, then for each its name and its value; a value is a tag and what
 * the tag says. Data reaches a script in this way only, never as a part of its text.
 */
final class Params {
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int INT = 3;
    static final int FLOAT = 4;
    static final int TEXT = 5;
    static final int BYTES = 6;
    static final int LIST = 7;
    static final int VECTOR = 8;

    private final ByteSink values = new ByteSink();
    private int count;

    /** The parameters that a caller gave by name. */
    static Params of(Map<String, ?> named) {
        Params params = new Params();
        named.forEach((name, value) -> params.add(name, sink -> putValue(sink, name, value)));
        return params;
    }

    Params integer(String name, long value) {
        return add(name, sink -> sink.putByte(INT).putLong(value));
    }

    Params text(String name, String value) {
        return add(name, sink -> sink.putByte(TEXT).putText(value));
    }

    Params bytes(String name, byte[] value) {
        return add(name, sink -> sink.putByte(BYTES).putBytes(value));
    }

    /** Ids as rows of one column. */
    Params ids(String name, Collection<NodeId> ids) {
        return rows(name, ids, (sink, id) -> putId(sink, id));
    }

    /** Hashes as rows of one column. */
    Params hashes(String name, Collection<ContentHash> hashes) {
        return rows(name, hashes, (sink, hash) -> sink.putByte(BYTES).putBytes(hash.toBytes()));
    }

    /** Edge kinds as rows of one column. */
    Params kinds(String name, Collection<EdgeKind> kinds) {
        return rows(
                name,
                kinds.stream().sorted().toList(),
                (sink, kind) -> sink.putByte(TEXT).putText(kind.name()));
    }

    /** Keys of edges as rows of {@code src, kind, dst, role}. */
    Params edgeKeys(String name, Collection<EdgeKey> keys) {
        return add(name, sink -> {
            sink.putByte(LIST).putInt(keys.size());
            for (EdgeKey key : keys) {
                sink.putByte(LIST).putInt(4);
                putId(sink, key.from());
                sink.putByte(TEXT).putText(key.kind().name());
                putId(sink, key.to());
                sink.putByte(TEXT).putText(key.role());
            }
        });
    }

    /** All of them, ready for the engine. */
    ByteSink encode() {
        return new ByteSink(values.length() + Integer.BYTES).putInt(count).putRaw(values.array(), values.length());
    }

    private interface Cell<T> {
        void put(ByteSink sink, T value);
    }

    private <T> Params rows(String name, Collection<T> cells, Cell<T> cell) {
        return add(name, sink -> {
            sink.putByte(LIST).putInt(cells.size());
            for (T value : cells) {
                sink.putByte(LIST).putInt(1);
                cell.put(sink, value);
            }
        });
    }

    private static void putId(ByteSink sink, NodeId id) {
        sink.putByte(BYTES)
                .putInt(NodeId.BYTES)
                .putLong(Long.reverseBytes(id.high()))
                .putLong(Long.reverseBytes(id.low()));
    }

    private Params add(String name, Consumer<ByteSink> value) {
        values.putText(name);
        value.accept(values);
        count++;
        return this;
    }

    private static void putValue(ByteSink sink, String name, @Nullable Object value) {
        switch (value) {
            case null -> sink.putByte(NULL);
            case Boolean flag -> sink.putByte(flag ? TRUE : FALSE);
            case Double number -> sink.putByte(FLOAT).putLong(Double.doubleToRawLongBits(number));
            case Float number -> sink.putByte(FLOAT).putLong(Double.doubleToRawLongBits(number));
            case Number number -> sink.putByte(INT).putLong(number.longValue());
            case CharSequence text -> sink.putByte(TEXT).putText(text.toString());
            case byte[] bytes -> sink.putByte(BYTES).putBytes(bytes);
            case float[] vector -> {
                sink.putByte(VECTOR).putInt(vector.length);
                for (float element : vector) {
                    sink.putFloat(element);
                }
            }
            case NodeId id -> putId(sink, id);
            case ContentHash hash -> sink.putByte(BYTES).putBytes(hash.toBytes());
            case List<?> list -> {
                sink.putByte(LIST).putInt(list.size());
                list.forEach(element -> putValue(sink, name, element));
            }
            default ->
                throw new QuarryException(
                        ErrorCode.BAD_INPUT,
                        "the parameter '" + name + "' has a value of type "
                                + value.getClass().getSimpleName()
                                + "; null, booleans, numbers, text, bytes, vectors and lists of these are possible");
        }
    }
}
