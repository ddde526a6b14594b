package dev.quarry.embed;

import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What is fitted of a network that ships, as changes to the file that its jar has: its biases and layer norms, in the place
 * of those of its makers, and what is added to its matrices: matrices of low rank, or changes of each number; made by
 * {@code scripts/tune-model.py} and {@code scripts/tune-questions.py}. Who reads the network checks the bytes that come out.
 *
 * <p>The file: {@code QTU3}; the number of blocks, and of each the offset in the network's file, the length, and the bytes;
 * the number of matrices, and each as {@link LowRankUpdate} has it; what {@link UnitChanges} has. Big-endian, but for the
 * blocks, which are as the network's file has them.
 *
 * @param file where it is
 */
record NetworkTuning(BundledFile file) {
    /** The tuning of the embedding model. */
    static final NetworkTuning OF_EMBEDDING =
            new NetworkTuning(new BundledFile("the tuning of the embedding model", "tuning.bin"));

    /** The tuning of what compares questions. */
    static final NetworkTuning OF_SAME_QUESTION =
            new NetworkTuning(new BundledFile("the tuning of the model of questions", "same-question.bin"));

    private static final int MAGIC = 0x51545533;

    /**
     * A network's file with these changes.
     *
     * @param network is written over
     * @throws QuarryException MODEL_REFUSED if the tuning is damaged or is of a file of another length
     */
    byte[] applied(byte[] tuning, byte[] network) {
        try {
            ByteBuffer in = ByteBuffer.wrap(tuning);
            if (in.getInt() != MAGIC) {
                throw file.refused("begins otherwise", null);
            }
            for (int left = in.getInt(); left > 0; left--) {
                int offset = in.getInt();
                int length = in.getInt();
                in.get(network, offset, length);
            }
            for (int left = in.getInt(); left > 0; left--) {
                LowRankUpdate.read(in).apply(network);
            }
            UnitChanges.read(in).apply(network);
            if (in.hasRemaining()) {
                throw file.refused("is longer than it says", null);
            }
            return network;
        } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
            throw file.refused("does not fit the network of " + network.length + " bytes", e);
        }
    }
}
