package dev.quarry.llm;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a configuration file whole or not at all. */
final class ConfigWriter {
    private ConfigWriter() {}

    static void write(Path path, String text) {
        Path directory = path.toAbsolutePath().getParent();
        try {
            if (directory == null) {
                throw new IOException("it has no directory");
            }
            Files.createDirectories(directory);
            // Where the system has permissions, a temporary file is its owner's alone.
            Path draft = Files.createTempFile(directory, ".config", ".toml");
            try {
                Files.writeString(draft, text);
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE,
                    "the configuration " + path + " cannot be written: make its directory writable, or name another"
                            + " file with --config",
                    e);
        }
    }
}
