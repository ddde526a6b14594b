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
 * @param model the model that is to read it, by which tokens are counted; empty for no certain one
 * @param provenance what the code is of
 */
public record ContextRequest(
        String text, List<NodeId> symbols, int tokenBudget, SearchFilter filter, String model, Provenance provenance) {
    /** The smallest budget: the head alone needs some. */
    public static final int BUDGET_MIN = 200;

    /** The largest budget. */
    public static final int BUDGET_MAX = 200_000;

    /** Rejects what cannot be packed. */
    public ContextRequest {
        symbols = List.copyOf(symbols);
        if (symbols.isEmpty()) {
            requireQuestion(text);
        }
        if (tokenBudget < BUDGET_MIN || tokenBudget > BUDGET_MAX) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the token budget " + tokenBudget + " is out of range: give " + BUDGET_MIN + " to " + BUDGET_MAX);
        }
    }

    /**
     * Rejects a question that has no words.
     *
     * @throws QuarryException BAD_INPUT if it is blank
     */
    public static void requireQuestion(String text) {
        if (text.isBlank()) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "nothing is asked for: give a question or symbols");
        }
    }

    /** For no certain model, of code of which no more is known than the store does. */
    public ContextRequest(String text, List<NodeId> symbols, int tokenBudget, SearchFilter filter) {
        this(text, symbols, tokenBudget, filter, "", Provenance.UNKNOWN);
    }
}
