package dev.quarry.embed;

import dev.quarry.embed.ModelManifest.ModelFile;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.QuarryException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells whether two questions ask the same, so that one answer serves both. Vectors of whole questions cannot: a question
 * and one that differs in a word that matters lie closer together than two ways of asking one thing. This network reads both
 * questions at once. It is the embedding model's, fitted to pairs of questions by {@code scripts/tune-questions.py}.
 *
 * <p>Safe for use by several threads, one at a time.
 */
public final class SameQuestionModel implements AutoCloseable {
    /** The most pieces that two questions may have together; longer ones are not compared. */
    static final int TOKENS_MAX = 128;

    private static final ModelFile NETWORK = new ModelFile(
            "bge-small-en-v1.5-q.onnx",
            34_014_426,
            ContentHash.parse("110422e45ccdece804bbd84673b153eaefaff9f12e517bdfe3a66dd294302f10"));
    private static final BundledFile HEAD =
            new BundledFile("the head of the model of questions", "same-question-head.bin");

    private final WordPiece tokenizer;
    private final OnnxNetwork network;
    private final OnnxNetwork.Buffers buffers;
    private final float[] weights;
    private final float start;
    private final ReentrantLock lock = new ReentrantLock();

    private SameQuestionModel(WordPiece tokenizer, OnnxNetwork network, ByteBuffer head) {
        this.tokenizer = tokenizer;
        this.network = network;
        this.buffers = network.buffers();
        start = head.getFloat();
        weights = new float[head.remaining() / Float.BYTES];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = head.getFloat();
        }
    }

    /**
     * Loads the one that ships with Quarry.
     *
     * @throws QuarryException MODEL_REFUSED if a file is missing or not the one that ships
     */
    public static SameQuestionModel bundled() {
        ModelManifest manifest = InstalledModels.ofUser().bundled();
        byte[] head = head(manifest.dimension());
        WordPiece tokenizer = WordPiece.of(VerifiedModel.read(ModelSource.bundled(), manifest.tokenizer()));
        OnnxNetwork network = OnnxNetwork.of(
                VerifiedModel.read(ModelSource.sameQuestion(), NETWORK),
                NETWORK.name(),
                manifest.dimension(),
                TOKENS_MAX,
                Provider.CPU);
        return new SameQuestionModel(tokenizer, network, ByteBuffer.wrap(head));
    }

    private static byte[] head(int dimension) {
        byte[] bytes = HEAD.bytes();
        if (bytes == null || bytes.length != (1 + dimension) * Float.BYTES) {
            throw HEAD.refused("is missing or damaged", null);
        }
        return bytes;
    }

    /**
     * How sure it is that two questions ask the same, as the logarithm of the odds; of questions that are too long together,
     * not at all.
     */
    public double logOdds(String one, String other) {
        return tokenizer.encode(one, other, TOKENS_MAX).map(this::logOdds).orElse(Double.NEGATIVE_INFINITY);
    }

    private double logOdds(WordPiece.Pair pair) {
        float[] state;
        lock.lock();
        try {
            state = network.run(pair, buffers);
        } finally {
            lock.unlock();
        }
        double sum = start;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * state[i];
        }
        return sum;
    }

    /** Waits for the comparison under way and frees the memory. */
    @Override
    public void close() {
        lock.lock();
        try {
            network.close();
        } finally {
            lock.unlock();
        }
    }
}
