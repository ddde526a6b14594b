package dev.quarry.server;

import dev.quarry.ingest.IngestSession;

/**
 * What a workspace's last index run has kept of its analysis, and for which state of the store. For one run at a time.
 *
 * <p>A run takes it and gives it back when all is written: what a run that failed leaves behind is not trusted.
 */
final class KeptAnalysis implements AutoCloseable {
    private IngestSession session = new IngestSession();
    private long sequence;

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
