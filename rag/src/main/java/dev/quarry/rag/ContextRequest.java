package dev.quarry.rag;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchFilter;
import java.util.List;

/**
 * A wish for code that fits into a prompt.
 *
 * @param text the question; may be empty where symbols are named
 * @param symbols declarations that are wanted first, in this order
 * @param tokenBudget the most tokens that the rendered text may have, {@value #BUDGET_MIN} to {@value #BUDGET_MAX}
 * @param filter what may be found by the question
 */
public record ContextRequest(String text, List<NodeId> symbols, int tokenBudget, SearchFilter filter) {
    /** The smallest budget: the head alone needs some. */
    public static final int BUDGET_MIN = 200;

    /** The largest budget. */
    public static final int BUDGET_MAX = 200_000;

    /** Rejects what cannot be packed. */
    public ContextRequest {
        symbols = List.copyOf(symbols);
        if (text.isBlank() && symbols.isEmpty()) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "nothing is asked for: give a question or symbols");
        }
        if (tokenBudget < BUDGET_MIN || tokenBudget > BUDGET_MAX) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the token budget " + tokenBudget + " is out of range: give " + BUDGET_MIN + " to " + BUDGET_MAX);
        }
    }
}
