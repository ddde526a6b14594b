package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.SharedFacts;

/** Takes the facts as they come. Called by one thread, the one that called {@link Ingest#run}. */
public interface FactsSink {
    /** Drops everything: for runs that only have something to keep. */
    FactsSink NONE = new FactsSink() {
        @Override
        public void file(FileFacts facts) {}

        @Override
        public void shared(SharedFacts facts) {}

        @Override
        public void derived(DerivedFacts facts) {}
    };

    /**
     * One file's facts, unreadable files too: module by module, the modules in the order of their first paths, the files of
     * one in the order of theirs.
     */
    void file(FileFacts facts);

    /** What no single file says; once, after the last file. */
    void shared(SharedFacts facts);

    /** What follows from all files together; once, after what they share. */
    void derived(DerivedFacts facts);
}
