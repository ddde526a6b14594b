package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.FileStatus;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Java file as a scan found it. Immutable; safe for use by several threads. */
public final class ScannedFile {
    private static final ContentHash NOTHING = ContentHash.ofContent(new byte[0]);

    private final Path file;
    private final String path;
    private final ContentHash content;
    private final ContentHash raw;
    private final Form form;
    private final String encoding;
    private final FileStatus status;
    private final String problem;
    private final long bytes;
    private final byte @Nullable [] held;

    /** What its bytes may be read as. */
    private enum Form {
        ASCII,
        UTF_8,
        OTHER;

        static Form of(byte[] content) {
            if (SourceEncoding.isAscii(content)) {
                return ASCII;
            }
            return SourceEncoding.isUtf8(content) ? UTF_8 : OTHER;
        }
    }

    private ScannedFile(
            Path file,
            String path,
            ContentHash content,
            ContentHash raw,
            Form form,
            String encoding,
            FileStatus status,
            String problem,
            long bytes,
            byte @Nullable [] held) {
        this.file = file;
        this.path = path;
        this.content = content;
        this.raw = raw;
        this.form = form;
        this.encoding = encoding;
        this.status = status;
        this.problem = problem;
        this.bytes = bytes;
        this.held = held;
    }

    /** Reads a file once, hashes it and looks whether it is text. */
    static ScannedFile read(Path file, String path, long size, ScanOptions options, HeldBytes budget) {
        if (size > options.maxFileBytes()) {
            String problem = "has " + size + " bytes, more than the limit of " + options.maxFileBytes();
            return unread(file, path, NOTHING, FileStatus.TOO_LARGE, problem, size);
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            ContentHash content = ContentHash.ofContent(bytes);
            if (isBinary(bytes)) {
                String problem = "has zero bytes: not UTF-8 text";
                return unread(file, path, content, FileStatus.BINARY, problem, bytes.length);
            }
            byte[] held = budget.take(bytes.length) ? bytes : null;
            Form form = Form.of(bytes);
            ContentHash raw =
                    form == Form.OTHER ? SourceEncoding.decode(bytes, "").hash() : content;
            return new ScannedFile(file, path, content, raw, form, "", FileStatus.INDEXED, "", bytes.length, held);
        } catch (IOException e) {
            return unread(file, path, NOTHING, FileStatus.UNREADABLE, reason(e), size);
        }
    }

    private static ScannedFile unread(
            Path file, String path, ContentHash content, FileStatus status, String problem, long size) {
        return new ScannedFile(file, path, content, content, Form.ASCII, "", status, problem, size, null);
    }

    /** The same without its content in memory. */
    ScannedFile released() {
        return held == null
                ? this
                : new ScannedFile(file, path, content, raw, form, encoding, status, problem, bytes, null);
    }

    /** The same as a build reads it that names this encoding; empty if it names none. */
    ScannedFile in(String wanted) {
        boolean isSame = form == Form.ASCII
                || encoding.equals(wanted)
                || (form == Form.UTF_8 && SourceEncoding.isUtf8(encoding) && SourceEncoding.isUtf8(wanted));
        if (isSame || status != FileStatus.INDEXED) {
            return this;
        }
        try {
            byte[] now = held != null ? held : Files.readAllBytes(file);
            ContentHash hash = SourceEncoding.decode(now, wanted).hash();
            return new ScannedFile(file, path, content, hash, form, wanted, status, problem, bytes, held);
        } catch (IOException _) {
            return this; // it has vanished, as its text will tell
        }
    }

    /** Whether a build may name an encoding by which it is another text than in UTF-8, or it is not UTF-8. */
    boolean hasEncoding() {
        return form != Form.ASCII;
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

    /**
     * The hash of its bytes if these are UTF-8, else of its text in UTF-8, so that equal hashes are of equal texts; of
     * nothing where it was not read.
     */
    public ContentHash raw() {
        return raw;
    }

    /** The hash of its bytes; of nothing where it was not read. */
    ContentHash content() {
        return content;
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

    /** Its text. Empty where it is not text, and where it has become unreadable since the scan. */
    public Optional<String> text() {
        return source().map(SourceFile::text);
    }

    /** The file for the parsers. Where it has changed since the scan, its hash is that of the text given. */
    Optional<SourceFile> source() {
        if (status != FileStatus.INDEXED) {
            return Optional.empty();
        }
        try {
            byte[] now = held != null ? held : Files.readAllBytes(file);
            if (isBinary(now)) {
                return Optional.empty();
            }
            SourceEncoding.Decoded decoded = SourceEncoding.decode(now, encoding);
            return Optional.of(new SourceFile(path, decoded.hash(), decoded.text(), now.length, decoded.note()));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return path + " (" + status + ")";
    }
}
