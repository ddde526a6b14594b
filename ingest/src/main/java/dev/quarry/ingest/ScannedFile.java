package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.FileStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Java file as a scan found it. Immutable; safe for use by several threads. */
public final class ScannedFile {
    private static final ContentHash NOTHING = ContentHash.ofContent(new byte[0]);
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final String path;
    private final ContentHash raw;
    private final FileStatus status;
    private final String problem;
    private final long bytes;
    private final byte @Nullable [] held;

    private ScannedFile(
            Path file,
            String path,
            ContentHash raw,
            FileStatus status,
            String problem,
            long bytes,
            byte @Nullable [] held) {
        this.file = file;
        this.path = path;
        this.raw = raw;
        this.status = status;
        this.problem = problem;
        this.bytes = bytes;
        this.held = held;
    }

    /** Reads a file once, hashes it and looks whether it is text. */
    static ScannedFile read(Path file, String path, long size, ScanOptions options, HeldBytes budget) {
        if (size > options.maxFileBytes()) {
            String problem = "has " + size + " bytes, more than the limit of " + options.maxFileBytes();
            return new ScannedFile(file, path, NOTHING, FileStatus.TOO_LARGE, problem, size, null);
        }
        try {
            byte[] content = Files.readAllBytes(file);
            ContentHash raw = ContentHash.ofContent(content);
            if (isBinary(content)) {
                return new ScannedFile(
                        file, path, raw, FileStatus.BINARY, "has zero bytes: not UTF-8 text", content.length, null);
            }
            byte[] held = budget.take(content.length) ? content : null;
            return new ScannedFile(file, path, raw, FileStatus.INDEXED, "", content.length, held);
        } catch (IOException e) {
            return new ScannedFile(file, path, NOTHING, FileStatus.UNREADABLE, reason(e), size, null);
        }
    }

    /** The same without its content in memory. */
    ScannedFile released() {
        return held == null ? this : new ScannedFile(file, path, raw, status, problem, bytes, null);
    }

    private static boolean isBinary(byte[] content) {
        for (byte value : content) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "may not be read: permission denied";
            case NoSuchFileException _ -> "vanished while it was scanned";
            default -> "cannot be read: " + e.getMessage();
        };
    }

    /** Below the repository's root, with {@code /}. */
    public String path() {
        return path;
    }

    /** The hash of its bytes; of nothing where it was not read. */
    public ContentHash raw() {
        return raw;
    }

    /** {@link FileStatus#INDEXED} where it can be read as text, else why not. */
    public FileStatus status() {
        return status;
    }

    /** What is wrong with it; empty where it can be read. */
    public String problem() {
        return problem;
    }

    /** Its size. */
    public long bytes() {
        return bytes;
    }

    /**
     * Its text, without a byte order mark; malformed bytes are replaced. Empty where it is not text, and where it has
     * become unreadable since the scan.
     */
    public Optional<String> text() {
        return source().map(SourceFile::text);
    }

    /** The file for the parsers. Where it has changed since the scan, its hash is that of the text given. */
    Optional<SourceFile> source() {
        if (status != FileStatus.INDEXED) {
            return Optional.empty();
        }
        if (held != null) {
            return Optional.of(new SourceFile(path, raw, decode(held), bytes));
        }
        try {
            byte[] content = Files.readAllBytes(file);
            if (isBinary(content)) {
                return Optional.empty();
            }
            return Optional.of(new SourceFile(path, ContentHash.ofContent(content), decode(content), content.length));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The text of these bytes as every reader of sources must see it. */
    static String decode(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    @Override
    public String toString() {
        return path + " (" + status + ")";
    }
}
