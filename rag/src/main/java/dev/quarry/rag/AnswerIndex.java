package dev.quarry.rag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The entries of a cache in memory: by their ids, by what must be equal for questions to be compared, and in the order in
 * which they are to go. Each change takes the same time, however many there are. Not safe for use by several threads.
 */
final class AnswerIndex {
    private final CacheRules rules;
    private final Map<String, CacheEntry> byId = new HashMap<>();
    private final AnswerBuckets buckets = new AnswerBuckets();
    private final AnswerBuckets looseBuckets = new AnswerBuckets();
    private final NavigableSet<CacheEntry> unpinned;

    AnswerIndex(CacheRules rules) {
        this.rules = rules;
        Comparator<CacheEntry> first = Comparator.comparing(entry -> entry.use().last());
        if (rules.eviction() == CacheRules.Eviction.LEAST_OFTEN) {
            first = Comparator.comparingLong((CacheEntry entry) -> entry.use().hits())
                    .thenComparing(first);
        }
        this.unpinned = new TreeSet<>(first.thenComparing(CacheEntry::id));
    }

    int size() {
        return byId.size();
    }

    int pinned() {
        return byId.size() - unpinned.size();
    }

    boolean contains(String id) {
        return byId.containsKey(id);
    }

    Optional<CacheEntry> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** All entries as they are now. */
    List<CacheEntry> all() {
        return new ArrayList<>(byId.values());
    }

    Collection<String> ids() {
        return byId.keySet();
    }

    /** Takes an entry in, in the place of one with the same id. */
    void put(CacheEntry entry) {
        CacheEntry before = byId.get(entry.id());
        boolean isSame = before != null
                && before.vector().equals(entry.vector())
                && before.key().equals(entry.key())
                && before.looseKey().equals(entry.looseKey());
        if (isSame) {
            unpinned.remove(before);
        } else {
            remove(entry.id());
        }
        byId.put(entry.id(), entry);
        LearntThreshold learnt = entry.use().learnt();
        buckets.put(entry.key(), entry, QuestionVector.planesMax(learnt.value(rules.threshold())));
        looseBuckets.put(entry.looseKey(), entry, QuestionVector.planesMax(learnt.value(rules.looseThreshold())));
        if (!entry.use().isPinned()) {
            unpinned.add(entry);
        }
    }

    /** Whether there was such an entry. */
    boolean remove(String id) {
        CacheEntry gone = byId.remove(id);
        if (gone == null) {
            return false;
        }
        unpinned.remove(gone);
        buckets.remove(gone.key(), id);
        looseBuckets.remove(gone.looseKey(), id);
        return true;
    }

    /** What goes first, of what is not pinned and has not this id. */
    Optional<CacheEntry> first(String but) {
        return unpinned.stream().filter(entry -> !entry.id().equals(but)).findFirst();
    }

    /** Entries that may be close enough to a question of this key, by their sketches the closest; at most so many. */
    List<CacheEntry> nearest(CacheEntry.Key key, QuestionVector vector, int most) {
        return buckets.nearest(key, vector, most);
    }

    /** The same of entries that may be far enough for other words. */
    List<CacheEntry> nearestLoosely(CacheEntry.Key looseKey, QuestionVector vector, int most) {
        return looseBuckets.nearest(looseKey, vector, most);
    }
}
