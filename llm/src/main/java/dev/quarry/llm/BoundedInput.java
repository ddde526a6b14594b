package dev.quarry.llm;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails once more than a limit was read from it. */
final class BoundedInput extends FilterInputStream {
    private final long max;
    private long count;

    BoundedInput(InputStream in, long max) {
        super(in);
        this.max = max;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        add(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        add(Math.max(0, read));
        return read;
    }

    private void add(int read) throws IOException {
        count += read;
        if (count > max) {
            throw new IOException("the reply is larger than " + max + " bytes");
        }
    }
}
