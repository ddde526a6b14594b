package dev.quarry.server;

import dev.quarry.schema.Coverage;
import dev.quarry.schema.FileStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an index run has done.
 *
 * @param files how many files the repository has, by what became of them
 * @param skipped how many directory entries were passed over, by reason
 * @param filesChanged files whose facts were written or removed
 * @param filesRemoved those of them that are gone
 * @param nodesWritten nodes put or removed
 * @param edgesWritten edges put or removed
 * @param vectorsWritten vectors made
 * @param statesWritten states that the history has more; 0 if the run was not to take commits into it
 * @param states how many states the history has; 0 as above
 * @param coverage how the call sites of the whole repository ended
 * @param missingArtifacts coordinates that the repository names and this machine lacks, and declarations not understood
 * @param sequence the commit sequence that the store has reached
 * @param elapsed the wall time of the run
 */
public record IndexReport(
        Map<FileStatus, Integer> files,
        Map<String, Integer> skipped,
        int filesChanged,
        int filesRemoved,
        long nodesWritten,
        long edgesWritten,
        long vectorsWritten,
        int statesWritten,
        int states,
        Coverage coverage,
        List<String> missingArtifacts,
        long sequence,
        Duration elapsed) {
    /** Copies the collections; equal ones are told in the same order. */
    public IndexReport {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        missingArtifacts = List.copyOf(missingArtifacts);
    }

    /** The same, with so many vectors made after it. */
    IndexReport withVectors(long made) {
        return with(made, statesWritten, states);
    }

    /** The same, of a run that took commits into the history, which had so many states before. */
    IndexReport withStates(int before, int now) {
        return with(vectorsWritten, Math.max(0, now - before), now);
    }

    private IndexReport with(long vectors, int newStates, int allStates) {
        return new IndexReport(
                files,
                skipped,
                filesChanged,
                filesRemoved,
                nodesWritten,
                edgesWritten,
                vectors,
                newStates,
                allStates,
                coverage,
                missingArtifacts,
                sequence,
                elapsed);
    }

    /** Whether the run found nothing to write. */
    public boolean isUnchanged() {
        return filesChanged == 0 && nodesWritten == 0 && edgesWritten == 0 && vectorsWritten == 0;
    }
}
