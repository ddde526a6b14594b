package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;

/** Takes the facts as they come. Called by one thread, the one that called {@link Ingest#run}. */
public interface FactsSink {
    /** One file's facts; module by module, in an order that is equal for equal sources; unreadable files too. */
    void file(FileFacts facts);

    /** What no single file says; once, after the last file. */
    void shared(SharedFacts facts);

    /** What follows from all files together; once, after what they share. */
    void derived(DerivedFacts facts);
}
