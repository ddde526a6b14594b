package dev.quarry.server;

import dev.quarry.rag.AnswerCache;
import dev.quarry.rag.ServedAnswer;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;

/** Verdicts on answers that came from the cache, by which it learns how close a question must be. */
public final class CacheVerdicts {
    private CacheVerdicts() {}

    /**
     * Tells the cache whether an answer was right for the question that it was given to.
     *
     * @param id of the answer, as the reply to the question has it
     * @throws QuarryException BAD_INPUT if that answer was not of the cache; NOT_FOUND if the cache has dropped it since
     */
    public static void give(AnswerCache cache, String id, boolean isRight) {
        ServedAnswer served = ServedAnswer.of(id)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.BAD_INPUT,
                        "'" + id
                                + "' was not answered from the cache: give the id that 'quarry ask' prints under such"
                                + " an answer"));
        if (!cache.judge(served.entry(), served.similarity(), isRight)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "the cache no longer has what answer " + id + " came from: there is nothing to mend");
        }
    }
}
