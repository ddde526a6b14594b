package dev.quarry.rag;

import java.util.OptionalDouble;

/** Says of two questions whether they ask the same. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface QuestionJudge extends AutoCloseable {
    /** Cannot tell. */
    QuestionJudge NONE = (_, _) -> OptionalDouble.empty();

    /**
     * The logarithm of the odds that one answer serves both, when they are read in this order; empty if it cannot tell.
     *
     * @param one a question
     * @param other another question
     */
    OptionalDouble logOdds(String one, String other);

    @Override
    default void close() {}
}
