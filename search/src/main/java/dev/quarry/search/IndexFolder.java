package dev.quarry.search;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * A folder with one Lucene index whose commits bear a sequence number.
 *
 * <p>What it holds is derived from a store. So a folder that cannot be read, or that another version wrote, is emptied and
 * says that it has reached sequence 0.
 */
final class IndexFolder implements AutoCloseable {
    private static final String SEQUENCE = "quarry.sequence";
    private static final String FORMAT = "quarry.format";
    private static final String MODEL = "quarry.model";
    private static final String MISSING = "is missing";
    private static final String OTHER_VERSION = "is of another version of Quarry";
    private static final Pattern INDEX_FILE = Pattern.compile("(pending_)?segments.*|_[a-z0-9]+[._].*");

    private static final int LINK_ATTEMPTS = 50;

    private final Path path;
    private final Directory directory;
    /** How it is written; null if it is read only. */
    private final @Nullable Supplier<IndexWriterConfig> config;

    private volatile @Nullable IndexWriter writer;
    private volatile String problem = "";

    private IndexFolder(
            Path path,
            Directory directory,
            @Nullable Supplier<IndexWriterConfig> config,
            @Nullable IndexWriter writer) {
        this.path = path;
        this.directory = directory;
        this.config = config;
        this.writer = writer;
    }

    /**
     * Opens a folder to be written, and makes it where it is missing.
     *
     * @throws QuarryException {@link ErrorCode#BUSY} if another process or another index of this one writes to it
     */
    static IndexFolder forWriting(Path path, Supplier<IndexWriterConfig> config) {
        try {
            Files.createDirectories(path);
            removeForeignLock(path);
            FSDirectory directory = FSDirectory.open(path);
            return new IndexFolder(path, directory, config, writer(path, directory, config.get()));
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** A lock file with content is not one that Lucene wrote, and Lucene would not write beside it. */
    private static void removeForeignLock(Path path) throws IOException {
        Path lock = path.resolve(IndexWriter.WRITE_LOCK_NAME);
        if (Files.isRegularFile(lock) && Files.size(lock) > 0) {
            Files.delete(lock);
        }
    }

    private static IndexWriter writer(Path path, Directory directory, IndexWriterConfig config) throws IOException {
        boolean usable = isUsable(directory);
        try {
            if (!usable) {
                empty(directory);
            }
            IndexWriter writer = new IndexWriter(directory, config);
            if (!usable) {
                writer.setLiveCommitData(data(0, ""));
                writer.commit();
            }
            return writer;
        } catch (LockObtainFailedException e) {
            throw new QuarryException(
                    ErrorCode.BUSY,
                    "another Quarry is writing to the search index '" + path
                            + "': wait until it is done, or stop it, and try again",
                    e);
        }
    }

    /** Deletes what an index consists of, and nothing else that somebody may have put there. */
    private static void empty(Directory directory) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            for (String name : directory.listAll()) {
                if (INDEX_FILE.matcher(name).matches()) {
                    directory.deleteFile(name);
                }
            }
        }
    }

    /** Whether the newest commit can be read and was written in today's format. */
    private static boolean isUsable(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return isCurrent(reader);
        } catch (IOException | RuntimeException e) {
            if (isDamage(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether this is thrown because of what the files hold, and not because they cannot be had. */
    static boolean isDamage(Exception e) {
        return e instanceof CorruptIndexException
                || e instanceof IndexNotFoundException
                || e instanceof IndexFormatTooOldException
                || e instanceof IndexFormatTooNewException
                || e instanceof NoSuchFileException
                || e instanceof EOFException
                || e instanceof RuntimeException;
    }

    private static boolean isCurrent(DirectoryReader reader) throws IOException {
        return Fields.FORMAT.equals(reader.getIndexCommit().getUserData().get(FORMAT));
    }

    /** Opens a folder to be read; one that is missing or cannot be read is empty. */
    static IndexFolder forReading(Path path) {
        try {
            Directory directory = Files.isDirectory(path) ? FSDirectory.open(path) : new ByteBuffersDirectory();
            return new IndexFolder(path, directory, null, null);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /**
     * Makes a folder with the last commit of another one. Lucene never writes to a file a second time, and never to one
     * that is there, so that the files of the commit may have a name in both folders.
     */
    static void link(Path from, Path to) {
        try {
            Files.createDirectories(to);
            if (!Files.isDirectory(from)) {
                return;
            }
            try (FSDirectory directory = FSDirectory.open(from)) {
                for (int attempt = 0; attempt < LINK_ATTEMPTS && !isLinked(directory, to); attempt++) {
                    for (Path part : list(to)) {
                        Files.delete(part);
                    }
                }
            }
        } catch (IOException e) {
            throw failure(to, e);
        }
    }

    /** Takes over the last commit, if there is one; false if a writer has replaced it meanwhile. */
    private static boolean isLinked(FSDirectory from, Path to) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(from)) {
            for (String name : reader.getIndexCommit().getFileNames()) {
                link(from.getDirectory().resolve(name), to.resolve(name), name.startsWith(IndexFileNames.SEGMENTS));
            }
            return true;
        } catch (NoSuchFileException | FileNotFoundException _) {
            return false;
        } catch (IOException | RuntimeException e) {
            if (isDamage(e)) {
                return true;
            }
            throw e;
        }
    }

    private static void link(Path from, Path to, boolean isCopied) throws IOException {
        if (!isCopied) {
            try {
                Files.createLink(to, from);
                return;
            } catch (NoSuchFileException gone) {
                throw gone;
            } catch (FileSystemException | UnsupportedOperationException _) {
                // Another disk, or one without links.
            }
        }
        Files.copy(from, to);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** The last commit; empty where there is none that can be read. */
    @Nullable
    DirectoryReader read() {
        try {
            DirectoryReader reader = DirectoryReader.open(directory);
            if (isCurrent(reader)) {
                problem = "";
                return reader;
            }
            reader.close();
            problem = OTHER_VERSION;
            return null;
        } catch (IOException | RuntimeException e) {
            if (isDamage(e)) {
                problem = e instanceof IndexNotFoundException ? MISSING : "cannot be read: " + said(e);
                return null;
            }
            throw failure(path, e);
        }
    }

    /** Why the last {@link #read} gave nothing, as the end of a sentence; empty if it gave a commit. */
    String problem() {
        return problem;
    }

    /** Whether the last {@link #read} found no commit, or one that cannot be read. */
    boolean isDamaged() {
        return !problem.isEmpty() && !problem.equals(OTHER_VERSION);
    }

    /** An exception's message, on one line. */
    static String said(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
    }

    /** The sequence number of the commit that a reader reads; 0 for none. */
    static long sequence(@Nullable DirectoryReader reader) {
        if (reader == null) {
            return 0;
        }
        try {
            IndexCommit commit = reader.getIndexCommit();
            return Long.parseLong(commit.getUserData().getOrDefault(SEQUENCE, "0"));
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    /** The model that the commit which a reader reads is of; empty for none. */
    static String model(@Nullable DirectoryReader reader) {
        try {
            return reader == null ? "" : reader.getIndexCommit().getUserData().getOrDefault(MODEL, "");
        } catch (IOException _) {
            return "";
        }
    }

    /**
     * Writes with the writer, and says in our words what goes wrong. What was not committed is then lost, and the next
     * write begins at the last commit: Lucene's writer does not outlive a failing disk.
     */
    void write(Writing writing) {
        try {
            writing.to(writer());
        } catch (IOException | AlreadyClosedException e) {
            giveUpWriter(e);
            throw failure(path, e);
        }
    }

    private void giveUpWriter(Exception cause) {
        IndexWriter failed = writer;
        writer = null;
        if (failed != null) {
            try {
                failed.rollback();
            } catch (IOException | RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
    }

    /** Makes all that was written durable, under this sequence number; all vectors are of this model. */
    void commit(long sequence, String model) {
        write(open -> {
            open.setLiveCommitData(data(sequence, model));
            open.commit();
        });
    }

    private IndexWriter writer() throws IOException {
        if (config == null) {
            throw new IllegalStateException("the search index '" + path + "' was opened for reading only");
        }
        IndexWriter open = writer;
        if (open == null) {
            open = writer(path, directory, config.get());
            writer = open;
        }
        return open;
    }

    /** Some writing that may fail. */
    interface Writing {
        void to(IndexWriter writer) throws IOException;
    }

    private static List<Map.Entry<String, String>> data(long sequence, String model) {
        return List.of(
                Map.entry(SEQUENCE, Long.toString(sequence)),
                Map.entry(FORMAT, Fields.FORMAT),
                Map.entry(MODEL, model));
    }

    /** What went wrong with a folder, for people. */
    static QuarryException failure(Path path, Exception e) {
        return new QuarryException(
                ErrorCode.STORAGE,
                "the search index '" + path + "' cannot be used (" + e.getMessage()
                        + "): check the space and the permissions of its disk; it can be deleted, and is then made anew",
                e);
    }

    /** Gives the folder back; what was not committed is lost. */
    @Override
    public void close() {
        try {
            IndexWriter open = writer;
            if (open != null && open.isOpen()) {
                open.rollback();
            }
            directory.close();
        } catch (IOException e) {
            throw failure(path, e);
        }
    }
}
