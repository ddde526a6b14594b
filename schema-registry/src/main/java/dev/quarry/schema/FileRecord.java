package dev.quarry.schema;

import java.util.Map;

/**
 * A file as it was when it was indexed.
 *
 * @param path below the repository's root, with {@code /}
 * @param raw the hash of its bytes, or of its text in UTF-8 where these are not; of nothing where it could not be read
 * @param status what became of it
 * @param problem the first thing that is wrong with it, with its line, or empty
 * @param bytes its size
 * @param lines how many lines it has; 0 where it was not read
 */
public record FileRecord(
        String path, ContentHash raw, FileStatus status, String problem, long bytes, int lines, Coverage coverage) {
    /** The id of the file's node. */
    public NodeId id() {
        return NodeId.of(NodeKind.FILE, path, "");
    }

    /** As it is stored: without the reasons of its coverage, which only the process knows that indexed the file. */
    public FileRecord withoutReasons() {
        return new FileRecord(path, raw, status, problem, bytes, lines, coverage.withReasons(Map.of()));
    }
}
