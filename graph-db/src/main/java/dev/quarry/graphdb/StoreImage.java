package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies an engine's files while another process may write them, so that the copy is what a killed process could have left.
 *
 * <p>Of RocksDB's files, those of sorted rows never change once its manifest names them, and are never used again under
 * another content; its logs and its manifest only grow. So the copy is taken between two looks at the manifest that find it
 * the same: then the files of rows that it names were there all the while, and the logs hold a beginning of what was
 * written. A transaction is one record of the log, or one file of rows; the copy ends behind a whole one.
 *
 * <p>Files of rows, and logs that are ended, may be linked instead: the copy then has a name of its own for the same bytes.
 * Whoever opens a copy deletes the names that its manifest does not know, and gives new files numbers above all that are
 * there, so that neither side ever writes to what the other reads.
 */
final class StoreImage {
    private static final int ATTEMPTS = 200;
    private static final Pattern ROWS = Pattern.compile("[0-9]+\\.sst");
    private static final long SMALL_BYTES = 32 << 20;
    private static final int SMALL_FILES = 2;
    private static final long SHORT_LOG_BYTES = 256 << 10;
    private static final Pattern LOG = Pattern.compile("[0-9]+\\.log");

    private final Path store;
    private final Ended ended;

    /** What becomes of files that are not written any more. */
    enum Ended {
        /** The copy has its own. */
        COPIED,
        /** The copy shares them, where the file system can do that. */
        LINKED
    }

    StoreImage(Path store, Ended ended) {
        this.store = store;
        this.ended = ended;
    }

    /** The manifest that is in use, and its bytes, a character for each. */
    private record Manifest(String name, String bytes) {}

    /**
     * Copies the engine's files; not forced to disk.
     *
     * @throws QuarryException BUSY if the manifest changes each time
     */
    void copyTo(Path target) throws IOException {
        Path from = StoreDirectory.data(store);
        Path to = StoreDirectory.data(target);
        Files.createDirectories(to);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Manifest before = manifest(from);
                takeRows(from, to);
                takeLogs(from, to);
                if (before.equals(manifest(from))) {
                    Files.writeString(to.resolve(before.name), before.bytes, StandardCharsets.ISO_8859_1);
                    Files.writeString(to.resolve("CURRENT"), before.name + "\n", StandardCharsets.US_ASCII);
                    copyIfThere(from.resolve("IDENTITY"), to.resolve("IDENTITY"));
                    return;
                }
            } catch (NoSuchFileException _) {
                // A compaction has replaced a file between the listing and the copying: the next look finds its
                // successor.
            }
            if (!StoreDirectory.holdsStore(store)) {
                throw new QuarryException(ErrorCode.NOT_FOUND, "the store " + store + " has gone while it was copied");
            }
        }
        throw new QuarryException(
                ErrorCode.BUSY,
                "the files of the store " + store + " change faster than they can be copied: try again when the index"
                        + " run at work has ended");
    }

    private static Manifest manifest(Path data) throws IOException {
        String name = new String(Files.readAllBytes(data.resolve("CURRENT")), StandardCharsets.US_ASCII).strip();
        return new Manifest(name, Files.readString(data.resolve(name), StandardCharsets.ISO_8859_1));
    }

    /** Takes the files of rows that are not in the copy yet, or were not whole when they were copied. */
    private void takeRows(Path from, Path to) throws IOException {
        for (Path file : list(from, ROWS)) {
            Path copy = to.resolve(file.getFileName());
            boolean isThere = Files.exists(copy) && Files.size(copy) == Files.size(file);
            if (!isThere && !isLinked(file, copy)) {
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Gives a file a second name, if that is wanted and the file system can: it may be another, or have no links. */
    private boolean isLinked(Path file, Path name) throws IOException {
        if (ended == Ended.COPIED) {
            return false;
        }
        try {
            Files.deleteIfExists(name);
            Files.createLink(name, file);
            return true;
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (FileSystemException | UnsupportedOperationException _) {
            return false;
        }
    }

    /** Takes all logs as they are now, and forgets those of an attempt before; only the last one is written to. */
    private void takeLogs(Path from, Path to) throws IOException {
        for (Path old : list(to, LOG)) {
            Files.delete(old);
        }
        List<Path> logs = list(from, LOG);
        for (Path log : logs) {
            Path copy = to.resolve(log.getFileName());
            if (log.equals(logs.getLast()) || !isLinked(log, copy)) {
                Files.copy(log, copy);
            }
        }
    }

    /**
     * Whether much of the store cannot be shared for long: it lies in the log, or in so many small files of rows that the
     * next one to be written has the engine merge them.
     */
    boolean isScattered() throws IOException {
        Path data = StoreDirectory.data(store);
        List<Path> logs = list(data, LOG);
        long small = list(data, ROWS).stream()
                .filter(file -> file.toFile().length() < SMALL_BYTES)
                .count();
        return small > SMALL_FILES
                || (!logs.isEmpty() && logs.getLast().toFile().length() > SHORT_LOG_BYTES);
    }

    /** The files of a kind, in the order of their numbers. */
    private static List<Path> list(Path directory, Pattern name) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> name.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingInt(
                                    (Path file) -> file.toString().length())
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static void copyIfThere(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
