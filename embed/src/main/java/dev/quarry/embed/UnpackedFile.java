package dev.quarry.embed;

import dev.quarry.embed.ModelManifest.ModelFile;
import dev.quarry.schema.QuarryCache;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model's file in Quarry's cache, because to unpack it from its jar takes longer than to read and check it.
 *
 * <p>The cache is not trusted: what is read from it is checked as what comes from the jar.
 */
final class UnpackedFile {
    private final ModelFile expected;
    private final Path path;

    UnpackedFile(ModelFile expected) {
        this(expected, QuarryCache.directory());
    }

    UnpackedFile(ModelFile expected, Path cache) {
        this.expected = expected;
        this.path = cache.resolve("models").resolve(expected.blake3().toString());
    }

    /** The bytes; null if they are not there or not those that are expected. */
    byte @Nullable [] read() {
        try {
            if (!Files.isRegularFile(path) || Files.size(path) != expected.bytes()) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(path);
            return expected.isOf(bytes) ? bytes : null;
        } catch (IOException _) {
            return null;
        }
    }

    /** Keeps these bytes, which were checked; without a cache that can be written, they are unpacked again next time. */
    void write(byte[] bytes) {
        try {
            QuarryCache.write(path, () -> new ByteArrayInputStream(bytes));
        } catch (IOException _) {
            return;
        }
    }
}
