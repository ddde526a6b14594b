package dev.quarry.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are added beside the one that ships. */
class InstalledModelsTest {
    private static final String UNTUNED =
            "bge-small-en-v1.5-q@1.20.0-beta30+" + EmbeddingText.RECIPE + "-128-" + Pooling.VERSION;

    @TempDir
    Path folder;

    private Path directory = Path.of("");
    private Path key = Path.of("");

    private InstalledModels models() {
        return InstalledModels.at(folder.resolve("models"));
    }

    @BeforeEach
    void makeModel() throws IOException {
        directory = Files.createDirectory(folder.resolve("mine"));
        key = directory.resolve("public");
        ModelSource shipped = ModelSource.bundled();
        ModelManifest manifest = models().bundled();
        for (String file :
                new String[] {manifest.model().name(), manifest.tokenizer().name()}) {
            Files.write(directory.resolve(file), shipped.file(file));
        }
        Files.write(directory.resolve("manifest.json"), shipped.manifest());
        edit("\"maxTokens\": 128", "\"maxTokens\": 16");
        ManifestSigner.main(new String[] {"keys", directory.resolve("private").toString(), key.toString()});
        sign();
    }

    private void edit(String from, String to) throws IOException {
        Path file = directory.resolve("manifest.json");
        String text = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void sign() {
        ManifestSigner.main(new String[] {
            "sign",
            directory.resolve("manifest.json").toString(),
            directory.resolve("private").toString(),
            directory.resolve("manifest.sig").toString()
        });
    }

    @Test
    void add_signedModel_isThereBesideTheBundledOne() throws IOException {
        String id = models().add(directory, Optional.of(key)).id();
        Files.delete(directory.resolve("manifest.json"));

        assertThat(models().all())
                .extracting(ModelManifest::id)
                .containsExactly(models().bundled().id(), UNTUNED, id);
        try (EmbeddingModel model = models().open(id, new EmbedOptions(1)).orElseThrow()) {
            assertThat(model.id()).isEqualTo(id);
            assertThat(model.embedQuery("reads a file")).hasSize(model.dimension());
        }
        assertThat(models().open("none@1", new EmbedOptions(1))).isEmpty();
    }

    @Test
    void open_untuned_isTheModelOfItsMakers() {
        try (EmbeddingModel untuned =
                        models().open(UNTUNED, new EmbedOptions(1)).orElseThrow();
                EmbeddingModel tuned = EmbeddingModel.open(ModelSource.bundled(), new EmbedOptions(1))) {
            float[] vector = untuned.embedQuery("check whether a string is blank");
            assertThat(Arrays.copyOf(vector, 3))
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(-0.119693f, -0.039222f, -0.004861f);
            assertThat(vector).isNotEqualTo(tuned.embedQuery("check whether a string is blank"));
        }
    }

    @Test
    void add_notSignedWithTheKey_isRefused() {
        assertRefused(ErrorCode.MODEL_REFUSED, () -> models().add(directory, Optional.empty()));
        assertRefused(
                ErrorCode.BAD_INPUT, () -> models().add(directory, Optional.of(directory.resolve("manifest.sig"))));
        assertThat(models().all()).hasSize(2);
    }

    @Test
    void add_fileNamedByAPath_isRefused() throws IOException {
        String name = models().bundled().tokenizer().name();
        Files.copy(directory.resolve(name), folder.resolve("outside.json"));
        edit(name, "../outside.json");
        sign();

        assertRefused(ErrorCode.MODEL_REFUSED, () -> models().add(directory, Optional.of(key)));
        assertThat(models().all()).hasSize(2);
    }

    @Test
    void add_anotherModelOfAnIdThatIsThere_isRefused() throws IOException {
        models().add(directory, Optional.of(key));
        models().add(directory, Optional.of(key));
        edit("\"license\": \"MIT", "\"license\": \"X AND MIT");
        sign();

        assertRefused(ErrorCode.BAD_INPUT, () -> models().add(directory, Optional.of(key)));
        assertThat(models().all()).hasSize(3);
    }

    @Test
    void all_addedFileChanged_isLeftOutOrRefused() throws IOException {
        String id = models().add(directory, Optional.of(key)).id();
        Path added;
        try (var folders = Files.list(folder.resolve("models"))) {
            added = folders.findFirst().orElseThrow();
        }
        Files.writeString(added.resolve(models().bundled().tokenizer().name()), "{}");
        assertRefused(ErrorCode.MODEL_REFUSED, () -> models().open(id, new EmbedOptions(1)));

        Files.writeString(added.resolve("manifest.json"), "{}");
        assertThat(models().all()).hasSize(2);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        QuarryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
