package dev.quarry.server;

import dev.quarry.graphdb.WriteResult;

/** The sum over the transactions of a run. Belongs to one thread at a time. */
final class WriteTotals {
    private int files;
    private int removed;
    private long nodes;
    private long edges;

    void add(WriteResult result) {
        files += result.filesPut() + result.filesRemoved();
        removed += result.filesRemoved();
        nodes += result.nodesPut() + result.nodesRemoved();
        edges += result.edgesPut() + result.edgesRemoved();
    }

    /** Files whose facts were put or removed. */
    int files() {
        return files;
    }

    /** Those of them that were removed. */
    int removedFiles() {
        return removed;
    }

    /** Nodes put or removed. */
    long nodes() {
        return nodes;
    }

    /** Edges put or removed. */
    long edges() {
        return edges;
    }
}
