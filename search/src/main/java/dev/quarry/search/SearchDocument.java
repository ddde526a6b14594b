package dev.quarry.search;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.Set;

/**
 * What is to be found of a node.
 *
 * @param name the simple name
 * @param qualifiedName as {@link dev.quarry.schema.Node#qualifiedName()}
 * @param declaration the head of the declaration; may be empty
 * @param doc the documentation comment, with or without its delimiters; may be empty
 * @param body the source text of the declaration; may be empty. Give a type without its members, which have documents of
 *     their own
 * @param path of its file below the repository's root, with {@code /}; may be empty
 * @param flags bits of {@link dev.quarry.schema.Flags}
 * @param annotations the types of the annotations that it bears
 */
public record SearchDocument(
        NodeId id,
        NodeKind kind,
        String name,
        String qualifiedName,
        String declaration,
        String doc,
        String body,
        String path,
        int flags,
        Set<NodeId> annotations) {
    /** Copies the set. */
    public SearchDocument {
        annotations = Set.copyOf(annotations);
    }

    /** A document of what bears no annotation. */
    public SearchDocument(
            NodeId id,
            NodeKind kind,
            String name,
            String qualifiedName,
            String declaration,
            String doc,
            String body,
            String path,
            int flags) {
        this(id, kind, name, qualifiedName, declaration, doc, body, path, flags, Set.of());
    }
}
