package dev.quarry.rag;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * Counts tokens by the vocabulary {@code o200k_base}.
 *
 * <p>Other models cut text differently, and pieces counted apart may need a token more where they meet: each count is
 * raised by {@value #MARGIN_PERCENT} per cent and {@value #MARGIN_TOKENS}. The sum over the pieces of a text is then not
 * less than the count of the whole. Safe for use by several threads.
 */
final class TokenCounter {
    static final int MARGIN_PERCENT = 5;
    static final int MARGIN_TOKENS = 2;

    private TokenCounter() {}

    /** Loading the vocabulary takes a while: only when something is counted. */
    private static final class Holder {
        private static final Encoding ENCODING =
                Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    /** The tokens of a text, with the margin. */
    static int count(String text) {
        int exact = exact(text);
        return exact + (exact * MARGIN_PERCENT + 99) / 100 + MARGIN_TOKENS;
    }

    /** The tokens of a text; what looks like a special token counts as plain text. */
    static int exact(String text) {
        return Holder.ENCODING.countTokensOrdinary(text);
    }
}
