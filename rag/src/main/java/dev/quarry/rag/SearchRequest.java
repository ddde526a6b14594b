package dev.quarry.rag;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.search.SearchFilter;
import java.util.EnumSet;
import java.util.Set;

/**
 * A question for code.
 *
 * @param text words, a name, or both
 * @param limit how many hits at most, 1 to {@value #LIMIT_MAX}
 * @param filter what may be found
 * @param legs by which ways to search
 */
public record SearchRequest(String text, int limit, SearchFilter filter, Set<Leg> legs) {
    /** The most hits that can be asked for. */
    public static final int LIMIT_MAX = 200;

    /** The longest text of a question, in UTF-16 units, unless it is a stack trace. */
    public static final int TEXT_MAX_CHARS = 4000;

    /** The longest stack trace. */
    public static final int TRACE_MAX_CHARS = 65_536;

    /** Rejects what cannot be answered. */
    public SearchRequest {
        requireText(text);
        if (!isFitting(text)) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the search text has " + text.length() + " characters, more than " + TEXT_MAX_CHARS
                            + " (a stack trace may have " + TRACE_MAX_CHARS + "): shorten it");
        }
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the limit " + limit + " is out of range: give 1 to " + LIMIT_MAX);
        }
        if (legs.isEmpty()) {
            throw new QuarryException(ErrorCode.BAD_INPUT, "no way of searching is left: name at least one leg");
        }
        legs = Set.copyOf(legs);
    }

    /**
     * Rejects a text that has no words.
     *
     * @throws QuarryException BAD_INPUT if it is blank
     */
    public static void requireText(String text) {
        if (text.isBlank()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT, "the search text is empty: give words or a name to look for");
        }
    }

    private static boolean isFitting(String text) {
        return text.length() <= TEXT_MAX_CHARS || (text.length() <= TRACE_MAX_CHARS && StackTrace.isOne(text));
    }

    /** As much of a text, from its beginning, as can be searched for. */
    public static String fitting(String text) {
        String trace = text.substring(0, Math.min(text.length(), TRACE_MAX_CHARS));
        return isFitting(trace) ? trace : text.substring(0, TEXT_MAX_CHARS);
    }

    /** The same for another text. */
    SearchRequest withText(String other) {
        return new SearchRequest(other, limit, filter, legs);
    }

    /** A search by all legs. */
    public static SearchRequest of(String text, int limit, SearchFilter filter) {
        return new SearchRequest(text, limit, filter, EnumSet.allOf(Leg.class));
    }
}
