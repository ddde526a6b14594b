package dev.quarry.ingest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs over one repository, one after the other, that keep in memory what they have analysed: a run after an edit reads the
 * files that changed and those that the change bears on. Its facts equal those that {@link Ingest#run} gives for the same
 * files.
 *
 * <p>For one thread at a time. A run that fails, or is ended, is forgotten; the next one analyses the whole repository, as
 * does one for another directory, class path, or configuration, and one that finds other modules.
 */
public final class IngestSession implements AutoCloseable {
    private @Nullable Analysis last;

    /** A session that has analysed nothing. */
    public IngestSession() {}

    /**
     * Hands on the facts of the files that are new or that a change since the last run bears on; of all files, if the
     * report calls the run whole. What no file says, and what follows from all files, is handed on where it may have
     * changed.
     *
     * <p>Errors are as for {@link Ingest#run}.
     *
     * @param fingerprint what the class path and {@link Ingest#configuration} say: of runs with another one nothing is taken
     *     over
     */
    public IngestReport run(
            RepositoryScan scan,
            ClassPath wanted,
            String fingerprint,
            IngestOptions options,
            FactsSink sink,
            ProgressListener progress) {
        Analysis.Settings settings = new Analysis.Settings(options, fingerprint, scan.moduleFolders());
        Analysis before = last;
        last = null;
        if (before != null) {
            Optional<Reanalysis> part = Reanalysis.of(before, scan, wanted, settings, progress);
            if (part.isPresent()) {
                part.get().emit(sink);
                last = part.get().result();
                return part.get().report();
            }
            before.close();
        }
        WholeAnalysis whole = new WholeAnalysis(scan, wanted, options, sink, progress, settings);
        IngestReport report = whole.run();
        last = whole.analysis();
        return report;
    }

    /** Whether the next run may read the difference only. */
    public boolean isWarm() {
        return last != null;
    }

    /** Forgets what is kept. */
    @Override
    public void close() {
        Analysis before = last;
        last = null;
        if (before != null) {
            before.close();
        }
    }
}
