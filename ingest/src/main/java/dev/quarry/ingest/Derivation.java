package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;

/**
 * Follows one kind of conclusion through the facts of all files: sees each file's facts as they pass, keeps what it needs of
 * them, and concludes at the end. Used by one thread.
 *
 * <p>What is kept stays in memory for the whole run: no text, no nodes' declarations, few strings.
 */
interface Derivation {
    /** What is known of a file besides its facts, before these come. */
    default void notes(CallNotes notes) {}

    /** One file's facts; the files come in the order of their paths. */
    void file(FileFacts facts);

    /** What follows; once, after the last file. The order of the result does not matter. */
    DerivedFacts finish(SharedFacts shared);
}
