package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.FileRecord;

/**
 * A file in the store.
 *
 * @param facts the digest of all that it says; equal digests mean equal rows
 */
public record StoredFile(FileRecord file, ContentHash facts) {}
