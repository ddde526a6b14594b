package dev.quarry.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The identity of a node: the first 16 bytes of the BLAKE3 hash of its kind, qualified name and erased signature.
 *
 * <p>A method keeps its id while its body changes, and two indexes of the same text agree on every id.
 */
public record NodeId(long high, long low) implements Comparable<NodeId> {
    /** The number of bytes of an id in the store. */
    public static final int BYTES = 16;

    /** The id of no node: the file of a node that has none. */
    public static final NodeId NONE = new NodeId(0, 0);

    /** The id of a declaration; {@code signature} is empty for all but callables. */
    public static NodeId of(NodeKind kind, String qualifiedName, String signature) {
        Blake3Hasher hasher = new Blake3Hasher();
        hasher.update(kind.name().getBytes(StandardCharsets.US_ASCII));
        hasher.update((byte) 0);
        hasher.update(qualifiedName.getBytes(StandardCharsets.UTF_8));
        hasher.update((byte) 0);
        hasher.update(signature.getBytes(StandardCharsets.UTF_8));
        return read(ByteBuffer.wrap(hasher.digest()));
    }

    /** Reads an id, most significant byte first, and moves the buffer behind it; the buffer must be big-endian. */
    public static NodeId read(ByteBuffer bytes) {
        return new NodeId(bytes.getLong(), bytes.getLong());
    }

    /** The id of these 16 bytes. */
    public static NodeId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a node id has " + BYTES + " bytes, not " + bytes.length);
        }
        return read(ByteBuffer.wrap(bytes));
    }

    /** The id written as 32 hexadecimal digits. */
    public static NodeId parse(String hex) {
        if (!isNodeId(hex)) {
            throw new IllegalArgumentException("'" + hex + "' is no node id: 32 hexadecimal digits are expected");
        }
        return of(HexFormat.of().parseHex(hex));
    }

    /** Whether this text could be an id. */
    public static boolean isNodeId(String text) {
        return text.length() == 2 * BYTES && text.chars().allMatch(HexFormat::isHexDigit);
    }

    /** The 16 bytes, as the store holds them. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** Unsigned order of the bytes, as the store sorts them. */
    @Override
    public int compareTo(NodeId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(toBytes());
    }
}
