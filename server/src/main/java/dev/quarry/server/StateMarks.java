package dev.quarry.server;

import dev.quarry.graphdb.StateMark;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.ingest.RepositoryScan;
import java.util.Map;

/** Says which state of the history a run leads to. */
@FunctionalInterface
interface StateMarks {
    /**
     * The mark of a run that has scanned these files.
     *
     * @param commit the git commit that is checked out; empty outside of git
     * @param stored the files that the store had before, by their paths
     */
    StateMark of(RepositoryScan scan, String commit, Map<String, StoredFile> stored);
}
