package dev.quarry.graphdb;

import dev.quarry.schema.Node;
import dev.quarry.schema.Span;

/** A declaration as the search for duplicates sees it. */
final class Fragment {
    private final Node node;
    private final int tokens;
    private final int[] shingles;

    Fragment(Node node, int tokens, int[] shingles) {
        this.node = node;
        this.tokens = tokens;
        this.shingles = shingles;
    }

    Node node() {
        return node;
    }

    int tokens() {
        return tokens;
    }

    /** Its runs of tokens, ascending; not to be changed. */
    int[] shingles() {
        return shingles;
    }

    int lines() {
        return node.span().endLine() - node.span().startLine() + 1;
    }

    boolean isType() {
        return node.kind().isType();
    }

    boolean encloses(Fragment other) {
        Span outer = node.span();
        Span inner = other.node.span();
        return node.file().equals(other.node.file()) && outer.start() <= inner.start() && inner.end() <= outer.end();
    }

    /** How this is like another, which it is known to be. */
    Duplicate asCopyOf(Fragment other) {
        if (node.content().equals(other.node.content())) {
            return new Duplicate(node, CloneKind.EXACT, 1, tokens);
        }
        boolean renamed = node.shape() != null && node.shape().equals(other.node.shape());
        return new Duplicate(
                node,
                renamed ? CloneKind.RENAMED : CloneKind.NEAR,
                Shingles.similarity(shingles, other.shingles),
                tokens);
    }
}
