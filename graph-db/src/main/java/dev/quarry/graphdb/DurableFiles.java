package dev.quarry.graphdb;

import dev.quarry.schema.Blake3Hasher;
import dev.quarry.schema.ContentHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files that are copied, put on disk and read for their digests. */
final class DurableFiles {
    private static final int BUFFER_BYTES = 1 << 20;

    private DurableFiles() {}

    /** All regular files below a directory, by path in order. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Waits until a file or a directory's list of names is on disk. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Writes some data below a directory and deletes it again, to see whether the disk takes it.
     *
     * @throws IOException if it does not
     */
    static void probe(Path directory) throws IOException {
        Path file = directory.resolve("probe");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer data = ByteBuffer.allocate(BUFFER_BYTES); data.hasRemaining(); ) {
                channel.write(data);
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** The BLAKE3-256 hash of a file's bytes. */
    static ContentHash digest(Path file) throws IOException {
        Blake3Hasher hasher = new Blake3Hasher();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hasher.update(buffer, 0, count);
            }
        }
        return hasher.hash();
    }

    /** Makes a new file of another's bytes, puts it on disk, and gives the hash of these bytes. */
    static ContentHash copy(Path from, Path to) throws IOException {
        Blake3Hasher hasher = new Blake3Hasher();
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hasher.update(buffer, 0, count);
                for (ByteBuffer rest = ByteBuffer.wrap(buffer, 0, count); rest.hasRemaining(); ) {
                    out.write(rest);
                }
            }
            out.force(true);
        }
        return hasher.hash();
    }

    /** Deletes a directory with all in it, if it is there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
