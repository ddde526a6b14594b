package dev.quarry.schema;

/**
 * What a node is made of and since when.
 *
 * @param content the hash of the node's canonical syntax: its tokens in order, without layout and comments
 * @param version made when this content was first seen in this place
 */
public record TypeStamp(ContentHash content, Version version) {}
