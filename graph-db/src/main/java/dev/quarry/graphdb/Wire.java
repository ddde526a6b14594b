package dev.quarry.graphdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the single values of the engine's format from little-endian buffers, and moves the buffer behind them. */
final class Wire {
    private Wire() {}

    /** Bytes with their length before them. */
    static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[length(in, 1)];
        in.get(bytes);
        return bytes;
    }

    /** UTF-8 with its length before it. */
    static String text(ByteBuffer in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    /** A value with its tag before it: null, Boolean, Long, Double, String, byte[] or List; a vector is a List of Double. */
    static @Nullable Object value(ByteBuffer in) {
        int tag = in.get();
        return switch (tag) {
            case Params.NULL -> null;
            case Params.FALSE -> false;
            case Params.TRUE -> true;
            case Params.INT -> in.getLong();
            case Params.FLOAT -> in.getDouble();
            case Params.TEXT -> text(in);
            case Params.BYTES -> bytes(in);
            case Params.LIST -> {
                int count = length(in, 1);
                List<@Nullable Object> list = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    list.add(value(in));
                }
                yield list;
            }
            case Params.VECTOR -> vector(in, length(in, Float.BYTES));
            default -> throw new IllegalArgumentException("no value has the tag " + tag);
        };
    }

    /** This many floats. */
    static List<Double> vector(ByteBuffer in, int count) {
        List<Double> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add((double) in.getFloat());
        }
        return list;
    }

    private static int length(ByteBuffer in, int unit) {
        int length = in.getInt();
        if (length < 0 || (long) length * unit > in.remaining()) {
            throw new IllegalArgumentException(
                    length + " things announced, but only " + in.remaining() + " bytes left");
        }
        return length;
    }
}
