package dev.quarry.ingest;

import dev.quarry.schema.ContentHash;

/**
 * A file beside the sources that frameworks read: a mapper of MyBatis, a configuration, a list of services.
 *
 * @param path below the repository's root, with {@code /}
 * @param raw the hash of its bytes
 */
public record ResourceFile(String path, Kind kind, ContentHash raw, String text) {
    /** What a file is, by its place and name. */
    public enum Kind {
        /** XML whose root is {@code mapper}. */
        MAPPER,
        /** {@code application*.properties}. */
        PROPERTIES,
        /** {@code application*.yml}. */
        YAML,
        /** {@code META-INF/services/*}. */
        SERVICES,
        /** {@code META-INF/spring/*.imports}. */
        IMPORTS
    }
}
