package dev.quarry.server;

import java.util.Optional;
import java.util.Set;

/**
 * How a repository is indexed.
 *
 * @param embed whether vectors are made after the graph and the text index stand
 * @param instant whether all that can be found by meaning gets a vector of the instant tier at once, with the text index
 * @param resolve whether jars that the class path lacks are first fetched over the network, in a process of their own
 * @param kept whether what is analysed stays in memory, so that the next run of the workspace pays for the difference only
 * @param trusting whether a file that is as old and as large as the run before found it counts as unchanged; only where that
 *     run was kept
 * @param touched the paths of all files that may have changed since the run before, where that is known and times are
 *     trusted; the others are not looked at
 * @param maxFileBytes larger files are skipped and counted; 0 for the limit that the store remembers, or else {@link
 *     #MAX_FILE_BYTES}
 * @param threads how many threads may work; at least 1
 * @param history which commits of git are to be in the history; empty to leave it as it is
 */
public record IndexOptions(
        boolean embed,
        boolean instant,
        boolean resolve,
        boolean kept,
        boolean trusting,
        Optional<Set<String>> touched,
        long maxFileBytes,
        int threads,
        Optional<HistoryRequest> history) {
    /** Where nobody names a limit: files beyond this are hardly written by hand. */
    public static final long MAX_FILE_BYTES = 5L << 20;

    /** Options that keep nothing and leave the history as it is. */
    public IndexOptions(boolean embed, boolean resolve, long maxFileBytes, int threads) {
        this(embed, embed, resolve, false, false, Optional.empty(), maxFileBytes, threads, Optional.empty());
    }

    /** Rejects limits that leave nothing to do. */
    public IndexOptions {
        if (maxFileBytes < 0 || threads < 1) {
            throw new IllegalArgumentException(
                    "a file limit of at least 0 and a number of threads of at least 1 are needed");
        }
        touched = touched.map(Set::copyOf);
    }

    /** All cores, vectors included, no network. */
    public static IndexOptions defaults() {
        return new IndexOptions(true, false, 0, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Whether what the graph has is analysed once more where nothing else was to be done, so that the next run finds it in
     * memory: for runs that follow the files, which have edits behind them.
     */
    boolean remembers() {
        return kept && trusting;
    }

    /** The same, with those vectors alone that are there at once; for callers that have the others made afterwards. */
    public IndexOptions withInstantOnly() {
        return new IndexOptions(false, true, resolve, kept, trusting, touched, maxFileBytes, threads, history);
    }

    /** The same, with or without vectors. */
    public IndexOptions withEmbed(boolean wanted) {
        return new IndexOptions(wanted, wanted, resolve, kept, trusting, touched, maxFileBytes, threads, history);
    }

    /** The same, with or without fetching what is missing. */
    public IndexOptions withResolve(boolean wanted) {
        return new IndexOptions(embed, instant, wanted, kept, trusting, touched, maxFileBytes, threads, history);
    }

    /** The same with a limit for the size of files, 0 for what the store remembers. */
    public IndexOptions withMaxFileBytes(long bytes) {
        return new IndexOptions(embed, instant, resolve, kept, trusting, touched, bytes, threads, history);
    }

    /** The same, with or without keeping the analysis. */
    public IndexOptions withKept(boolean wanted) {
        return new IndexOptions(embed, instant, resolve, wanted, trusting, touched, maxFileBytes, threads, history);
    }

    /** The same, where these files alone may have changed since the run before. */
    public IndexOptions withTouched(Optional<Set<String>> paths) {
        return new IndexOptions(embed, instant, resolve, kept, trusting, paths, maxFileBytes, threads, history);
    }

    /** The same, with or without trusting the times of files. */
    public IndexOptions withTrusting(boolean wanted) {
        return new IndexOptions(embed, instant, resolve, kept, wanted, touched, maxFileBytes, threads, history);
    }

    /** The same, with these commits in the history. */
    public IndexOptions withHistory(Optional<HistoryRequest> wanted) {
        return new IndexOptions(embed, instant, resolve, kept, trusting, touched, maxFileBytes, threads, wanted);
    }
}
