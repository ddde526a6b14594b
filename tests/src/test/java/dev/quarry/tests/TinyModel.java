package dev.quarry.tests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes a language model of two layers in the format GGUF: the architecture of Llama, a vocabulary of bytes and of some
 * words, weights by chance. What it says means nothing, but it is said by a real server.
 */
final class TinyModel {
    private static final long SEED = 7;
    private static final int WIDTH = 64;
    private static final int INNER = 128;
    private static final int HEADS = 4;
    private static final int LAYERS = 2;
    /** The most tokens of a conversation. */
    static final int CONTEXT = 16_384;

    private static final int BYTES = 256;
    private static final int ALIGNMENT = 32;
    private static final int VERSION = 3;
    private static final List<String> WORDS = List.of(
            "trim", "text", "blank", "returns", "string", "method", "class", "null", "value", "list", "number", "test");

    /** The kinds of tokens that say something about themselves. */
    private static final int UNKNOWN_TOKEN = 2;

    private static final int CONTROL_TOKEN = 3;
    private static final int NORMAL_TOKEN = 1;
    private static final int BYTE_TOKEN = 6;

    private final Random random = new Random(SEED);
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> kinds = new ArrayList<>();
    private final Map<String, long[]> shapes = new LinkedHashMap<>();
    private final Map<String, float[]> weights = new LinkedHashMap<>();
    private int metadata;

    private TinyModel() {
        token("<unk>", UNKNOWN_TOKEN);
        token("<s>", CONTROL_TOKEN);
        token("</s>", CONTROL_TOKEN);
        for (int value = 0; value < BYTES; value++) {
            token("<0x%02X>".formatted(value), BYTE_TOKEN);
        }
        for (String word : WORDS) {
            token("\u2581" + word, NORMAL_TOKEN);
        }
    }

    /** Writes the model. */
    static void write(Path file) throws IOException {
        Files.write(file, new TinyModel().bytes());
    }

    private void token(String text, int kind) {
        tokens.add(text);
        kinds.add(kind);
    }

    private byte[] bytes() {
        tensors();
        ByteArrayOutputStream described = new ByteArrayOutputStream();
        describe(described);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        number32(out, VERSION);
        number64(out, weights.size());
        number64(out, metadata);
        out.writeBytes(described.toByteArray());
        long offset = 0;
        for (Map.Entry<String, float[]> tensor : weights.entrySet()) {
            string(out, tensor.getKey());
            long[] shape = shapes.getOrDefault(tensor.getKey(), new long[0]);
            number32(out, shape.length);
            for (long size : shape) {
                number64(out, size);
            }
            number32(out, 0);
            number64(out, offset);
            offset += aligned((long) tensor.getValue().length * Float.BYTES);
        }
        pad(out);
        for (float[] values : weights.values()) {
            ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            buffer.asFloatBuffer().put(values);
            out.writeBytes(buffer.array());
            pad(out);
        }
        return out.toByteArray();
    }

    private void tensors() {
        int words = tokens.size();
        tensor("token_embd.weight", 1, WIDTH, words);
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "blk." + layer + ".";
            ones(name + "attn_norm.weight");
            for (String part : List.of("q", "k", "v", "output")) {
                tensor(name + "attn_" + part + ".weight", 0.1f, WIDTH, WIDTH);
            }
            ones(name + "ffn_norm.weight");
            tensor(name + "ffn_gate.weight", 0.1f, WIDTH, INNER);
            tensor(name + "ffn_up.weight", 0.1f, WIDTH, INNER);
            tensor(name + "ffn_down.weight", 0.1f, INNER, WIDTH);
        }
        ones("output_norm.weight");
        float[] output = tensor("output.weight", 1, WIDTH, words);
        // Nothing but words is ever the likeliest token: what the others score is nothing.
        java.util.Arrays.fill(output, 0, WIDTH * (words - WORDS.size()), 0);
    }

    private float[] tensor(String name, float scale, int columns, int rows) {
        float[] values = new float[columns * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * scale;
        }
        shapes.put(name, new long[] {columns, rows});
        weights.put(name, values);
        return values;
    }

    private void ones(String name) {
        float[] values = new float[WIDTH];
        java.util.Arrays.fill(values, 1);
        shapes.put(name, new long[] {WIDTH});
        weights.put(name, values);
    }

    private void describe(ByteArrayOutputStream out) {
        text(out, "general.architecture", "llama");
        text(out, "general.name", "tiny");
        whole(out, "llama.context_length", CONTEXT);
        whole(out, "llama.embedding_length", WIDTH);
        whole(out, "llama.block_count", LAYERS);
        whole(out, "llama.feed_forward_length", INNER);
        whole(out, "llama.attention.head_count", HEADS);
        whole(out, "llama.rope.dimension_count", WIDTH / HEADS);
        key(out, "llama.attention.layer_norm_rms_epsilon", 6);
        number32(out, Float.floatToIntBits(1e-5f));
        text(out, "tokenizer.ggml.model", "llama");
        text(out, "tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{% endfor %}");
        whole(out, "tokenizer.ggml.unknown_token_id", 0);
        whole(out, "tokenizer.ggml.bos_token_id", 1);
        whole(out, "tokenizer.ggml.eos_token_id", 2);
        list(out, "tokenizer.ggml.tokens", 8);
        tokens.forEach(token -> string(out, token));
        list(out, "tokenizer.ggml.scores", 6);
        tokens.forEach(token -> number32(out, Float.floatToIntBits(-token.length())));
        list(out, "tokenizer.ggml.token_type", 5);
        kinds.forEach(kind -> number32(out, kind));
    }

    private void key(ByteArrayOutputStream out, String key, int type) {
        metadata++;
        string(out, key);
        number32(out, type);
    }

    private void list(ByteArrayOutputStream out, String key, int type) {
        key(out, key, 9);
        number32(out, type);
        number64(out, tokens.size());
    }

    private void text(ByteArrayOutputStream out, String key, String value) {
        key(out, key, 8);
        string(out, value);
    }

    private void whole(ByteArrayOutputStream out, String key, int value) {
        key(out, key, 4);
        number32(out, value);
    }

    private static void string(ByteArrayOutputStream out, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        number64(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static void number64(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }

    private static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void pad(ByteArrayOutputStream out) {
        while (out.size() % ALIGNMENT != 0) {
            out.write(0);
        }
    }
}
