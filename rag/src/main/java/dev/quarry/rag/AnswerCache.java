package dev.quarry.rag;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Answers that were given, for questions that mean the same.
 *
 * <p>An answer is served only if the question is close in meaning, asks the same by its {@link QuestionGate} and its words
 * or in the eyes of a {@link QuestionJudge}, has the same {@link CacheScope}, and every declaration that the answer cites
 * still has the content that it had. A cache is never in the way: no method throws because of its own store; a failure is a
 * miss, or nothing, and {@link #stats()} counts it. Safe for use by several threads.
 */
public interface AnswerCache extends AutoCloseable {
    /** What was found. */
    sealed interface Lookup {
        /** An answer that holds, and how close its question is, as a cosine. */
        record Hit(CachedAnswer answer, double similarity) implements Lookup {}

        /** Nothing that may be served. */
        record Miss(Reason reason) implements Lookup {}
    }

    /** Why nothing was served. */
    enum Reason {
        /** No question is close enough. */
        NONE,
        /** What the answer cites has changed, or cannot be shown any more; the answer is dropped. */
        STALE,
        /** The answer is too old; it is dropped. */
        EXPIRED,
        /** The cache does not work. */
        FAILED
    }

    /** Looks for an answer to this question. */
    default Lookup find(CacheQuestion question) {
        return find(question, _ -> true);
    }

    /**
     * Looks for an answer to this question that can be shown.
     *
     * @param showable whether the answer can be had with all that it cites; one that cannot is dropped as stale, is no hit,
     *     and the next one is tried. Called on this thread, with no lock held; what it throws makes the lookup fail
     */
    Lookup find(CacheQuestion question, Predicate<Lookup.Hit> showable);

    /**
     * Keeps an answer in the place of one to the same text.
     *
     * @return its id; empty if it is not kept, because it cites nothing by which it could be known to be out of date, holds
     *     a secret, is too long, or the cache does not work
     */
    Optional<String> keep(CacheQuestion question, NewAnswer answer);

    /**
     * Learns whether an answer was right for a question of this similarity: each entry has a threshold of its own. An answer
     * that was served and is wrong counts as a false hit.
     *
     * @return whether there is such an entry
     */
    boolean judge(String id, double similarity, boolean isRight);

    /** Keeps an entry from being put out for want of space or by age, or lets it go again; false if there is none. */
    boolean pin(String id, boolean isPinned);

    /**
     * Drops entries; gives their number.
     *
     * @throws dev.quarry.schema.QuarryException NOT_FOUND if those of a model are meant that none has
     */
    int purge(CachePurge what);

    /** Some of the entries, the newest first. */
    List<CachedAnswer> entries(int skip, int limit);

    /** What the cache has done since it was made, and what it holds. */
    CacheStats stats();

    /** Notes how long a question's embedding took, which the asker knows, for {@link #stats()}. */
    void embedded(long nanos);

    /** Notes that something else which a lookup or a keeping needs did not work, for {@link #stats()}. */
    void failed();

    @Override
    void close();
}
