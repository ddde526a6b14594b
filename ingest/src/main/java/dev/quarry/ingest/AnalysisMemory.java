package dev.quarry.ingest;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a session counts over all files, so that it knows without looking at them what a changed file does not change. It
 * follows the files from one analysis to the next, and is made anew where it has lost them. For one thread.
 */
final class AnalysisMemory {
    private @Nullable SharedLeaves leaves;
    private @Nullable DispatchInputs inputs;

    /** What files share. */
    SharedLeaves leaves(Collection<AnalysedFile> files) {
        if (leaves == null) {
            leaves = new SharedLeaves();
            files.forEach(leaves::add);
        }
        return leaves;
    }

    /** What dispatch concludes from. */
    DispatchInputs inputs(Collection<AnalysedFile> files) {
        if (inputs == null) {
            inputs = new DispatchInputs();
            files.forEach(inputs::add);
        }
        return inputs;
    }

    /** To be called when the counts no longer stand for the files. */
    void forget() {
        leaves = null;
        inputs = null;
    }
}
