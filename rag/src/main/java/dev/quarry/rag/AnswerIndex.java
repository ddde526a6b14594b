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
    private final Map<String, AnswerBucket.Place> byId = new HashMap<>();
    private final Map<CacheEntry.Key, AnswerBucket> buckets = new HashMap<>();
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
        return Optional.ofNullable(byId.get(id)).map(AnswerBucket.Place::entry);
    }

    /** All entries as they are now. */
    List<CacheEntry> all() {
        List<CacheEntry> all = new ArrayList<>(byId.size());
        byId.values().forEach(place -> all.add(place.entry()));
        return all;
    }

    Collection<String> ids() {
        return byId.keySet();
    }

    /** Takes an entry in, in the place of one with the same id. */
    void put(CacheEntry entry) {
        AnswerBucket.Place place = byId.get(entry.id());
        if (place != null && place.entry().vector().equals(entry.vector())) {
            order(place.entry(), entry);
            bucket(entry.key()).replace(place, entry, planesMax(entry));
            return;
        }
        remove(entry.id());
        AnswerBucket.Place fresh = new AnswerBucket.Place(entry);
        byId.put(entry.id(), fresh);
        bucket(entry.key()).add(fresh, planesMax(entry));
        if (!entry.use().isPinned()) {
            unpinned.add(entry);
        }
    }

    private AnswerBucket bucket(CacheEntry.Key key) {
        return buckets.computeIfAbsent(key, _ -> new AnswerBucket());
    }

    private void order(CacheEntry before, CacheEntry after) {
        unpinned.remove(before);
        if (!after.use().isPinned()) {
            unpinned.add(after);
        }
    }

    private int planesMax(CacheEntry entry) {
        return QuestionVector.planesMax(entry.use().learnt().value(rules.threshold()));
    }

    /** Whether there was such an entry. */
    boolean remove(String id) {
        AnswerBucket.Place gone = byId.remove(id);
        if (gone == null) {
            return false;
        }
        CacheEntry entry = gone.entry();
        unpinned.remove(entry);
        AnswerBucket bucket = bucket(entry.key());
        bucket.remove(gone);
        if (bucket.isEmpty()) {
            buckets.remove(entry.key());
        }
        return true;
    }

    /** What goes first, of what is not pinned and has not this id. */
    Optional<CacheEntry> first(String but) {
        return unpinned.stream().filter(entry -> !entry.id().equals(but)).findFirst();
    }

    /** Entries that may be close enough to a question of this key, by their sketches the closest; at most so many. */
    List<CacheEntry> nearest(CacheEntry.Key key, QuestionVector vector, int most) {
        AnswerBucket bucket = buckets.get(key);
        return bucket == null ? List.of() : bucket.nearest(vector, most);
    }
}
