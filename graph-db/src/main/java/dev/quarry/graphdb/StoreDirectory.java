package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A store's place on disk, held by one opener at a time.
 *
 * <p>{@code graph/lock} is locked while the store is open and names the process that holds it; {@code graph/engine} is the
 * engine's. The lock is of the operating system's kind: it ends with the process, however that ends.
 */
final class StoreDirectory implements AutoCloseable {
    /** The directories that this process holds: closing any channel of a file would give up the process's lock on it. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path root;
    private final Path key;
    private final FileChannel lock;

    private StoreDirectory(Path root, Path key, FileChannel lock) {
        this.root = root;
        this.key = key;
        this.lock = lock;
    }

    /** Whether there is a store in this directory. */
    static boolean holdsStore(Path root) {
        return Files.exists(current(root));
    }

    /** Makes the directory if it is missing, and locks it. */
    static StoreDirectory hold(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        if (Files.isRegularFile(absolute)) {
            throw EngineFailures.damaged(
                    absolute.toString(),
                    "it is a file, not a directory",
                    new NotDirectoryException(absolute.toString()));
        }
        StagedDirectory.recover(absolute);
        try {
            Files.createDirectories(graph(absolute));
            Path key = absolute.toRealPath();
            if (!HELD.add(key)) {
                throw busy(absolute, Long.toString(ProcessHandle.current().pid()), null);
            }
            return lock(absolute, key);
        } catch (IOException e) {
            throw notWritable(absolute, e);
        }
    }

    private static StoreDirectory lock(Path root, Path key) throws IOException {
        FileChannel channel = null;
        boolean isHeld = false;
        try {
            channel = FileChannel.open(
                    graph(root).resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                throw busy(root, holder(channel), null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            isHeld = true;
            return new StoreDirectory(root, key, channel);
        } finally {
            if (!isHeld) {
                HELD.remove(key);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(Long.BYTES * 4);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
    }

    private static QuarryException busy(Path root, String holder, @Nullable Throwable cause) {
        return new QuarryException(
                ErrorCode.BUSY,
                "the store " + root + " is open already, in process " + holder
                        + ": if that is an index run, wait for its end; else stop it, or ask it over HTTP",
                cause);
    }

    private static QuarryException notWritable(Path root, IOException cause) {
        return new QuarryException(
                ErrorCode.STORAGE,
                "the store's directory " + root + " cannot be written: " + EngineFailures.reason(cause)
                        + "; make it writable, or choose another with --store",
                cause);
    }

    /** The directory as people name it. */
    String place() {
        return root.toString();
    }

    /** The engine's directory, ready to be opened: the engine makes a new store where it finds no file {@code CURRENT}. */
    Path engine() {
        Path data = current(root).resolveSibling("");
        if (!holdsStore(root) && Files.isDirectory(data)) {
            try (Stream<Path> files = Files.list(data)) {
                if (files.map(Path::toString).anyMatch(file -> file.endsWith(".sst") || file.endsWith(".log"))) {
                    throw EngineFailures.damaged(
                            place(), "its file CURRENT is missing", new IOException(current(root) + " is missing"));
                }
            } catch (IOException e) {
                throw notWritable(root, e);
            }
        }
        return graph(root).resolve("engine");
    }

    private static Path graph(Path root) {
        return root.resolve("graph");
    }

    private static Path current(Path root) {
        return data(root).resolve("CURRENT");
    }

    /** Where the engine keeps its files. */
    static Path data(Path root) {
        return graph(root).resolve("engine").resolve("data");
    }

    /** Deletes from a closed store what is not of the store: locks, and what the engine says of its work. */
    static void removeTraces(Path root) throws IOException {
        Files.deleteIfExists(graph(root).resolve("lock"));
        try (Stream<Path> files = Files.list(data(root))) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("LO")) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw notWritable(root, e);
        } finally {
            HELD.remove(key);
        }
    }
}
