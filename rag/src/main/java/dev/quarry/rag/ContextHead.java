package dev.quarry.rag;

import dev.quarry.schema.Coverage;

/**
 * What holds for a whole context.
 *
 * @param sequence the commit sequence of the store that all pieces are of
 * @param coverage how the call sites of the repository ended
 * @param provenance what the code is of
 * @param counter how tokens are counted
 */
public record ContextHead(long sequence, Coverage coverage, Provenance provenance, TokenCounter counter) {}
