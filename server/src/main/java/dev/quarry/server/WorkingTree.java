package dev.quarry.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server knows of the files that it follows.
 *
 * @param mode how it follows them
 * @param dirty how many files are seen changed and not yet in the graph
 * @param some the first of them by path
 * @param since when the oldest change that the graph may lack was seen; empty if there is none
 * @param problem why the graph does not follow, or only slowly, and what helps; empty if all is well
 */
public record WorkingTree(Mode mode, int dirty, List<String> some, Optional<Instant> since, String problem) {
    /** How files are followed. */
    public enum Mode {
        /** Not at all: the graph is as of the last index run. */
        OFF,
        /** By the events of the operating system. */
        EVENTS,
        /** By looking again and again. */
        POLL
    }

    /** Files that nobody follows. */
    public static final WorkingTree UNWATCHED = new WorkingTree(Mode.OFF, 0, List.of(), Optional.empty(), "");

    /** Copies the list. */
    public WorkingTree {
        some = List.copyOf(some);
    }

    /** How old, in milliseconds, the oldest change is that the graph may lack; 0 if there is none. */
    long lagMillis(Instant now) {
        return since.map(seen -> Math.max(0, now.toEpochMilli() - seen.toEpochMilli()))
                .orElse(0L);
    }
}
