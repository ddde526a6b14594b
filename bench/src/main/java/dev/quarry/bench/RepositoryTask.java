package dev.quarry.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    /** What of a repository a way of asking finds for a question: ids as the set has them, best first. */
    List<String> found(Way way, EvalQuery query, EvalWorkspace repository);

    @Override
    default List<Map<Way, List<String>>> ask() throws IOException {
        List<Map<Way, List<String>>> answers = new ArrayList<>();
        visit(queries(), (query, repository) -> {
            Map<Way, List<String>> found = new EnumMap<>(Way.class);
            for (Way way : Way.values()) {
                found.put(way, found(way, query, repository));
            }
            answers.add(found);
        });
        return answers;
    }

    /** The documents that a reader of the answer wants to see. */
    Set<String> gold(EvalQuery query, EvalWorkspace repository);
}
