package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a backup says of itself.
 *
 * <p>Text in lines: {@code quarry-backup 1}, {@code schema N}, {@code sequence N}, {@code vectors N}, then {@code part
 * DIGEST BYTES PATH} for each file, and {@code end DIGEST} over all lines before it.
 *
 * @param schemaVersion of the store
 * @param sequence the commit of the graph
 * @param vectorSequence the commit of the vectors
 * @param parts the files
 */
public record BackupManifest(int schemaVersion, long sequence, long vectorSequence, List<Part> parts) {
    private static final int FORMAT = 1;
    private static final String FILE = "manifest";
    private static final String HEAD = "quarry-backup ";
    private static final Pattern TEXT = Pattern.compile(
            HEAD
                    + "(\\d{1,9})\nschema (\\d{1,9})\nsequence (\\d{1,18})\nvectors (\\d{1,18})\n((?:part .*\n)*+)end (\\w{64})\n");
    private static final Pattern PART = Pattern.compile("part (\\w{64}) (\\d{1,18}) (.*)");

    /** Copies the list. */
    public BackupManifest {
        parts = List.copyOf(parts);
    }

    /**
     * A file.
     *
     * @param path below the store's directory, with {@code /}
     * @param digest the BLAKE3-256 hash of its bytes
     */
    public record Part(String path, long bytes, ContentHash digest) {}

    /** How many bytes the files have together. */
    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** Whether this directory holds a manifest. */
    static boolean isIn(Path backup) {
        return Files.isRegularFile(backup.resolve(FILE));
    }

    void write(Path backup) throws IOException {
        StringBuilder text = new StringBuilder(HEAD + FORMAT + "\n");
        text.append("schema ").append(schemaVersion).append('\n');
        text.append("sequence ").append(sequence).append('\n');
        text.append("vectors ").append(vectorSequence).append('\n');
        for (Part part : parts) {
            text.append("part ").append(part.digest).append(' ').append(part.bytes);
            text.append(' ').append(part.path).append('\n');
        }
        ContentHash digest = ContentHash.ofText(text.toString());
        text.append("end ").append(digest).append('\n');
        Path file = Files.writeString(backup.resolve(FILE), text, StandardCharsets.UTF_8);
        DurableFiles.force(file);
    }

    static BackupManifest read(Path backup) throws IOException {
        if (!Files.isDirectory(backup)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "there is no directory " + backup + ": name the one that 'quarry backup' wrote");
        }
        if (!isIn(backup)) {
            throw new QuarryException(ErrorCode.NOT_FOUND, backup + " is no backup: it has no file '" + FILE + "'");
        }
        String text = new String(Files.readAllBytes(backup.resolve(FILE)), StandardCharsets.UTF_8);
        String firstLine = text.lines().findFirst().orElse("");
        if (firstLine.matches(HEAD + "\\d{1,9}") && !firstLine.equals(HEAD + FORMAT)) {
            throw new QuarryException(
                    ErrorCode.STORE_TOO_NEW,
                    "the backup " + backup + " has the format '" + firstLine + "', but this Quarry knows '" + HEAD
                            + FORMAT + "': restore it with the Quarry that wrote it");
        }
        Matcher all = TEXT.matcher(text);
        if (!all.matches()
                || !all.group(6)
                        .equals(ContentHash.ofText(text.substring(0, text.lastIndexOf("end ")))
                                .toString())) {
            throw damaged(backup);
        }
        List<Part> parts = new ArrayList<>();
        for (String line : all.group(5).lines().toList()) {
            Matcher part = PART.matcher(line);
            if (!part.matches() || !isInside(part.group(3))) {
                throw damaged(backup);
            }
            parts.add(new Part(part.group(3), Long.parseLong(part.group(2)), ContentHash.parse(part.group(1))));
        }
        return new BackupManifest(
                Integer.parseInt(all.group(2)), Long.parseLong(all.group(3)), Long.parseLong(all.group(4)), parts);
    }

    /** Whether a path stays below the directory that it is resolved against. */
    private static boolean isInside(String path) {
        Path relative = Path.of(path);
        return !relative.isAbsolute() && relative.equals(relative.normalize()) && !relative.startsWith("..");
    }

    private static QuarryException damaged(Path backup) {
        return new QuarryException(
                ErrorCode.STORE_DAMAGED,
                "the backup " + backup + " is damaged: its manifest is not what was written; use another backup");
    }
}
