package dev.quarry.server;

import dev.quarry.ingest.ClassPath;
import dev.quarry.ingest.IngestSession;
import dev.quarry.ingest.RepeatedScan;
import dev.quarry.ingest.RepositoryScan;
import dev.quarry.ingest.ScanOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace's last index run has kept of its analysis, and for which state of the store. For one run at a time.
 *
 * <p>A run takes it and gives it back when all is written: what a run that failed leaves behind is not trusted.
 */
final class KeptAnalysis implements AutoCloseable {
    private final RepeatedScan scans = new RepeatedScan();
    private IngestSession session = new IngestSession();
    private @Nullable Binding binding;
    private long sequence;

    /**
     * What the files of a repository are bound against.
     *
     * @param settings changes if the same files would be analysed differently
     */
    record Binding(ClassPath classPath, String settings) {}

    /** Scans the repository; see {@link RepeatedScan#scan}. */
    RepositoryScan scan(Path root, ScanOptions options, boolean trustsTimes, Optional<Set<String>> touched) {
        RepositoryScan scan = scans.scan(root, options, trustsTimes, touched);
        if (!scans.onlySourcesChanged()) {
            binding = null;
        }
        return scan;
    }

    /** What the files of the last scan are bound against; found anew unless only sources changed since it was. */
    Binding binding(Supplier<Binding> finder) {
        Binding known = binding;
        if (known == null) {
            known = finder.get();
            binding = known;
        }
        return known;
    }

    /**
     * The session for the next run.
     *
     * @param at the commit sequence of the store
     * @param fits whether a run over a part of the files would do
     */
    IngestSession take(long at, boolean fits) {
        IngestSession taken = session;
        if (!fits || at != sequence) {
            taken.close();
        }
        session = new IngestSession();
        return taken;
    }

    /** Whether what is kept is of this state of the store. */
    boolean isOf(long at) {
        return session.isWarm() && at == sequence;
    }

    /** Keeps what a run has analysed and written. */
    void give(IngestSession used, long at) {
        session = used;
        sequence = at;
    }

    @Override
    public void close() {
        session.close();
    }
}
