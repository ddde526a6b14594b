package dev.quarry.schema;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * The directory in which Quarry keeps what it has unpacked, shared by all processes of a user. Safe for use by several
 * threads and processes.
 */
public final class QuarryCache {
    private static final String PART = ".part";
    private static final Duration ABANDONED = Duration.ofHours(1);

    private QuarryCache() {}

    /** Something to be unpacked. */
    public interface Content {
        /** A new stream over all of it, which the caller closes. */
        InputStream open() throws IOException;
    }

    /** Where the cache is: {@code QUARRY_CACHE}, or {@code quarry} in the user's caches. */
    public static Path directory() {
        String own = System.getenv("QUARRY_CACHE");
        if (own != null && !own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        String shared = System.getenv("XDG_CACHE_HOME");
        boolean hasShared = shared != null && !shared.isEmpty();
        Path caches = hasShared ? Path.of(shared) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.toAbsolutePath().resolve("quarry");
    }

    /**
     * Writes a file whole or not at all, in place of one that is there; several processes may do so at once. What one that
     * was killed has left is removed by the next that writes there.
     */
    public static void write(Path target, Content content) throws IOException {
        Path folder = target.resolveSibling("");
        Files.createDirectories(folder);
        removeLeftovers(folder);
        Path part = Files.createTempFile(folder, "", PART);
        try (InputStream in = content.open()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void removeLeftovers(Path folder) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(ABANDONED));
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*" + PART)) {
            for (Path part : parts) {
                removeIfOlder(part, old);
            }
        }
    }

    private static void removeIfOlder(Path part, FileTime old) throws IOException {
        try {
            if (Files.getLastModifiedTime(part).compareTo(old) < 0) {
                Files.deleteIfExists(part);
            }
        } catch (NoSuchFileException _) {
            // Another process has finished this one, and moved it to its place, since the folder was listed.
        }
    }
}
