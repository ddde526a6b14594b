package dev.quarry.embed;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryCache;
import dev.quarry.schema.QuarryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that this user has: the one that ships with Quarry, the same untuned, and those that were added, each with the
 * key that the user trusts for it.
 *
 * <p>A store names models by their ids alone. So what a store says never has a file loaded that nobody has added here.
 * Safe for use by several threads and processes.
 */
public final class InstalledModels {
    private static final String KEY = "key";
    private static final String MANIFEST = "manifest.json";
    private static final String SIGNATURE = "manifest.sig";

    private final Path directory;

    private InstalledModels(Path directory) {
        this.directory = directory;
    }

    /** The models in Quarry's cache. */
    public static InstalledModels ofUser() {
        return at(QuarryCache.directory().resolve("added-models"));
    }

    /** The models added below this directory, which need not be there. */
    public static InstalledModels at(Path directory) {
        return new InstalledModels(directory);
    }

    /** A model that can be opened. */
    private record Installed(ModelManifest manifest, ModelSource source, PublicKey key) {}

    /** The model that ships with Quarry. */
    public ModelManifest bundled() {
        return shipped(ModelSource.bundled()).manifest;
    }

    /** All of them, the bundled one first, then the same untuned; added ones whose files are not as signed are left out. */
    public List<ModelManifest> all() {
        return installed().stream().map(Installed::manifest).toList();
    }

    /**
     * The model of this id, loaded; empty if there is none.
     *
     * @throws QuarryException MODEL_REFUSED if its files are not those of its manifest
     */
    public Optional<EmbeddingModel> open(String id, EmbedOptions options) {
        for (Installed model : installed()) {
            if (model.manifest.id().equals(id)) {
                return Optional.of(EmbeddingModel.open(model.source, options, model.key));
            }
        }
        return Optional.empty();
    }

    /**
     * Adds the model in a directory.
     *
     * @param key a file with the public key that its manifest is signed with, as {@link ManifestSigner} writes it; empty
     *     for the key of Quarry's maintainers. Whoever adds a model with a key trusts what it has signed.
     * @throws QuarryException MODEL_REFUSED if the model is not as signed; BAD_INPUT if the key is none, or another model
     *     has the same id; STORAGE if it cannot be kept
     */
    public ModelManifest add(Path from, Optional<Path> key) {
        String trusted = key.map(InstalledModels::text).orElse(VerifiedModel.TRUSTED_KEY);
        ModelSource source = ModelSource.directory(from);
        VerifiedModel model = VerifiedModel.read(source, publicKey(trusted, from));
        ModelManifest manifest = model.manifest();
        byte[] signed = source.manifest();
        Path to = directory.resolve(ContentHash.ofContent(signed).toString());
        if (!Files.exists(to.resolve(MANIFEST))
                && all().stream().anyMatch(other -> other.id().equals(manifest.id()))) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "there is another model with the id " + manifest.id() + ": give this one another version");
        }
        try {
            write(to, manifest.model().name(), model.model());
            write(to, manifest.tokenizer().name(), model.tokenizer());
            write(to, KEY, trusted.getBytes(StandardCharsets.US_ASCII));
            write(to, SIGNATURE, source.signature());
            write(to, MANIFEST, signed); // the last one: with it the model is there
            return manifest;
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the model cannot be copied to " + to + " (" + e + "): check the space and permissions of the disk",
                    e);
        }
    }

    private static void write(Path folder, String name, byte[] bytes) throws IOException {
        Path target = folder.resolve(name).normalize();
        if (!folder.equals(target.getParent())) {
            throw new QuarryException(
                    ErrorCode.MODEL_REFUSED, "the model's file '" + name + "' is named by a path: name the file alone");
        }
        QuarryCache.write(target, () -> new ByteArrayInputStream(bytes));
    }

    private List<Installed> installed() {
        List<Installed> all = new ArrayList<>();
        all.add(shipped(ModelSource.bundled()));
        all.add(shipped(ModelSource.untuned()));
        if (Files.isDirectory(directory)) {
            try (Stream<Path> folders = Files.list(directory)) {
                for (Path folder : folders.sorted().toList()) {
                    added(folder).ifPresent(all::add);
                }
            } catch (IOException unreadable) {
                return all;
            }
        }
        return all;
    }

    private static Installed shipped(ModelSource source) {
        PublicKey key = VerifiedModel.key(VerifiedModel.TRUSTED_KEY);
        return new Installed(VerifiedModel.read(source, key).manifest(), source, key);
    }

    private static Optional<Installed> added(Path folder) {
        if (!Files.isRegularFile(folder.resolve(MANIFEST))) {
            return Optional.empty();
        }
        try {
            ModelSource source = ModelSource.directory(folder);
            PublicKey key = publicKey(text(folder.resolve(KEY)), folder);
            return Optional.of(new Installed(VerifiedModel.read(source, key).manifest(), source, key));
        } catch (QuarryException changed) {
            return Optional.empty();
        }
    }

    private static PublicKey publicKey(String text, Path model) {
        try {
            return VerifiedModel.key(text);
        } catch (IllegalArgumentException e) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the key of the model in " + model
                            + " is no Ed25519 public key: name the file that the signer wrote",
                    e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the key " + file + " cannot be read (" + e + "): check its name", e);
        }
    }
}
