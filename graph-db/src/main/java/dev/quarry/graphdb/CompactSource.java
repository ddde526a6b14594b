package dev.quarry.graphdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what a {@link CompactSink} was given. */
final class CompactSource {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private final ByteBuffer in;

    CompactSource(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            byte next = in.get();
            value |= (long) (next & (MORE - 1)) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of the history is too long");
    }

    int integer() {
        return Math.toIntExact(number());
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    int signedInteger() {
        return Math.toIntExact(signed());
    }

    long word() {
        return in.getLong();
    }

    String text() {
        return new String(raw(integer()), StandardCharsets.UTF_8);
    }

    byte[] raw(int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    byte[] rest() {
        return raw(in.remaining());
    }
}
