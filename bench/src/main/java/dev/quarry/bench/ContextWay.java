package dev.quarry.bench;

import java.util.Set;

/** A way to fill a context of limited size. */
interface ContextWay {
    /** What it is called in tables. */
    String title();

    /** Fills a context for a question. */
    Content pack(EvalWorkspace repository, String question, int budget);

    /**
     * What is in a context.
     *
     * @param documents those whose signature or body is there, under its name and place
     * @param tokens how many it has, the counter's margin included
     */
    record Content(Set<String> documents, int tokens) {
        public Content {
            documents = Set.copyOf(documents);
        }
    }
}
