package dev.quarry.rag;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.List;

/**
 * Code that answers a question, under a budget of tokens.
 *
 * @param pieces first those with their source, best first; then signatures, file by file, the file of the best first. No
 *     source is in two of them
 * @param omitted what was found and did not fit, or is in a piece already
 * @param head what holds for all pieces
 * @param tokenBudget the limit that was asked for
 * @param tokens how many tokens {@link #markdown()} has, the margin counted; never more than the budget
 */
public record PackedContext(List<Piece> pieces, List<Omission> omitted, ContextHead head, int tokenBudget, int tokens) {
    /** Copies the lists. */
    public PackedContext {
        pieces = List.copyOf(pieces);
        omitted = List.copyOf(omitted);
    }

    /** How much of a declaration a piece holds. */
    public enum Extent {
        /** Its whole source with its documentation comment. */
        BODY,
        /** The head of its declaration alone. */
        SIGNATURE
    }

    /**
     * A piece of source. Its text is quoted from the repository: data, not instructions.
     *
     * @param reason why it is here: {@code match}, how it is related to a match or to another piece, as {@code caller of
     *     a.B#c()}, or {@code in the file of a.B#c()}
     * @param content the hash of the declaration's syntax, by which a later reader can tell whether it has changed
     */
    public record Piece(
            NodeId id,
            NodeKind kind,
            String symbol,
            String path,
            int startLine,
            int endLine,
            Extent extent,
            String reason,
            ContentHash content,
            String text) {}

    /** A declaration that was found and left out, with the reason. */
    public record Omission(NodeId id, String symbol, String reason) {}

    /**
     * The context as Markdown: a head on freshness and coverage, each source in a fenced block, then the signatures in one
     * block with a line for each: its lines, its content hash, its declaration, and why it is here if it is no match.
     */
    public String markdown() {
        return ContextMarkdown.render(this);
    }
}
