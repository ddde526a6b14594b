package dev.quarry.embed;

import dev.quarry.schema.QuarryException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * The numbers of the network that ships which are fitted to Java: its biases and layer norms, in the place of those that
 * its jar has; made by {@code scripts/tune-model.py}. The bytes that come out are what the signed manifest describes.
 *
 * <p>The file: {@code QTU1}, the number of blocks; of each block the offset in the network's file, the length, and the
 * bytes. Big-endian, but for the blocks, which are as the network's file has them.
 */
final class NetworkTuning {
    /** Where it is. */
    static final BundledFile FILE = new BundledFile("the tuning of the embedding model", "tuning.bin");

    private static final int MAGIC = 0x51545531;

    private NetworkTuning() {}

    /**
     * A network's file with these numbers.
     *
     * @param network is written over
     * @throws QuarryException MODEL_REFUSED if the tuning is damaged or is of a file of another length
     */
    static byte[] applied(byte[] tuning, byte[] network) {
        try {
            ByteBuffer in = ByteBuffer.wrap(tuning);
            if (in.getInt() != MAGIC) {
                throw FILE.refused("begins otherwise", null);
            }
            int blocks = in.getInt();
            for (int block = 0; block < blocks; block++) {
                int offset = in.getInt();
                int length = in.getInt();
                in.get(network, offset, length);
            }
            if (in.hasRemaining()) {
                throw FILE.refused("is longer than it says", null);
            }
            return network;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw FILE.refused("does not fit the network of " + network.length + " bytes", e);
        }
    }
}
