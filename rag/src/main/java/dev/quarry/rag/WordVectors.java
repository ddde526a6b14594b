package dev.quarry.rag;

import dev.quarry.embed.StaticModel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The static vectors of single words. Those of some are kept, since questions share most of their words. */
final class WordVectors {
    private static final int KEPT_MAX = 4_096;
    private static final int LENGTH_MAX = 40;
    private static final Map<String, float[]> KEPT = new ConcurrentHashMap<>();

    private WordVectors() {}

    /** The cosine of two words' vectors; 0 where one is not known. */
    static double cosine(String word, String other) {
        float[] here = vector(word);
        float[] there = vector(other);
        double dot = 0;
        for (int i = 0; i < here.length; i++) {
            dot += here[i] * there[i];
        }
        return dot;
    }

    /** A unit vector, or zero. */
    private static float[] vector(String word) {
        float[] kept = KEPT.get(word);
        if (kept == null) {
            kept = StaticModel.bundled().embed(word);
            if (word.length() <= LENGTH_MAX) {
                // All of them are made again if need be; that keeps the map small without an order of use.
                if (KEPT.size() >= KEPT_MAX) {
                    KEPT.clear();
                }
                KEPT.put(word, kept);
            }
        }
        return kept;
    }
}
