package dev.quarry.ingest;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session counts over all files, so that it knows without looking at them what a changed file does not change. It
 * follows the files from one analysis to the next, and is made anew where it has lost them. For one thread.
 */
final class AnalysisMemory {
    private @Nullable SharedLeaves leaves;
    private @Nullable Map<String, Integer> declared;

    /** What files share. */
    SharedLeaves leaves(Collection<AnalysedFile> files) {
        if (leaves == null) {
            leaves = new SharedLeaves();
            files.forEach(leaves::add);
        }
        return leaves;
    }

    /** How often each top-level type is declared; whoever replaces files keeps it up to date. */
    Map<String, Integer> declared(Collection<AnalysedFile> files) {
        if (declared == null) {
            Map<String, Integer> counts = new HashMap<>();
            files.forEach(file -> file.trace().topLevel().forEach(type -> counts.merge(type, 1, Integer::sum)));
            declared = counts;
        }
        return declared;
    }

    /** To be called when the counts of leaves no longer stand for the files. */
    void forget() {
        leaves = null;
    }
}
