package dev.quarry.rag;

import java.time.Instant;

/**
 * An entry of the cache.
 *
 * @param id of the entry
 * @param question as it was asked
 * @param answer what was said
 * @param sequence the commit sequence of the graph that it is of
 * @param kept since when it is here
 * @param hits how often it was served
 * @param isPinned whether it stays when space is wanted
 * @param threshold how close another question must be to it
 */
public record CachedAnswer(
        String id,
        String question,
        CacheScope scope,
        NewAnswer answer,
        long sequence,
        Instant kept,
        long hits,
        boolean isPinned,
        double threshold) {}
