package dev.quarry.rag;

import dev.quarry.rag.PackedContext.Extent;
import dev.quarry.rag.PackedContext.Omission;
import dev.quarry.rag.PackedContext.Piece;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The state of one packing: what is in, and what it costs. Used by one thread. */
final class Packing {
    /** Why what was asked for, or found by the question, is here. */
    static final String MATCH = "match";

    /** How the reason begins for what a match's file declares besides. */
    static final String SAME_FILE = "in the file of ";

    private static final int TAIL_TOKENS = 16;

    private final SourceTexts sources;
    private final ContextHead head;
    private final int budget;
    private final TokenCounter counter;
    private final Map<NodeId, Packed> bodies = new LinkedHashMap<>();
    private final Map<NodeId, Packed> signatures = new LinkedHashMap<>();
    private final Map<ContentHash, Node> contents = new HashMap<>();
    private final Map<NodeId, Omission> omitted = new LinkedHashMap<>();
    private final Set<String> headers = new HashSet<>();
    private int used;

    private record Packed(Node node, Piece piece, int tokens) {}

    Packing(SourceTexts sources, ContextHead head, int budget) {
        this.sources = sources;
        this.head = head;
        this.budget = budget;
        this.counter = head.counter();
        this.used = counter.exact(ContextMarkdown.head(head)) + TAIL_TOKENS;
    }

    /**
     * Takes the source of a declaration in, in place of its signature, if that keeps all within a share of the budget.
     *
     * @param longest how many tokens it may have itself
     */
    void source(Node node, String reason, double share, int longest) {
        if (bodies.containsKey(node.id())) {
            return;
        }
        String obstacle = obstacle(node);
        if (obstacle == null) {
            Packed before = signatures.get(node.id());
            Piece piece = piece(node, before == null ? reason : before.piece().reason(), Extent.BODY);
            int tokens = counter.exact(ContextMarkdown.body(piece));
            int without = used - (before == null ? 0 : before.tokens());
            if (piece.text().isEmpty()) {
                obstacle = "its text is not in the store";
            } else if (tokens > longest || counter.withMargin(without + tokens) > budget * share) {
                obstacle = "does not fit";
            } else {
                used = without + tokens;
                signatures.remove(node.id());
                bodies.put(node.id(), new Packed(node, piece, tokens));
                contents.putIfAbsent(node.content(), node);
                omitted.remove(node.id());
                return;
            }
        }
        if (!signatures.containsKey(node.id())) {
            omitted.put(node.id(), new Omission(node.id(), node.symbol(), obstacle));
        }
    }

    /** Takes the signature of a declaration in, unless its source is, if that keeps all within a share of the budget. */
    void signature(Node node, String reason, double share) {
        if (bodies.containsKey(node.id()) || signatures.containsKey(node.id())) {
            return;
        }
        Node whole = around(node);
        if (whole != null) {
            omitted.put(node.id(), new Omission(node.id(), node.symbol(), "part of " + whole.symbol()));
            return;
        }
        Piece piece = piece(node, reason, Extent.SIGNATURE);
        int tokens = counter.exact(ContextMarkdown.signature(piece));
        String file = ContextMarkdown.fileHeader(piece);
        String owner = ContextMarkdown.ownerHeader(piece);
        int heading = (headers.isEmpty() ? counter.exact(ContextMarkdown.signaturesFrame()) : 0)
                + (headers.contains(file) ? 0 : counter.exact(file))
                + (owner.isEmpty() || headers.contains(file + owner) ? 0 : counter.exact(owner));
        if (piece.text().isEmpty() || counter.withMargin(used + heading + tokens) > budget * share) {
            omitted.put(node.id(), new Omission(node.id(), node.symbol(), "does not fit"));
            return;
        }
        headers.add(file);
        headers.add(file + owner);
        used += heading + tokens;
        signatures.put(node.id(), new Packed(node, piece, tokens));
        omitted.remove(node.id());
    }

    /** The context packed so far. */
    PackedContext result() {
        List<Piece> pieces =
                new ArrayList<>(bodies.values().stream().map(Packed::piece).toList());
        Map<String, Integer> files = new HashMap<>();
        signatures.values().forEach(packed -> files.putIfAbsent(packed.piece().path(), files.size()));
        signatures.values().stream()
                .map(Packed::piece)
                .sorted(Comparator.comparingInt((Piece piece) -> files.getOrDefault(piece.path(), 0))
                        .thenComparing(ContextMarkdown::ownerHeader)
                        .thenComparingInt(Piece::startLine)
                        .thenComparing(Piece::id))
                .forEach(pieces::add);
        List<Omission> left = new ArrayList<>(omitted.values());
        while (true) {
            PackedContext draft = new PackedContext(pieces, left, head, budget, 0);
            int tokens = counter.count(draft.markdown());
            if (tokens <= budget || pieces.isEmpty()) {
                return new PackedContext(pieces, left, head, budget, tokens);
            }
            Piece last = pieces.removeLast();
            left.add(new Omission(last.id(), last.symbol(), "does not fit"));
        }
    }

    /** Why a declaration's source must not come in: it, its like, or a part of it, is in already. */
    private @Nullable String obstacle(Node node) {
        Node same = contents.get(node.content());
        if (same != null && !same.id().equals(node.id())) {
            return "same code as " + same.symbol();
        }
        Node whole = around(node);
        if (whole != null) {
            return "part of " + whole.symbol();
        }
        for (Packed other : bodies.values()) {
            if (contains(node, other.node())) {
                return "contains " + other.node().symbol();
            }
            if (Diversity.isLike(node, other.node())) {
                return "almost the same code as " + other.node().symbol();
            }
        }
        for (Packed other : signatures.values()) {
            if (contains(node, other.node())) {
                return "contains " + other.node().symbol();
            }
        }
        return null;
    }

    private @Nullable Node around(Node node) {
        for (Packed other : bodies.values()) {
            if (contains(other.node(), node)) {
                return other.node();
            }
        }
        return null;
    }

    private static boolean contains(Node outer, Node inner) {
        return outer.file().equals(inner.file())
                && !outer.id().equals(inner.id())
                && outer.span().docStart() <= inner.span().docStart()
                && inner.span().end() <= outer.span().end();
    }

    private Piece piece(Node node, String reason, Extent extent) {
        return piece(sources, node, reason, extent);
    }

    static Piece piece(SourceTexts sources, Node node, String reason, Extent extent) {
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
