package dev.quarry.llm;

import org.jspecify.annotations.Nullable;

/**
 * What a try brought.
 *
 * @param text the reply as far as it came
 * @param status COMPLETE, TRUNCATED or FILTERED; what it is worth where there is a failure is for the pool to say
 * @param firstTokenMillis until the first part; -1 if none came
 * @param failure why it is not whole; null if it is
 */
record CallReply(
        String text,
        ChatResult.Status status,
        Usage usage,
        long firstTokenMillis,
        long millis,
        @Nullable CallFailure failure) {}
