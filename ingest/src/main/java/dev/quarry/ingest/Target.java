package dev.quarry.ingest;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for: a declaration of the repository, or a leaf.
 *
 * @param leaf the node of a leaf; null for what the repository declares
 */
record Target(NodeId id, NodeKind kind, @Nullable Node leaf) {
    static Target declared(NodeKind kind, String qualifiedName, String signature) {
        return new Target(NodeId.of(kind, qualifiedName, signature), kind, null);
    }

    static Target leaf(NodeKind kind, String name, String qualifiedName, String signature, String detail) {
        Node node = Node.withoutSyntax(kind, name, qualifiedName, signature, detail);
        return new Target(node.id(), kind, node);
    }
}
