package dev.quarry.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A BLAKE3-256 hash of some content. */
public record ContentHash(long a, long b, long c, long d) implements Comparable<ContentHash> {
    /** The number of bytes of a hash. */
    public static final int BYTES = 32;

    /** The hash whose 32 bytes these are. */
    public static ContentHash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a content hash has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new ContentHash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    /** The hash of this content. */
    public static ContentHash ofContent(byte[] content) {
        Blake3Hasher hasher = new Blake3Hasher();
        hasher.update(content);
        return hasher.hash();
    }

    /** The hash of this text's UTF-8 bytes. */
    public static ContentHash ofText(String text) {
        return ofContent(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash written as 64 hexadecimal digits. */
    public static ContentHash parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException(
                    "'" + hex + "' is no content hash: " + 2 * BYTES + " hexadecimal digits are expected");
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /** The 32 bytes, as the store holds them. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(a)
                .putLong(b)
                .putLong(c)
                .putLong(d)
                .array();
    }

    @Override
    public int compareTo(ContentHash other) {
        int order = Long.compareUnsigned(a, other.a);
        if (order == 0) {
            order = Long.compareUnsigned(b, other.b);
        }
        if (order == 0) {
            order = Long.compareUnsigned(c, other.c);
        }
        return order != 0 ? order : Long.compareUnsigned(d, other.d);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
