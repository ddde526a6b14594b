package dev.quarry.embed;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The network of a model: from the numbers of word pieces to one vector.
 *
 * <p>Each run takes one text on the caller's thread. Dynamic quantization gains nothing from larger batches on a CPU, and
 * a text's vector cannot depend on what it is batched with. Safe for use by several threads, each with its own
 * {@link Buffers}.
 */
final class OnnxNetwork implements AutoCloseable {
    private static final String OUTPUT = "last_hidden_state";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final int dimension;
    private final int maxTokens;

    private OnnxNetwork(OrtEnvironment environment, OrtSession session, int dimension, int maxTokens) {
        this.environment = environment;
        this.session = session;
        this.dimension = dimension;
        this.maxTokens = maxTokens;
    }

    /**
     * The network of a model.
     *
     * @throws QuarryException MODEL_REFUSED if it is not what the manifest says; BAD_INPUT if the provider is not there
     */
    static OnnxNetwork of(VerifiedModel model, Provider provider) {
        ModelManifest manifest = model.manifest();
        return of(model.model(), manifest.model().name(), manifest.dimension(), manifest.maxTokens(), provider);
    }

    /**
     * A network in these bytes.
     *
     * @param name of its file
     * @param maxTokens how many pieces it is given at most
     * @throws QuarryException MODEL_REFUSED if its vectors have another dimension, or it is none; BAD_INPUT if the provider
     *     is not there
     */
    static OnnxNetwork of(byte[] bytes, String name, int dimension, int maxTokens, Provider provider) {
        OrtEnvironment environment = OnnxLibrary.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            choose(provider, options);
            OrtSession session = environment.createSession(bytes, options);
            String problem = problem(session, dimension);
            if (problem != null) {
                session.close();
                throw refused(name, problem, null);
            }
            return new OnnxNetwork(environment, session, dimension, maxTokens);
        } catch (OrtException e) {
            throw refused(name, String.valueOf(e.getMessage()), e);
        }
    }

    /** Nothing else is taken in place of what was asked for. */
    private static void choose(Provider provider, OrtSession.SessionOptions options) {
        if (provider == Provider.CUDA) {
            try {
                options.addCUDA();
            } catch (OrtException e) {
                throw new QuarryException(
                        ErrorCode.BAD_INPUT,
                        "-D" + Provider.PROPERTY
                                + "=cuda asks for a graphics card, but this ONNX Runtime cannot use one ("
                                + e.getMessage() + "): put onnxruntime_gpu in place of onnxruntime on the class path,"
                                + " or leave the property out",
                        e);
            }
        }
    }

    private static @Nullable String problem(OrtSession session, int dimension) throws OrtException {
        NodeInfo output = session.getOutputInfo().get(OUTPUT);
        if (output == null || !(output.getInfo() instanceof TensorInfo tensor) || tensor.getShape().length != 3) {
            return "it has no output '" + OUTPUT + "' of a vector for each token";
        }
        long found = tensor.getShape()[2];
        return found == dimension
                ? null
                : "its vectors have " + found + " dimensions, but the manifest says " + dimension;
    }

    private static QuarryException refused(String name, String why, @Nullable Throwable cause) {
        return new QuarryException(
                ErrorCode.MODEL_REFUSED,
                "the model '" + name + "' cannot be run: " + why + "; use the model that ships with Quarry",
                cause);
    }

    /** The memory that one thread's runs share. */
    Buffers buffers() {
        return new Buffers(maxTokens, dimension);
    }

    /** The unit vector of a text's first token, for at most {@code maxTokens} pieces. */
    float[] run(int[] pieces, Buffers buffers) {
        return unit(state(pieces, pieces.length, buffers));
    }

    /** The state of the first token of two texts, for at most {@code maxTokens} pieces. */
    float[] run(WordPiece.Pair pair, Buffers buffers) {
        return state(pair.pieces(), pair.second(), buffers);
    }

    private float[] state(int[] pieces, int second, Buffers buffers) {
        int length = pieces.length;
        buffers.fill(pieces, second);
        long[] shape = {1, length};
        FloatBuffer states = buffers.states.slice(0, length * dimension);
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, buffers.ids.slice(0, length), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, buffers.ones.slice(0, length), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, buffers.types.slice(0, length), shape);
                OnnxTensor output = OnnxTensor.createTensor(environment, states, new long[] {1, length, dimension});
                OrtSession.Result _ = session.run(
                        Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types),
                        Map.of(OUTPUT, output))) {
            float[] state = new float[dimension];
            states.get(0, state);
            return state;
        } catch (OrtException e) {
            throw new QuarryException(ErrorCode.INTERNAL, "the embedding model failed: " + e.getMessage(), e);
        }
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / norm);
        }
        return vector;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new QuarryException(ErrorCode.INTERNAL, "the embedding model cannot be closed: " + e.getMessage(), e);
        }
    }

    /** Direct memory for inputs and output; belongs to one run at a time. */
    static final class Buffers {
        private final LongBuffer ids;
        private final LongBuffer ones;
        private final LongBuffer types;
        private final FloatBuffer states;

        private Buffers(int maxTokens, int dimension) {
            ids = longs(maxTokens);
            ones = longs(maxTokens);
            types = longs(maxTokens);
            for (int i = 0; i < maxTokens; i++) {
                ones.put(i, 1);
            }
            states = bytes(maxTokens * dimension * Float.BYTES).asFloatBuffer();
        }

        private void fill(int[] pieces, int second) {
            for (int i = 0; i < pieces.length; i++) {
                ids.put(i, pieces[i]);
                types.put(i, i < second ? 0 : 1);
            }
        }

        private static LongBuffer longs(int count) {
            return bytes(count * Long.BYTES).asLongBuffer();
        }

        private static ByteBuffer bytes(int size) {
            return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        }
    }
}
