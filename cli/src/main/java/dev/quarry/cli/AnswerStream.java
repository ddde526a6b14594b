package dev.quarry.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A buffered stream of UTF-8 that says when its reader has gone, without flushing as {@link #checkError} does. */
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
     * Ends the command if nobody reads the answer any more.
     *
     * @throws BrokenPipeException if writing has failed
     */
    static void check(PrintStream stream) {
        if (stream instanceof AnswerStream answers && answers.watched.failed) {
            throw new BrokenPipeException();
        }
    }

    /** Passes bytes on and remembers a failure. */
    private static final class Watched extends OutputStream {
        private final OutputStream target;
        private volatile boolean failed;

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
            } catch (IOException gone) {
                failed = true;
                throw gone;
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
