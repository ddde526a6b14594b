package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One open store of the engine: scripts and batches go in, rows come out. Safe for use by several threads; a call after
 * {@link #close()} fails with {@link EngineException}.
 */
final class Engine implements AutoCloseable {
    private static final byte[] NOWHERE = {};

    private final long handle;

    private Engine(long handle) {
        this.handle = handle;
    }

    /** Opens the store in this directory, which is made if it is missing. */
    static Engine open(Path directory, long cacheBytes) {
        return open(directory.toString().getBytes(StandardCharsets.UTF_8), cacheBytes);
    }

    /** A store in memory, gone when it is closed. */
    static Engine inMemory() {
        return open(NOWHERE, 0);
    }

    private static Engine open(byte[] path, long cacheBytes) {
        NativeLibrary.load();
        try (Reply reply = Reply.of(NativeEngine.open(path, cacheBytes))) {
            return new Engine(reply.bytes().getLong(Reply.BODY));
        }
    }

    /** Runs a read-only script of ours. */
    Rows read(Script script, Params params) {
        return run(script.utf8(), params, false, 0, 0, Integer.MAX_VALUE);
    }

    /** Runs a read-only script of a user within these limits. */
    Rows read(String script, Params params, QueryLimits limits) {
        return run(
                script.getBytes(StandardCharsets.UTF_8),
                params,
                false,
                limits.seconds(),
                limits.memoryBytes(),
                limits.rows());
    }

    /** Runs a script that may write: for the schema and for indexes. */
    void execute(String script, Params params) {
        run(script.getBytes(StandardCharsets.UTF_8), params, true, 0, 0, 0).close();
    }

    private Rows run(byte[] script, Params params, boolean mutable, double seconds, long bytes, int rows) {
        ByteSink encoded = params.encode();
        return new Rows(Reply.of(
                NativeEngine.run(handle, script, encoded.array(), encoded.length(), mutable, seconds, bytes, rows)));
    }

    /** Writes all of a batch in one transaction, or nothing. */
    void write(WriteBatch batch) {
        ByteSink encoded = batch.encode();
        Reply.of(NativeEngine.write(handle, encoded.array(), encoded.length())).close();
    }

    /** The hash of what a sink holds. */
    static ContentHash hash(ByteSink content) {
        NativeLibrary.load();
        try (Reply reply = Reply.of(NativeEngine.hash(content.array(), content.length()))) {
            ByteBuffer digest =
                    reply.bytes().duplicate().order(ByteOrder.BIG_ENDIAN).position(Reply.BODY);
            return new ContentHash(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
        }
    }

    @Override
    public void close() {
        Reply.of(NativeEngine.close(handle)).close();
    }
}
