package dev.quarry.schema;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * A UUIDv7 (RFC 9562): 48 bits of milliseconds since 1970, then bits that keep versions of one store in order.
 *
 * <p>The 16 bytes sort by time when they are compared unsigned, which is how the store compares them.
 */
public record Version(long high, long low) implements Comparable<Version> {
    /** The number of bytes of a version in the store. */
    public static final int BYTES = 16;

    private static final long VERSION_MASK = 0xF000L;
    private static final long VERSION_7 = 0x7000L;

    /** Rejects bits that are no UUIDv7. */
    public Version {
        if ((high & VERSION_MASK) != VERSION_7 || low >>> 62 != 0b10) {
            throw new IllegalArgumentException("not a UUIDv7: " + new UUID(high, low));
        }
    }

    /** The version whose 16 bytes these are. */
    public static Version of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a version has " + BYTES + " bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Version(buffer.getLong(), buffer.getLong());
    }

    /** The version of this text, in the form of a UUID. */
    public static Version parse(String text) {
        UUID uuid = UUID.fromString(text);
        return new Version(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /** The 16 bytes, as the store holds them. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** When this version was made, to the millisecond. */
    public Instant instant() {
        return Instant.ofEpochMilli(high >>> 16);
    }

    @Override
    public int compareTo(Version other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }
}
