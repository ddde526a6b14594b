package dev.quarry.graphdb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes that grow at their end, with numbers as long as they need to be: seven bits in each byte, the lowest first. */
final class CompactSink {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Adds a number; small ones that are not negative are short. */
    CompactSink number(long value) {
        long rest = value;
        while ((rest & -MORE) != 0) {
            out.write(((int) rest & (MORE - 1)) | MORE);
            rest >>>= BITS;
        }
        out.write((int) rest);
        return this;
    }

    /** Adds a number that is short if it is near to zero, on either side. */
    CompactSink signed(long value) {
        return number((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    /** Adds eight bytes. */
    CompactSink word(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
        return this;
    }

    /** Adds the number of bytes, then the text as UTF-8. */
    CompactSink text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return number(bytes.length).raw(bytes);
    }

    /** Adds the bytes alone. */
    CompactSink raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** What was added. */
    byte[] bytes() {
        return out.toByteArray();
    }
}
