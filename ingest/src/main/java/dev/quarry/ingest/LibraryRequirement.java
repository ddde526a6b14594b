package dev.quarry.ingest;

import java.util.Set;

/**
 * What a library, or a project, asks for.
 *
 * @param version empty where it leaves the version to others
 * @param exclusions {@code group:artifact}, with {@code *} for any
 */
record LibraryRequirement(
        String group,
        String artifact,
        String version,
        String classifier,
        Kind kind,
        boolean strict,
        Set<String> exclusions) {
    /** What can be asked for. */
    enum Kind {
        LIBRARY,
        PLATFORM,
        /** A version that counts only if something else asks for the library. */
        CONSTRAINT
    }

    LibraryRequirement {
        exclusions = Set.copyOf(exclusions);
    }

    String key() {
        return group + ":" + artifact;
    }
}
