package dev.quarry.ingest;

import java.time.Instant;

/**
 * A commit of a git repository.
 *
 * @param id 40 hexadecimal digits
 * @param time when it was committed, to the second
 * @param subject the first line of its message
 */
public record GitCommit(String id, Instant time, String subject) {}
