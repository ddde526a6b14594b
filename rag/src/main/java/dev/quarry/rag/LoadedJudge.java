package dev.quarry.rag;

import dev.quarry.embed.SameQuestionModel;
import dev.quarry.schema.QuarryException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The judge that ships: a network, loaded when it is first asked, since most stores never have a question that needs it.
 * One that cannot be loaded is said once and never sure from then on.
 */
final class LoadedJudge implements QuestionJudge {
    private static final Logger log = LoggerFactory.getLogger(LoadedJudge.class);

    /** How sure it must be in the mean of both orders, as the logarithm of the odds; by {@code quarry-bench cache}. */
    private static final double SURE_MIN = 2.5;

    /** How much less sure it may be in the first order for the second one to be tried. */
    private static final double HOPE = 1;

    private @Nullable SameQuestionModel model;
    private boolean ended;

    @Override
    public boolean isSame(String kept, String asked) {
        SameQuestionModel loaded = loaded();
        if (loaded == null) {
            return false;
        }
        double first = loaded.logOdds(kept, asked);
        return first >= SURE_MIN - HOPE && (first + loaded.logOdds(asked, kept)) / 2 >= SURE_MIN;
    }

    private synchronized @Nullable SameQuestionModel loaded() {
        if (model == null && !ended) {
            try {
                model = SameQuestionModel.bundled();
            } catch (QuarryException refused) {
                ended = true;
                log.warn("questions in other words are not found in the answer cache: {}", refused.getMessage());
            }
        }
        return model;
    }

    @Override
    public synchronized void close() {
        ended = true;
        SameQuestionModel loaded = model;
        model = null;
        if (loaded != null) {
            loaded.close();
        }
    }
}
