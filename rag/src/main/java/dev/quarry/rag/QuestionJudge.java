package dev.quarry.rag;

/** Says of two questions whether they ask the same. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface QuestionJudge extends AutoCloseable {
    /** Never sure. */
    QuestionJudge NONE = (_, _) -> false;

    /**
     * Whether one answer serves both.
     *
     * @param kept the question that was answered
     * @param asked the question that is to be answered
     */
    boolean isSame(String kept, String asked);

    @Override
    default void close() {}
}
