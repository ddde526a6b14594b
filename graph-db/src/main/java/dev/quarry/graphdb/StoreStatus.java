package dev.quarry.graphdb;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.NodeKind;
import java.util.Map;

/**
 * What a store holds.
 *
 * @param sequence how many writes have changed the graph
 * @param vectorSequence how many writes have changed vectors, or which texts stand for nodes
 * @param nodes how many nodes of each kind; kinds without nodes are left out
 * @param edges the same for edges
 * @param files the same for files by what became of them
 * @param vectors how many vectors, over all models
 */
public record StoreStatus(
        int schemaVersion,
        long sequence,
        long vectorSequence,
        Map<NodeKind, Long> nodes,
        Map<EdgeKind, Long> edges,
        Map<FileStatus, Long> files,
        long vectors) {
    /** Copies the maps. */
    public StoreStatus {
        nodes = Map.copyOf(nodes);
        edges = Map.copyOf(edges);
        files = Map.copyOf(files);
    }
}
