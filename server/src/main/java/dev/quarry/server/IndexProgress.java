package dev.quarry.server;

/** Hears how an index run goes on, and may end it. Called from several threads; must be quick. */
public interface IndexProgress {
    /** Hears nothing, ends nothing. */
    IndexProgress NONE = (phase, done, total) -> {};

    /** The stages of a run, in the order in which they begin. */
    enum Phase {
        /** Files are found and hashed. */
        SCAN,
        /** Missing jars are fetched. */
        RESOLVE,
        /** Files are parsed, bound and written. */
        INDEX,
        /** Leaves, packages and removals are written, and the text index is published. */
        FINISH,
        /** Commits of git are indexed for the history. */
        HISTORY,
        /** Texts become vectors. */
        EMBED,
        /** The engine's own vector index is built. */
        VECTOR_INDEX,
        /** What the graph has is analysed again, so that the next run finds it in memory. */
        REMEMBER
    }

    /** So much of this phase is done; {@code total} is 0 while it is not known. */
    void progress(Phase phase, long done, long total);

    /**
     * Comes back when the run may go on with its vectors: at once, unless somebody has paused the making of vectors. Called
     * between two parts of the work, where nothing is held that others wait for.
     */
    default void rest() {}

    /** Whether the run is to end early; what is written until then stays and is used by the next run. */
    default boolean cancelled() {
        return false;
    }
}
