package dev.quarry.embed;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is, where it comes from, and which bytes it is made of.
 *
 * @param name the model's name
 * @param version the version of its artefact
 * @param license the licences of the model and of the artefact that carries it, as an SPDX expression
 * @param source the Maven coordinate of the artefact that carries it
 * @param dimension the length of its vectors
 * @param pooling how a text's vector is made from its tokens' vectors; {@code cls} takes the first token's
 * @param maxTokens how many tokens of a text are read, the two that frame it counted
 * @param recipe the version of {@link EmbeddingText} that the vectors belong to
 * @param model the network
 * @param tokenizer the tokenizer's vocabulary and rules
 */
public record ModelManifest(
        String name,
        String version,
        String license,
        String source,
        int dimension,
        String pooling,
        int maxTokens,
        String recipe,
        ModelFile model,
        ModelFile tokenizer) {

    /**
     * One file of a model.
     *
     * @param name its name in the model's source
     * @param bytes its size
     * @param blake3 the digest of its bytes
     */
    public record ModelFile(String name, long bytes, ContentHash blake3) {
        /** Whether this is the file's content. */
        boolean isOf(byte[] content) {
            return content.length == bytes && ContentHash.ofContent(content).equals(blake3);
        }
    }

    /** Name, version, recipe, length of input and pooling: vectors of different ids are not comparable. */
    public String id() {
        return name + "@" + version + "+" + recipe + "-" + maxTokens + "-" + Pooling.VERSION;
    }

    /** Both files. */
    List<ModelFile> files() {
        return List.of(model, tokenizer);
    }

    /** Reads a manifest; {@code bytes} are to be verified before. */
    static ModelManifest parse(byte[] bytes) {
        try {
            Map<String, @Nullable Object> fields = JsonMap.read(bytes);
            ModelManifest manifest = new ModelManifest(
                    text(fields, "name"),
                    text(fields, "version"),
                    text(fields, "license"),
                    text(fields, "source"),
                    Math.toIntExact(number(fields, "dimension")),
                    text(fields, "pooling"),
                    Math.toIntExact(number(fields, "maxTokens")),
                    text(fields, "recipe"),
                    modelFile(fields, "model"),
                    modelFile(fields, "tokenizer"));
            manifest.check();
            return manifest;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(e.getMessage(), e);
        }
    }

    private void check() {
        if (!pooling.equals("cls")) {
            throw refused("its pooling '" + pooling + "' is not known, only 'cls' is", null);
        }
        if (!recipe.equals(EmbeddingText.RECIPE)) {
            throw refused(
                    "its recipe is '" + recipe + "', but this Quarry makes texts by '" + EmbeddingText.RECIPE + "'",
                    null);
        }
        if (dimension < 1 || maxTokens < 3 || maxTokens > 512) {
            throw refused("its dimension " + dimension + " or its maxTokens " + maxTokens + " is out of range", null);
        }
    }

    private static QuarryException refused(@Nullable String why, @Nullable Throwable cause) {
        return new QuarryException(
                ErrorCode.MODEL_REFUSED,
                "the model's manifest is signed but cannot be used: " + why + "; use the model that ships with Quarry",
                cause);
    }

    private static ModelFile modelFile(Map<String, @Nullable Object> fields, String key) {
        Map<String, @Nullable Object> file = JsonMap.object(fields, key);
        return new ModelFile(text(file, "file"), number(file, "bytes"), ContentHash.parse(text(file, "blake3")));
    }

    private static String text(Map<String, @Nullable Object> fields, String key) {
        if (fields.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("it has no text '" + key + "'");
    }

    private static long number(Map<String, @Nullable Object> fields, String key) {
        if (fields.get(key) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("it has no number '" + key + "'");
    }
}
