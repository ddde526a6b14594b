package dev.quarry.rag;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;

/** A declaration that an answer relies on, with the content that it had. */
public record Citation(NodeId id, ContentHash content) {}
