package dev.quarry.embed;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a model's files are: the manifest, its signature, and the files that the manifest names.
 *
 * <p>A source only hands out bytes; what they are worth is decided by {@link EmbeddingModel#open}, which checks them
 * against the signed manifest.
 */
public sealed interface ModelSource {
    /** The model that ships with Quarry, on the class path. */
    static ModelSource bundled() {
        return new Bundled("manifest", Optional.of(NetworkTuning.OF_EMBEDDING));
    }

    /** The same as its makers have it, without Quarry's tuning; stores may have vectors of it. */
    static ModelSource untuned() {
        return new Bundled("untuned", Optional.empty());
    }

    /** The network that tells whether two questions ask the same; it has no manifest of its own. */
    static ModelSource sameQuestion() {
        return new Bundled("manifest", Optional.of(NetworkTuning.OF_SAME_QUESTION));
    }

    /** A directory with {@code manifest.json}, {@code manifest.sig} and the model's files. */
    static ModelSource directory(Path directory) {
        return new Directory(directory);
    }

    /**
     * The bytes of the manifest.
     *
     * @throws QuarryException MODEL_REFUSED if there is none or it cannot be read
     */
    byte[] manifest();

    /**
     * The Ed25519 signature over the manifest's bytes.
     *
     * @throws QuarryException MODEL_REFUSED if there is none or it cannot be read
     */
    byte[] signature();

    /**
     * The bytes of a file that the manifest names.
     *
     * @throws QuarryException MODEL_REFUSED if there is none or it cannot be read
     */
    byte[] file(String name);

    /**
     * The model in the jars of the class path.
     *
     * @param manifestName the resource with the manifest, without its ending
     * @param tuning what is changed of the network that the jar has
     */
    record Bundled(String manifestName, Optional<NetworkTuning> tuning) implements ModelSource {
        private static final String FOLDER = "/dev/quarry/embed/";
        private static final String NETWORK = ".onnx";
        private static final String REMEDY = "; build or install Quarry again";

        @Override
        public byte[] manifest() {
            return resource(FOLDER + manifestName + ".json");
        }

        @Override
        public byte[] signature() {
            return resource(FOLDER + manifestName + ".sig");
        }

        @Override
        public byte[] file(String name) {
            byte[] file = resource("/" + name);
            return tuning.isPresent() && name.endsWith(NETWORK)
                    ? tuning.get().applied(resource(FOLDER + tuning.get().file().name()), file)
                    : file;
        }

        @Override
        public String toString() {
            return "the class path";
        }

        private static byte[] resource(String name) {
            try (InputStream in = Bundled.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new QuarryException(
                            ErrorCode.MODEL_REFUSED, "the class path has no model file '" + name + "'" + REMEDY);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new QuarryException(
                        ErrorCode.MODEL_REFUSED,
                        "model file '" + name + "' of the class path cannot be read: " + e.getMessage() + REMEDY,
                        e);
            }
        }
    }

    /** The model in a directory. */
    record Directory(Path directory) implements ModelSource {
        @Override
        public byte[] manifest() {
            return read("manifest.json");
        }

        @Override
        public byte[] signature() {
            return read("manifest.sig");
        }

        @Override
        public byte[] file(String name) {
            return read(name);
        }

        @Override
        public String toString() {
            return directory.toString();
        }

        private byte[] read(String name) {
            Path file = directory.resolve(name);
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                throw new QuarryException(
                        ErrorCode.MODEL_REFUSED,
                        "model file " + file + " is missing: copy the whole model directory again",
                        e);
            } catch (IOException e) {
                throw new QuarryException(
                        ErrorCode.MODEL_REFUSED, "model file " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
    }
}
