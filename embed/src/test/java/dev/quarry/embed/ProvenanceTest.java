package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that ships is copied to a directory, signed there with a key made for the test, and then tampered with. */
class ProvenanceTest {
    private static final String MODEL = "bge-small-en-v1.5-q.onnx";
    private static final String TOKENIZER = "bge-small-en-v1.5-q-tokenizer.json";
    private static final EmbedOptions OPTIONS = new EmbedOptions(1);

    @TempDir
    Path directory;

    private Path privateKey;
    private PublicKey publicKey;

    @BeforeEach
    void copyModel() throws IOException {
        ModelSource bundled = ModelSource.bundled();
        Files.write(directory.resolve(MODEL), bundled.file(MODEL));
        Files.write(directory.resolve(TOKENIZER), bundled.file(TOKENIZER));
        Files.write(directory.resolve("manifest.json"), bundled.manifest());
        privateKey = directory.resolve("private");
        Path publicFile = directory.resolve("public");
        ManifestSigner.main(new String[] {"keys", privateKey.toString(), publicFile.toString()});
        publicKey = VerifiedModel.key(Files.readString(publicFile));
        sign();
    }

    @Test
    void open_signedDirectory_embedsAsTheBundledModel() {
        try (EmbeddingModel mine = open();
                EmbeddingModel bundled = EmbeddingModel.open(ModelSource.bundled(), OPTIONS)) {
            assertThat(mine.embedQuery("reads a file")).isEqualTo(bundled.embedQuery("reads a file"));
            assertThat(mine.id()).isEqualTo(bundled.id());
        }
    }

    @Test
    void open_signedWithAnotherKey_refused() {
        assertThatThrownBy(() -> EmbeddingModel.open(ModelSource.directory(directory), OPTIONS))
                .isInstanceOfSatisfying(QuarryException.class, ProvenanceTest::isRefused)
                .hasMessageContaining("does not match its signature");
    }

    @Test
    void open_changedByteOfModel_refused() throws IOException {
        byte[] changed = flip(MODEL, 20_000_000);
        assertRefused(
                MODEL,
                "expected 34014426 bytes with BLAKE3 "
                        + ContentHash.ofContent(ModelSource.bundled().file(MODEL)),
                "found 34014426 bytes with BLAKE3 " + ContentHash.ofContent(changed),
                "restore the file");
    }

    @Test
    void open_changedByteOfTokenizer_refused() throws IOException {
        flip(TOKENIZER, 300_000);
        assertRefused(TOKENIZER, "restore the file");
    }

    @Test
    void open_changedByteOfManifest_refused() throws IOException {
        flip("manifest.json", 20);
        assertRefused("does not match its signature");
    }

    @Test
    void open_changedByteOfSignature_refused() throws IOException {
        flip("manifest.sig", 5);
        assertRefused("does not match its signature");
    }

    @Test
    void open_shortenedSignature_refused() throws IOException {
        Files.write(directory.resolve("manifest.sig"), new byte[] {1, 2, 3});
        assertRefused("does not match its signature");
    }

    @Test
    void open_missingFile_refused() throws IOException {
        Files.delete(directory.resolve(TOKENIZER));
        assertRefused(directory.resolve(TOKENIZER) + " is missing");
    }

    @Test
    void open_signedWrongDimension_refused() throws IOException {
        rewriteManifest("\"dimension\": 384", "\"dimension\": 512");
        assertRefused("384 dimensions, but the manifest says 512");
    }

    @Test
    void open_signedOtherRecipe_refused() throws IOException {
        rewriteManifest(EmbeddingText.RECIPE, "code-only-7");
        assertRefused("code-only-7", EmbeddingText.RECIPE);
    }

    @Test
    void open_signedOtherPooling_refused() throws IOException {
        rewriteManifest("\"cls\"", "\"mean\"");
        assertRefused("pooling 'mean'");
    }

    @Test
    void open_signedManifestWithoutDigest_refused() throws IOException {
        rewriteManifest("\"blake3\"", "\"sha256\"");
        assertRefused("no text 'blake3'");
    }

    @Test
    void open_signedNonsense_refused() throws IOException {
        Files.writeString(directory.resolve("manifest.json"), "[1, 2");
        sign();
        assertRefused("signed but cannot be used");
    }

    @Test
    void keys_existingFile_isNotOverwritten() throws IOException {
        String before = Files.readString(privateKey);
        assertThatThrownBy(() -> ManifestSigner.makeKeys(privateKey, directory.resolve("other")))
                .isInstanceOf(QuarryException.class);
        assertThat(Files.readString(privateKey)).isEqualTo(before);
    }

    @Test
    void main_wrongArguments_tellsUsage() {
        assertThatThrownBy(() -> ManifestSigner.main(new String[] {"sign"})).hasMessageStartingWith("usage:");
    }

    private void sign() {
        String manifest = directory.resolve("manifest.json").toString();
        String signature = directory.resolve("manifest.sig").toString();
        ManifestSigner.main(new String[] {"sign", manifest, privateKey.toString(), signature});
    }

    private void rewriteManifest(String from, String to) throws IOException {
        Path file = directory.resolve("manifest.json");
        String before = Files.readString(file);
        assertThat(before).contains(from);
        Files.write(file, before.replace(from, to).getBytes(StandardCharsets.UTF_8));
        sign();
    }

    private byte[] flip(String name, int offset) throws IOException {
        Path file = directory.resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
        return bytes;
    }

    private EmbeddingModel open() {
        return EmbeddingModel.open(ModelSource.directory(directory), OPTIONS, publicKey);
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(QuarryException.class, ProvenanceTest::isRefused)
                .hasMessageContainingAll(parts);
    }

    private static void isRefused(QuarryException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_REFUSED);
    }
}
