package dev.quarry.graphdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow at their end; numbers are little-endian, as in all that goes to the engine. */
final class ByteSink {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int FIRST_CAPACITY = 64;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int length;

    ByteSink() {
        this(FIRST_CAPACITY);
    }

    ByteSink(int capacity) {
        bytes = new byte[capacity];
    }

    /** The bytes; only the first {@link #length()} of them mean something, and only until more is added. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    ByteSink putByte(int value) {
        int at = grow(1);
        bytes[at] = (byte) value;
        return this;
    }

    ByteSink putInt(int value) {
        int at = grow(Integer.BYTES);
        INT.set(bytes, at, value);
        return this;
    }

    ByteSink putLong(long value) {
        int at = grow(Long.BYTES);
        LONG.set(bytes, at, value);
        return this;
    }

    ByteSink putFloat(float value) {
        int at = grow(Float.BYTES);
        FLOAT.set(bytes, at, value);
        return this;
    }

    /** Adds the bytes alone. */
    ByteSink putRaw(byte[] value) {
        return putRaw(value, value.length);
    }

    /** Adds the first {@code count} bytes alone. */
    ByteSink putRaw(byte[] value, int count) {
        int at = grow(count);
        System.arraycopy(value, 0, bytes, at, count);
        return this;
    }

    /** Adds the length, then the bytes. */
    ByteSink putBytes(byte[] value) {
        return putInt(value.length).putRaw(value);
    }

    /** Adds the length in bytes, then the text as UTF-8. */
    ByteSink putText(String value) {
        return putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds zeros up to the next multiple of eight. */
    ByteSink align() {
        int gap = -length & 7;
        int at = grow(gap);
        Arrays.fill(bytes, at, at + gap, (byte) 0);
        return this;
    }

    /** Makes room and gives the place where it starts. */
    private int grow(int count) {
        int at = length;
        if (count > MAX_LENGTH - length) {
            throw new IllegalStateException("one write to the graph engine is limited to 2 GiB");
        }
        length += count;
        if (length > bytes.length) {
            long doubled = Math.min(MAX_LENGTH, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, (int) Math.max(doubled, length));
        }
        return at;
    }
}
