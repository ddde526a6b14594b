package dev.quarry.graphdb;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The answer of a native method: native memory that is read in place and freed by {@link #close()}, or, should a reply be
 * lost, by a cleaner.
 *
 * <p>{@code reply = status: int, flags: int, body}; a body that says a failure is {@code code: text, message: text}.
 */
final class Reply implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int STATUS = 0;
    private static final int FLAGS = 4;
    private static final int FAILED = 1;
    private static final int TRUNCATED = 1;

    /** Where the body begins. */
    static final int BODY = 8;

    private final ByteBuffer bytes;
    private final Cleaner.Cleanable memory;

    private Reply(ByteBuffer owned) {
        this.bytes = owned.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.memory = CLEANER.register(this, new Release(owned));
    }

    /**
     * Takes over what a native method gave.
     *
     * @throws EngineException if the call failed
     */
    static Reply of(ByteBuffer owned) {
        Reply reply = new Reply(owned);
        if (reply.bytes.getInt(STATUS) == FAILED) {
            try (reply) {
                throw reply.failure();
            }
        }
        return reply;
    }

    /** The bytes, little-endian, until this reply is closed. */
    ByteBuffer bytes() {
        return bytes;
    }

    /** Whether rows were left out because of the limit. */
    boolean isTruncated() {
        return bytes.getInt(FLAGS) == TRUNCATED;
    }

    @Override
    public void close() {
        memory.clean();
    }

    private EngineException failure() {
        ByteBuffer body = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(BODY);
        return new EngineException(Wire.text(body), Wire.text(body));
    }

    /** Frees once; refers to the memory only, so that an unreachable reply can be found. */
    private record Release(ByteBuffer owned, AtomicBoolean done) implements Runnable {
        Release(ByteBuffer owned) {
            this(owned, new AtomicBoolean());
        }

        @Override
        public void run() {
            if (done.compareAndSet(false, true)) {
                NativeEngine.free(owned);
            }
        }
    }
}
