package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.util.Set;

/**
 * Which groups of duplicates are wanted.
 *
 * @param kinds how alike the members of a group may be; of a group within another only the larger one is told
 * @param minLines how many lines each member has at least
 * @param minTokens how many tokens each member has at least, {@value #FEWEST_TOKENS} or more
 * @param limit how many groups at most
 */
public record CloneRequest(Set<CloneKind> kinds, int minLines, int minTokens, int limit) {
    /** The size below which declarations are alike for no reason: getters, delegating constructors. */
    public static final int FEWEST_TOKENS = 12;

    /** A size that leaves out what has to be written again in each class, as {@code equals} with two fields. */
    public static final int DEFAULT_TOKENS = 50;

    /** As many lines as a method has that does something. */
    public static final int DEFAULT_LINES = 5;

    /** Copies the set; rejects bounds that are too low. */
    public CloneRequest {
        kinds = Set.copyOf(kinds);
        if (minLines < 1 || minTokens < FEWEST_TOKENS || limit < 1 || kinds.isEmpty()) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "duplicates of at least " + minLines + " lines and " + minTokens + " tokens, " + limit
                            + " groups, kinds " + kinds + ": give at least 1 line, " + FEWEST_TOKENS
                            + " tokens, 1 group and one kind");
        }
    }
}
