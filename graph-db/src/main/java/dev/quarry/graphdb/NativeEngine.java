package dev.quarry.graphdb;

import java.nio.ByteBuffer;

/**
 * The native methods, all of them.
 *
 * <p>Each but {@link #free} answers with a reply: a direct buffer over native memory that {@link Reply} reads and frees. No
 * method throws for a failure of the engine; the reply says what failed. All are safe for use by several threads, once
 * {@link NativeLibrary#load()} has returned.
 */
final class NativeEngine {
    private NativeEngine() {}

    /** Opens the store in this directory (UTF-8), or one in memory if the path is empty; the reply holds its handle. */
    static native ByteBuffer open(byte[] path, long cacheBytes);

    /**
     * Runs a script and answers with its rows.
     *
     * @param script UTF-8
     * @param params as {@link Params} writes them
     * @param mutable whether the script may write
     * @param seconds the longest time it may take; no limit if not positive
     * @param bytes how much memory its intermediate results may take, as the engine estimates it; no limit if not positive
     * @param rows how many rows are handed back at most
     */
    static native ByteBuffer run(
            long handle,
            byte[] script,
            byte[] params,
            int paramsLength,
            boolean mutable,
            double seconds,
            long bytes,
            int rows);

    /** Writes the batches that {@link WriteBatch} has laid out, in one transaction. */
    static native ByteBuffer write(long handle, byte[] batches, int length);

    /** Closes a store; calls that are still running in it end first, in the background. */
    static native ByteBuffer close(long handle);

    /** The BLAKE3-256 hash of the first {@code length} bytes. */
    static native ByteBuffer hash(byte[] content, int length);

    /** Frees the memory of a reply, which must not be read afterwards, nor freed again. */
    static native void free(ByteBuffer reply);
}
