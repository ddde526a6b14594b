package dev.quarry.rag;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a cache holds of an entry in memory; its texts are in the log.
 *
 * @param gate of the question, as text
 * @param looseGate of the question, as text
 * @param numbers in the question
 * @param names in the question, in the order that matters
 * @param words of the question
 * @param isOfWholeGraph whether the answer holds for one state of the graph alone
 * @param place where its texts are
 */
record CacheEntry(
        String id,
        CacheScope scope,
        String gate,
        String looseGate,
        QuestionNumbers numbers,
        List<String> names,
        Set<String> words,
        long sequence,
        boolean isOfWholeGraph,
        Instant kept,
        long tokens,
        double cost,
        Duration time,
        Use use,
        QuestionVector vector,
        List<Citation> citations,
        long place) {
    CacheEntry {
        names = List.copyOf(names);
        words = Set.copyOf(words);
        citations = List.copyOf(citations);
    }

    /** How an entry was used, and what was learnt. */
    record Use(long hits, Instant last, boolean isPinned, LearntThreshold learnt) {
        Use hit(Instant now) {
            return new Use(hits + 1, now, isPinned, learnt);
        }

        Use pinned(boolean pinned) {
            return new Use(hits, last, pinned, learnt);
        }

        Use judged(double similarity, boolean isRight) {
            return new Use(hits, last, isPinned, learnt.with(similarity, isRight));
        }
    }

    /** What must be equal for two questions to be compared. */
    record Key(CacheScope scope, String text) {}

    /** What its question asks for; its gate begins with it. */
    QuestionKind kind() {
        return QuestionKind.valueOf(gate.substring(0, gate.indexOf('|')));
    }

    /** For questions of the same words. */
    Key key() {
        return new Key(scope, gate);
    }

    /** For questions in other words. */
    Key looseKey() {
        return new Key(scope, looseGate);
    }

    CacheEntry with(Use other) {
        return copy(other, place);
    }

    CacheEntry at(long other) {
        return copy(use, other);
    }

    private CacheEntry copy(Use otherUse, long otherPlace) {
        return new CacheEntry(
                id,
                scope,
                gate,
                looseGate,
                numbers,
                names,
                words,
                sequence,
                isOfWholeGraph,
                kept,
                tokens,
                cost,
                time,
                otherUse,
                vector,
                citations,
                otherPlace);
    }

    boolean isExpired(Instant now, Duration timeToLive) {
        return !use.isPinned() && kept.plus(timeToLive).isBefore(now);
    }
}
