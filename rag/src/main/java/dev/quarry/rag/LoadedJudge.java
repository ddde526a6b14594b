package dev.quarry.rag;

import dev.quarry.embed.SameQuestionModel;
import dev.quarry.schema.QuarryException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The judge that ships: a network, loaded when it is first asked, since most stores never have a question that needs it.
 * That it cannot be loaded is said once, and it cannot tell from then on.
 */
final class LoadedJudge implements QuestionJudge {
    private static final Logger log = LoggerFactory.getLogger(LoadedJudge.class);

    private @Nullable SameQuestionModel model;
    private boolean ended;

    @Override
    public OptionalDouble logOdds(String one, String other) {
        SameQuestionModel loaded = loaded();
        return loaded == null ? OptionalDouble.empty() : OptionalDouble.of(loaded.logOdds(one, other));
    }

    private synchronized @Nullable SameQuestionModel loaded() {
        if (model == null && !ended) {
            try {
                model = SameQuestionModel.bundled();
            } catch (QuarryException refused) {
                ended = true;
                log.warn("the answer cache compares questions by their words alone: {}", refused.getMessage());
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
