package dev.quarry.bench;

import java.util.Set;

/**
 * A question whose answers are known.
 *
 * @param gold the ids of all that answer it: documents, or paths of files
 */
record EvalQuery(String id, String text, Set<String> gold) {
    EvalQuery {
        gold = Set.copyOf(gold);
    }
}
