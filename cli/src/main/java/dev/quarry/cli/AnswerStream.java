package dev.quarry.cli;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A buffered stream of UTF-8 that says when its reader has gone, or when what was written is lost, without flushing as
 * {@link #checkError} does.
 */
final class AnswerStream extends PrintStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Watched watched;

    AnswerStream(OutputStream target) {
        this(new Watched(target));
    }

    private AnswerStream(Watched watched) {
        super(new BufferedOutputStream(watched, BUFFER_BYTES), false, StandardCharsets.UTF_8);
        this.watched = watched;
    }

    /**
     * Ends the command if what it writes reaches nobody any more.
     *
     * @throws BrokenPipeException if the reader has gone
     * @throws QuarryException STORAGE if writing has failed otherwise
     */
    static void check(PrintStream stream) {
        IOException failure = failure(stream);
        if (failure == null) {
            return;
        }
        String reason = String.valueOf(failure.getMessage());
        if (isGone(reason)) {
            throw new BrokenPipeException();
        }
        throw new QuarryException(
                ErrorCode.STORAGE,
                "the answer cannot be written to the standard output (" + reason
                        + "): what was written of it is not whole; make room, or write it to another place",
                failure);
    }

    /**
     * Writes what is still buffered, and ends the command as {@link #check} does.
     *
     * @throws BrokenPipeException if the reader has gone
     * @throws QuarryException STORAGE if writing has failed otherwise
     */
    static void finish(PrintStream stream) {
        stream.flush();
        check(stream);
    }

    /** Whether all that was written has gone out as far as it left the buffer. */
    static boolean isWhole(PrintStream stream) {
        return failure(stream) == null;
    }

    private static @Nullable IOException failure(PrintStream stream) {
        return stream instanceof AnswerStream answers ? answers.watched.failure : null;
    }

    /** Java tells the errors of writing by their text alone; those of a pipe and of a socket without a reader. */
    private static boolean isGone(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        return text.contains("broken pipe") || text.contains("connection reset");
    }

    /** Passes bytes on and remembers a failure. */
    private static final class Watched extends OutputStream {
        private final OutputStream target;
        private volatile @Nullable IOException failure;

        Watched(OutputStream target) {
            super();
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                target.write(bytes, offset, length);
            } catch (IOException failed) {
                failure = failed;
                throw failed;
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
