package dev.quarry.llm;

import org.jspecify.annotations.Nullable;

/**
 * What a try brought.
 *
 * @param text the reply as far as it came
 * @param status COMPLETE, TRUNCATED or FILTERED; what it is worth where there is a failure is for the pool to say
 * @param stop the stop text at which it ended, where the backend says so; empty otherwise
 * @param firstTokenMillis until the first part; -1 if none came
 * @param failure why it is not whole; null if it is
 */
record CallReply(
        String text,
        ChatResult.Status status,
        Usage usage,
        String stop,
        long firstTokenMillis,
        long millis,
        @Nullable CallFailure failure) {
    /** No reply. */
    static CallReply none(ChatResult.Status status, @Nullable CallFailure failure) {
        return new CallReply("", status, Usage.NONE, "", -1, 0, failure);
    }
}
