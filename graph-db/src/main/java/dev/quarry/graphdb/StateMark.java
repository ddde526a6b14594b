package dev.quarry.graphdb;

import java.time.Instant;

/**
 * What a run says of the state that it leads to.
 *
 * @param commit the git commit that is checked out, in hexadecimal digits; empty outside of git
 * @param instant when the files became so: the commit's time, or when they were read
 * @param kind whether the files are those of the commit
 */
public record StateMark(String commit, Instant instant, Kind kind) {
    /** What the files of a state are. */
    public enum Kind {
        /** Those of the commit. */
        COMMIT,
        /** Those of a working tree, which may differ from the commit that is checked out. */
        SAVE
    }
}
