package dev.quarry.rag;

import java.util.List;
import java.util.Optional;

/**
 * What the code of a store is of, as far as its owner knows; the reader of a context is told.
 *
 * @param commit the git commit that was checked out when the store was brought to its state; empty outside of git
 * @param dirty how many files have changed since and are not in the store yet
 * @param files the first of these by path
 * @param lagMillis how old the oldest of these changes is
 * @param gaps what the store does not know, as phrases: {@code 3 files could not be read}
 */
public record Provenance(Optional<String> commit, int dirty, List<String> files, long lagMillis, List<String> gaps) {
    /** Nothing is known. */
    public static final Provenance UNKNOWN = new Provenance(Optional.empty(), 0, List.of(), 0, List.of());

    /** Copies the lists. */
    public Provenance {
        files = List.copyOf(files);
        gaps = List.copyOf(gaps);
    }
}
