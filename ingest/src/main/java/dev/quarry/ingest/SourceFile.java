package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;

/**
 * A Java file that was read.
 *
 * @param path below the repository's root, with {@code /}
 * @param raw the hash of its bytes
 * @param text its text; malformed bytes are replaced
 * @param bytes its size
 */
record SourceFile(String path, ContentHash raw, String text, long bytes) {}
