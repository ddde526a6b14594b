package dev.quarry.mcp;

import dev.quarry.server.Backend;
import java.util.function.Function;

/** Where the graph is asked; called by several threads. */
public interface Graphs {
    /**
     * Asks it; what it gives must not be used after the call.
     *
     * @throws dev.quarry.schema.QuarryException if there is no graph, or another process holds it
     */
    <T> T ask(Function<Backend, T> question);

    /** A graph that is there all the time. */
    static Graphs of(Backend backend) {
        return new Graphs() {
            @Override
            public <T> T ask(Function<Backend, T> question) {
                return question.apply(backend);
            }
        };
    }
}
