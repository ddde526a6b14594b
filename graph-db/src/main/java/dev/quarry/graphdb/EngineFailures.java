package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Says what a failure of the engine means for the user, and what to do about it. */
final class EngineFailures {
    private EngineFailures() {}

    /** What is wrong with a place on disk, in words for people. */
    static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }

    /** Does something with the store at this place; failures of the engine come out as {@link QuarryException}. */
    static <T> T translating(String place, Supplier<T> work) {
        try {
            return work.get();
        } catch (EngineException e) {
            throw ofStore(place, e);
        }
    }

    /** A failure of an operation of ours: of the disk, of the store's files, or a defect. */
    static QuarryException ofStore(String place, EngineException e) {
        String text = e.text();
        if (isLocked(text)) {
            return new QuarryException(
                    ErrorCode.BUSY,
                    "another process has the store " + place + " open; stop it, or ask it over HTTP",
                    e);
        }
        if (isDamaged(text)) {
            return damaged(place, text, e);
        }
        if (isDisk(text)) {
            return new QuarryException(
                    ErrorCode.STORAGE,
                    "the store " + place + " cannot be written: " + text
                            + "; what was written before is kept. Free space or mend the permissions, then run again",
                    e);
        }
        if (e.code().equals("binding::closed")) {
            return new QuarryException(ErrorCode.INTERNAL, "the store " + place + " was closed while it was in use", e);
        }
        return new QuarryException(
                ErrorCode.INTERNAL, "the graph engine failed on " + place + " (" + e.code() + "): " + text, e);
    }

    /** A failure of a user's script: mostly the script's own. */
    static QuarryException ofQuery(String place, EngineException e, QueryLimits limits) {
        String text = e.text();
        return switch (e.code()) {
            case "eval::timeout", "eval::killed" ->
                new QuarryException(
                        ErrorCode.LIMIT,
                        "the query took longer than " + limits.seconds()
                                + " seconds: bind more columns, bound its recursion, or raise the limit of time",
                        e);
            case "eval::mem_budget_exceeded" ->
                new QuarryException(
                        ErrorCode.LIMIT,
                        "the query needs more than " + limits.memoryBytes()
                                + " bytes for its intermediate results: make them smaller, or raise the limit of memory",
                        e);
            case "tx::insufficient_access_level", "binding::panic", "binding::closed" -> ofBadQuery(place, e, text);
            default -> isDisk(text) || isDamaged(text) ? ofStore(place, e) : badInput(text, e);
        };
    }

    private static QuarryException ofBadQuery(String place, EngineException e, String text) {
        if (e.code().equals("binding::closed")) {
            return ofStore(place, e);
        }
        return badInput(text, e);
    }

    private static QuarryException badInput(String text, EngineException e) {
        return new QuarryException(
                ErrorCode.BAD_INPUT, "the query cannot be run: " + text + " (queries are CozoScript, read-only)", e);
    }

    /** A disk that takes no data. */
    static QuarryException notWritable(String place, IOException cause) {
        return new QuarryException(
                ErrorCode.STORAGE,
                "the store " + place + " cannot be written: " + reason(cause)
                        + "; what was written before is kept. Free space or mend the permissions, then run again",
                cause);
    }

    /** A store whose files cannot be used. */
    static QuarryException damaged(String place, String why, Throwable cause) {
        return new QuarryException(
                ErrorCode.STORE_DAMAGED,
                "the store " + place + " is damaged, or is no store: " + why + "; delete it and index again",
                cause);
    }

    private static boolean isLocked(String text) {
        return text.contains("lock file") || text.contains("lock hold by current process");
    }

    /** Whether a text of the engine says that the disk is full, refuses or fails. */
    static boolean isDisk(String text) {
        return contains(
                text,
                "no space left",
                "file too large",
                "disk quota",
                "read-only file system",
                "permission denied",
                "input/output error",
                "cannot create directory",
                "too many open files",
                "io error");
    }

    private static boolean isDamaged(String text) {
        return contains(
                text,
                "corruption",
                "checksum mismatch",
                "unknown storage version",
                "when reading manifest",
                "create_if_missing is false",
                "not an sstable",
                "invalid argument",
                "no such file");
    }

    private static boolean contains(String text, String... parts) {
        String lower = text.toLowerCase(Locale.ROOT);
        return Stream.of(parts).anyMatch(lower::contains);
    }
}
