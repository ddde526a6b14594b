package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongFunction;

/**
 * One open store of the engine: scripts and batches go in, rows come out. Safe for use by several threads; a call after
 * {@link #close()} fails with {@link EngineException}.
 *
 * <p>RocksDB takes no more writes once one has met a failing disk, also when the disk is well again. {@link #reopen} mends
 * that.
 */
final class Engine implements AutoCloseable {
    private static final byte[] NOWHERE = {};
    /** Where RocksDB has its files below the store's directory. */
    private static final String DATA = "data";

    private final byte[] path;
    private final long cacheBytes;
    /** Calls share it; the one that opens anew has it alone. */
    private final ReentrantReadWriteLock opening = new ReentrantReadWriteLock();

    private volatile long handle;
    private volatile boolean isLost;
    private volatile boolean hasFailed;

    private Engine(byte[] path, long cacheBytes) {
        this.path = path;
        this.cacheBytes = cacheBytes;
        this.handle = openNative();
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
        return new Engine(path, cacheBytes);
    }

    private Path directory() {
        return Path.of(new String(path, StandardCharsets.UTF_8));
    }

    private long openNative() {
        if (path.length > 0) {
            try {
                TornLogs.empty(directory().resolve(DATA));
            } catch (IOException e) {
                throw new EngineException("io", "IO error: " + e);
            }
        }
        try (Reply reply = Reply.of(NativeEngine.open(path, cacheBytes))) {
            return reply.bytes().getLong(Reply.BODY);
        }
    }

    /** Whether a write met a failing disk since the store was opened. */
    boolean hasFailed() {
        return hasFailed;
    }

    /**
     * Opens the store anew, if it is on disk; calls wait meanwhile. A write that failed may be found done: whoever keeps
     * what the store says must read it again. If the store cannot be opened, every later call tries it.
     *
     * @throws IOException if the disk still takes no data; then the store stays open for reads
     */
    void reopen() throws IOException {
        if (path.length == 0) {
            hasFailed = false;
            return;
        }
        DurableFiles.probe(directory());
        opening.writeLock().lock();
        try {
            if (!isLost) {
                isLost = true;
                Reply.of(NativeEngine.close(handle)).close();
            }
            openIfLost();
            hasFailed = false;
        } finally {
            opening.writeLock().unlock();
        }
    }

    private void openIfLost() {
        opening.writeLock().lock();
        try {
            if (isLost) {
                handle = openNative();
                isLost = false;
            }
        } finally {
            opening.writeLock().unlock();
        }
    }

    private Reply call(LongFunction<ByteBuffer> work) {
        if (isLost) {
            openIfLost();
        }
        opening.readLock().lock();
        try {
            return Reply.of(work.apply(handle));
        } finally {
            opening.readLock().unlock();
        }
    }

    private Reply callWriting(LongFunction<ByteBuffer> work) {
        try {
            return call(work);
        } catch (EngineException e) {
            hasFailed |= EngineFailures.isDisk(e.text());
            throw e;
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
        LongFunction<ByteBuffer> work = open ->
                NativeEngine.run(open, script, encoded.array(), encoded.length(), mutable, seconds, bytes, rows);
        return new Rows(mutable ? callWriting(work) : call(work));
    }

    /** Writes all of a batch in one transaction, or nothing. */
    void write(WriteBatch batch) {
        ByteSink encoded = batch.encode();
        callWriting(open -> NativeEngine.write(open, encoded.array(), encoded.length()))
                .close();
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
        opening.writeLock().lock();
        try {
            if (!isLost) {
                Reply.of(NativeEngine.close(handle)).close();
            }
        } finally {
            isLost = false;
            opening.writeLock().unlock();
        }
    }
}
