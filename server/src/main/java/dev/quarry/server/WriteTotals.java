package dev.quarry.server;

import dev.quarry.graphdb.WriteResult;

/** The sum over the transactions of a run. Belongs to one thread at a time. */
final class WriteTotals {
    private int files;
    private long nodes;
    private long edges;

    void add(WriteResult result) {
        files += result.filesPut() + result.filesRemoved();
        nodes += result.nodesPut() + result.nodesRemoved();
        edges += result.edgesPut() + result.edgesRemoved();
    }

    /** Files whose facts were put or removed. */
    int files() {
        return files;
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
