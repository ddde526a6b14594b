package dev.quarry.server;

import dev.quarry.llm.Cancellation;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicInteger;

/** The answers that take their time: streams of events, and questions to models. So many are open at once, and no more. */
final class OpenStreams {
    private final int max;
    private final AtomicInteger open = new AtomicInteger();

    OpenStreams(int max) {
        this.max = max;
    }

    /** How many are open. */
    int count() {
        return open.get();
    }

    /**
     * Takes a request on until it has ended.
     *
     * @param refusal what a client is told for whom there is no room
     * @throws ProblemException if as many are open as may be
     */
    void add(RoutingContext request, String refusal) {
        if (open.incrementAndGet() > max) {
            open.decrementAndGet();
            throw new ProblemException(Problem.overloaded(refusal));
        }
        request.addEndHandler(_ -> open.decrementAndGet());
    }

    /** Takes a question to a model on; what is asked for it ends when the client goes away. */
    Cancellation addQuestion(RoutingContext request) {
        add(request, "the server answers as many questions as it takes on: try again soon");
        Cancellation cancellation = new Cancellation();
        request.addEndHandler(_ -> cancellation.cancel());
        return cancellation;
    }
}
