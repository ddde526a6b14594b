package dev.quarry.search;

import dev.quarry.schema.NodeId;

/**
 * A node that a search found.
 *
 * @param score higher is better; comparable within one list only. Of a vector search the cosine, -1 to 1
 */
public record SearchHit(NodeId id, float score) {}
