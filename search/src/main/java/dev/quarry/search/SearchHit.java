package dev.quarry.search;

import dev.quarry.schema.NodeId;

/**
 * A node that a search found.
 *
 * @param score higher is better; comparable within one list only. Of a vector search the cosine, -1 to 1
 * @param named how well the query stands for the node's name: 1 for the name itself, qualified or not, with the types
 *     of its parameters if the query has any; less for one with other parameters, or that differs in case, is begun,
 *     abbreviated or misspelled; 0 if the query names something else or is no name
 */
public record SearchHit(NodeId id, float score, double named) {
    /** A hit of a query that names nothing. */
    public SearchHit(NodeId id, float score) {
        this(id, score, 0);
    }
}
