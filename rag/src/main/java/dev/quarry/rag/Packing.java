package dev.quarry.rag;

import dev.quarry.rag.PackedContext.Extent;
import dev.quarry.rag.PackedContext.Omission;
import dev.quarry.rag.PackedContext.Piece;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one packing: what is in, and what it costs. Used by one thread. */
final class Packing {
    private static final int TAIL_TOKENS = 16;

    private final SourceTexts sources;
    private final long sequence;
    private final Coverage coverage;
    private final int budget;
    private final Map<NodeId, Packed> packed = new LinkedHashMap<>();
    private final Map<ContentHash, Node> contents = new HashMap<>();
    private final Map<NodeId, Omission> omitted = new LinkedHashMap<>();
    private int used;

    private record Packed(Node node, Piece piece, int tokens) {}

    Packing(SourceTexts sources, long sequence, Coverage coverage, int budget) {
        this.sources = sources;
        this.sequence = sequence;
        this.coverage = coverage;
        this.budget = budget;
        this.used = TokenCounter.count(ContextMarkdown.head(sequence, coverage)) + TAIL_TOKENS;
    }

    /**
     * Takes a declaration in if that keeps all within a limit; in place of its signature, if that is in and its body is
     * offered now.
     */
    void offer(Node node, String reason, Extent extent, int limit) {
        Packed before = packed.get(node.id());
        if (before != null && before.piece().extent().compareTo(extent) <= 0) {
            return;
        }
        String obstacle = obstacle(node, extent);
        if (obstacle == null) {
            Piece piece = piece(node, before == null ? reason : before.piece().reason(), extent);
            int tokens = TokenCounter.count(ContextMarkdown.piece(piece));
            int without = used - (before == null ? 0 : before.tokens());
            if (!piece.text().isEmpty() && without + tokens <= limit) {
                used = without + tokens;
                packed.put(node.id(), new Packed(node, piece, tokens));
                contents.put(node.content(), node);
                omitted.remove(node.id());
                return;
            }
            obstacle = piece.text().isEmpty() ? "its text is not in the store" : "does not fit";
        }
        if (before == null) {
            omitted.put(node.id(), new Omission(node.id(), node.symbol(), obstacle));
        }
    }

    /** The context packed so far. */
    PackedContext result() {
        List<Piece> pieces =
                new ArrayList<>(packed.values().stream().map(Packed::piece).toList());
        List<Omission> left = new ArrayList<>(omitted.values());
        while (true) {
            PackedContext draft = new PackedContext(pieces, left, sequence, coverage, budget, 0);
            int tokens = TokenCounter.count(draft.markdown());
            if (tokens <= budget || pieces.isEmpty()) {
                return new PackedContext(pieces, left, sequence, coverage, budget, tokens);
            }
            Piece last = pieces.removeLast();
            left.add(new Omission(last.id(), last.symbol(), "does not fit"));
        }
    }

    /** Why a declaration's text must not come in: it, or a part of it, is in already. */
    private @Nullable String obstacle(Node node, Extent extent) {
        Node same = contents.get(node.content());
        if (same != null && !same.id().equals(node.id())) {
            return "same code as " + same.symbol();
        }
        for (Packed other : packed.values()) {
            boolean sameFile = other.node().file().equals(node.file());
            if (sameFile && other.piece().extent() == Extent.BODY && contains(other.node(), node)) {
                return "part of " + other.node().symbol();
            }
            if (sameFile && extent == Extent.BODY && contains(node, other.node())) {
                return "contains " + other.node().symbol();
            }
        }
        return null;
    }

    private static boolean contains(Node outer, Node inner) {
        return !outer.id().equals(inner.id())
                && outer.span().docStart() <= inner.span().docStart()
                && inner.span().end() <= outer.span().end();
    }

    private Piece piece(Node node, String reason, Extent extent) {
        Span span = node.span();
        return new Piece(
                node.id(),
                node.kind(),
                node.symbol(),
                sources.path(node),
                span.startLine(),
                span.endLine(),
                extent,
                reason,
                node.content(),
                extent == Extent.BODY ? sources.body(node) : sources.signature(node));
    }
}
