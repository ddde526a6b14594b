package dev.quarry.schema;

/** A node as the store holds it, with the version of its content. */
public record StampedNode(Node node, Version version) {
    /** The node's content and since when it is so. */
    public TypeStamp stamp() {
        return new TypeStamp(node.content(), version);
    }
}
