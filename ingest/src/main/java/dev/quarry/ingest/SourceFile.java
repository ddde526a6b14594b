package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;

/**
 * A Java file that was read.
 *
 * @param path below the repository's root, with {@code /}
 * @param raw the hash of its bytes, or of its text; see {@link ScannedFile#raw()}
 * @param text its text
 * @param bytes its size
 * @param note what its reader is to know of its encoding, or empty
 */
record SourceFile(String path, ContentHash raw, String text, long bytes, String note) {
    /** One of which nothing is to be noted. */
    SourceFile(String path, ContentHash raw, String text, long bytes) {
        this(path, raw, text, bytes, "");
    }
}
