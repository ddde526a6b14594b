package dev.quarry.tests;

import java.time.Instant;

/** Tells states of a history apart by time, which has milliseconds there. */
final class Moment {
    private Moment() {}

    /** A moment behind all states so far, and in a millisecond before those of what follows. */
    static Instant betweenStates() {
        Instant now = Instant.now();
        while (Instant.now().toEpochMilli() == now.toEpochMilli()) {
            Thread.onSpinWait();
        }
        return now;
    }
}
