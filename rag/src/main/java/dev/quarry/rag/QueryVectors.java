package dev.quarry.rag;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What models made of the last questions: to search by a question, to look for its answer and to keep that answer takes one
 * embedding. Nothing is noted of a question that a model failed at. Safe for use by several threads.
 */
final class QueryVectors {
    private static final int QUESTIONS_MAX = 256;

    private record Key(String model, String text) {}

    private final Map<Key, float[]> vectors = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Entry<Key, float[]> eldest) {
            return size() > QUESTIONS_MAX;
        }
    };

    /**
     * The vector of a question, which is nobody's to change.
     *
     * @param model the id of the model, whose vectors are its own
     * @param embed makes the vector where it is not there yet; runs on this thread, and for several questions at once
     */
    float[] of(String model, String text, Function<String, float[]> embed) {
        Key key = new Key(model, text.strip());
        float[] known = known(key);
        if (known != null) {
            return known;
        }
        float[] made = embed.apply(key.text());
        synchronized (vectors) {
            vectors.put(key, made);
        }
        return made;
    }

    private float @Nullable [] known(Key key) {
        synchronized (vectors) {
            return vectors.get(key);
        }
    }
}
