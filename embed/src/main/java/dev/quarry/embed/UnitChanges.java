package dev.quarry.embed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.InflaterInputStream;

/**
 * Changes of single numbers of a quantized network: of runs of 8-bit numbers in the network's file, what is added to each.
 *
 * <p>How it is written: the number of runs; of each the offset in the network's file and the length; the length of what
 * follows, and what is added, a byte for each number of all runs in their order, deflated.
 */
final class UnitChanges {
    private final int[] offsets;
    private final int[] lengths;
    private final byte[] deflated;

    private UnitChanges(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / (2 * Integer.BYTES)) {
            throw new IndexOutOfBoundsException(count + " runs in " + in.remaining() + " bytes");
        }
        offsets = new int[count];
        lengths = new int[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = in.getInt();
            lengths[i] = in.getInt();
        }
        deflated = LowRankUpdate.bytes(in, in.getInt());
    }

    /**
     * Reads them.
     *
     * @throws java.nio.BufferUnderflowException if they are cut off
     * @throws IndexOutOfBoundsException if they are damaged
     */
    static UnitChanges read(ByteBuffer in) {
        return new UnitChanges(in);
    }

    /**
     * Adds them to the numbers in the network's file.
     *
     * @throws IndexOutOfBoundsException if the file is shorter
     * @throws IOException if what is added is damaged
     */
    void apply(byte[] network) throws IOException {
        try (InputStream added = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            for (int i = 0; i < offsets.length; i++) {
                Objects.checkFromIndexSize(offsets[i], lengths[i], network.length);
                add(added.readNBytes(lengths[i]), network, offsets[i], lengths[i]);
            }
            if (offsets.length > 0 && added.read() >= 0) {
                throw new IOException("more is added than there are numbers");
            }
        }
    }

    private static void add(byte[] added, byte[] network, int offset, int length) throws IOException {
        if (added.length != length) {
            throw new IOException("only " + added.length + " of " + length + " numbers are there");
        }
        for (int i = 0; i < length; i++) {
            network[offset + i] += added[i];
        }
    }
}
