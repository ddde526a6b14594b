package dev.quarry.server;

import dev.quarry.ask.AnswerMemory;
import dev.quarry.ask.AskAnswer;
import dev.quarry.ask.ContextFinder;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/** What an answer stands on: the code and the answers of before, both asked on the threads that the store may hold. */
record AskGround(ContextFinder finder, AnswerMemory memory) {
    /** The ground of a question to a store as it is now, or as it was. */
    static AskGround of(Backend backend, WorkPool pool, Context loop, Optional<String> at) {
        ContextFinder finder = (query, tokens, model) -> onPool(
                pool,
                loop,
                () -> at.isEmpty()
                        ? new BackendFinder(backend).find(query, tokens, model)
                        : backend.at(at.get(), true, former -> new BackendFinder(former).find(query, tokens, model)));
        return new AskGround(finder, at.isEmpty() ? new PooledMemory(backend, pool, loop) : AnswerMemory.NONE);
    }

    private static <T> T onPool(WorkPool pool, Context loop, Callable<T> work) {
        try {
            return pool.submit(loop, work)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new QuarryException(ErrorCode.INTERNAL, "the code could not be searched", e.getCause());
        }
    }

    /** The answers of before; none where the threads take no more work on: a search that follows says so to the client. */
    private static final class PooledMemory implements AnswerMemory {
        private final Backend backend;
        private final AnswerMemory memory;
        private final WorkPool pool;
        private final Context loop;

        PooledMemory(Backend backend, WorkPool pool, Context loop) {
            this.backend = backend;
            this.memory = new CachedAnswers(backend);
            this.pool = pool;
            this.loop = loop;
        }

        @Override
        public Optional<Remembered> find(String question, Maker maker) {
            return taken(() -> memory.find(question, maker));
        }

        @Override
        public void keep(AskAnswer answer, Maker maker) {
            Optional<Boolean> ignored = taken(() -> {
                memory.keep(answer, maker);
                return Optional.of(true);
            });
        }

        private <T> Optional<T> taken(Callable<Optional<T>> work) {
            try {
                return onPool(pool, loop, work);
            } catch (ProblemException refused) {
                backend.answers().failed();
                return Optional.empty();
            }
        }
    }
}
