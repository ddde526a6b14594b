package dev.quarry.server;

import dev.quarry.graphdb.StateMark;
import dev.quarry.ingest.RepositoryScan;

/** Says which state of the history a run leads to. */
@FunctionalInterface
interface StateMarks {
    /** The mark of a run that has scanned these files, at this git commit; empty outside of git. */
    StateMark of(RepositoryScan scan, String commit);
}
