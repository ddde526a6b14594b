package dev.quarry.cli;

import org.jspecify.annotations.Nullable;

/**
 * What one check of {@code quarry doctor} has found.
 *
 * @param name what was checked
 * @param detail what was found
 * @param remedy what helps; empty if nothing is wrong
 */
record Finding(String name, State state, String detail, String remedy) {
    /** How bad it is. */
    enum State {
        /** As it should be. */
        OK,
        /** Quarry works, but not as well as it could. */
        WARNING,
        /** Quarry, or a part of it, does not work. */
        FAILURE
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail, "");
    }

    static Finding warning(String name, String detail, String remedy) {
        return new Finding(name, State.WARNING, detail, remedy);
    }

    static Finding failure(String name, @Nullable String detail, String remedy) {
        return new Finding(name, State.FAILURE, String.valueOf(detail), remedy);
    }
}
