package dev.quarry.schema;

import org.apache.commons.codec.digest.Blake3;

/** An incremental BLAKE3-256 computation. Not safe for use by several threads. */
public final class Blake3Hasher {
    private final Blake3 state = Blake3.initHash();

    /** Adds these bytes. */
    public void update(byte[] bytes) {
        state.update(bytes);
    }

    /** Adds a part of these bytes. */
    public void update(byte[] bytes, int offset, int length) {
        state.update(bytes, offset, length);
    }

    /** Adds one byte. */
    public void update(byte value) {
        state.update(new byte[] {value}, 0, 1);
    }

    /** The 32 bytes of the hash of all that was added. */
    public byte[] digest() {
        byte[] digest = new byte[ContentHash.BYTES];
        state.doFinalize(digest);
        return digest;
    }

    /** The hash of all that was added. */
    public ContentHash hash() {
        return ContentHash.of(digest());
    }
}
