package dev.quarry.rag;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Entries in buckets, by what must be equal for questions to be compared. Not safe for use by several threads. */
final class AnswerBuckets {
    private final Map<String, AnswerBucket.Place> byId = new HashMap<>();
    private final Map<CacheEntry.Key, AnswerBucket> buckets = new HashMap<>();

    /**
     * Takes an entry in, which is in none or replaces one of the same id, key and vector.
     *
     * @param planesMax how many planes may lie between its question and one that it is to be found for
     */
    void put(CacheEntry.Key key, CacheEntry entry, int planesMax) {
        AnswerBucket bucket = buckets.computeIfAbsent(key, _ -> new AnswerBucket());
        AnswerBucket.Place place = byId.get(entry.id());
        if (place == null) {
            AnswerBucket.Place fresh = new AnswerBucket.Place(entry);
            byId.put(entry.id(), fresh);
            bucket.add(fresh, planesMax);
        } else {
            bucket.replace(place, entry, planesMax);
        }
    }

    /** Takes an entry out that is in the bucket of this key. */
    void remove(CacheEntry.Key key, String id) {
        AnswerBucket.Place gone = byId.remove(id);
        AnswerBucket bucket = buckets.get(key);
        if (gone != null && bucket != null) {
            bucket.remove(gone);
            if (bucket.isEmpty()) {
                buckets.remove(key);
            }
        }
    }

    /** Entries that may be close enough to a question of this key, by their sketches the closest; at most so many. */
    List<CacheEntry> nearest(CacheEntry.Key key, QuestionVector vector, int most) {
        AnswerBucket bucket = buckets.get(key);
        return bucket == null ? List.of() : bucket.nearest(vector, most);
    }
}
