package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;

/**
 * How large a file may be that is read. A store remembers what it was told, so that a run which is told nothing, such
 * as one of a server that follows the files, drops nothing.
 *
 * @param noted what the store remembers; empty if nobody has named a limit
 * @param bytes larger files are skipped and counted
 */
record FileLimit(String noted, long bytes) {
    /** The limit of a run over a store. */
    static FileLimit of(GraphStore graph, IndexOptions options) {
        long told = options.maxFileBytes();
        String noted = told > 0
                ? Long.toString(told)
                : graph.meta(StoreKeys.MAX_FILE_BYTES).orElse("");
        return new FileLimit(noted, noted.isEmpty() ? IndexOptions.MAX_FILE_BYTES : Long.parseLong(noted));
    }
}
