package dev.quarry.ingest;

/** Hears how far a run has come. Called by several threads. */
@FunctionalInterface
public interface ProgressListener {
    /** Hears nothing. */
    ProgressListener NONE = (_, _, _) -> {};

    /** The stages of a run; SYNTAX and BINDING go side by side. */
    enum Phase {
        /** Finding the class path. */
        CLASS_PATH,
        /** Reading the syntax of files. */
        SYNTAX,
        /** Binding the names of files. */
        BINDING,
        /** Handing facts to the sink. */
        FACTS
    }

    /** So many of so many units of a phase are done: files, for all phases but CLASS_PATH. */
    void progress(Phase phase, long done, long total);
}
