package dev.quarry.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;

/** A development set whose questions are asked of repositories. */
interface RepositoryTask extends EvalTask {
    /** Is given a question and the repository that it is about, which is its own until it returns. */
    @FunctionalInterface
    interface Visitor {
        void visit(EvalQuery query, EvalWorkspace repository) throws IOException;
    }

    /** Indexes what each of these questions is about, in their order, and has it visited. */
    void visit(Collection<EvalQuery> queries, Visitor visitor) throws IOException;

    /** The documents that a reader of the answer wants to see. */
    Set<String> gold(EvalQuery query, EvalWorkspace repository);
}
