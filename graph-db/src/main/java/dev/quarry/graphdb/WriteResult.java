package dev.quarry.graphdb;

/**
 * What a write changed; rows that were equal already are not counted.
 *
 * @param sequence the store's commit sequence after the write
 */
public record WriteResult(
        int nodesPut, int nodesRemoved, int edgesPut, int edgesRemoved, int filesPut, int filesRemoved, long sequence) {
    /** Whether the graph or a file's record changed. */
    public boolean hasChanged() {
        return nodesPut + nodesRemoved + edgesPut + edgesRemoved + filesPut + filesRemoved > 0;
    }
}
