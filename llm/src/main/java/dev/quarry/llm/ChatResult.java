package dev.quarry.llm;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What became of a request.
 *
 * @param status whether and how it was answered
 * @param text the reply as far as it came
 * @param backend the backend that replied; empty if none did
 * @param model the model that replied; empty if none did
 * @param attempts all tries in their order
 * @param usage tokens of the try that replied
 * @param costUsd what it cost in US dollars by the configured prices; empty without prices
 * @param firstTokenMillis from the request to the first part of the reply, earlier tries included; -1 if none came
 * @param millis from the request to the end
 * @param detail what a reader must know where the reply is not whole; empty otherwise
 * @param stop the stop text at which the reply ended; empty if it ended otherwise, or the backend does not tell which
 */
public record ChatResult(
        Status status,
        String text,
        String backend,
        String model,
        List<Attempt> attempts,
        Usage usage,
        OptionalDouble costUsd,
        long firstTokenMillis,
        long millis,
        String detail,
        String stop) {
    /** Copies the list. */
    public ChatResult {
        attempts = List.copyOf(attempts);
    }

    /** A reply of before, for which no backend was asked. */
    public static ChatResult kept(String text, String backend, String model) {
        return new ChatResult(
                Status.COMPLETE, text, backend, model, List.of(), Usage.NONE, OptionalDouble.empty(), -1, 0, "", "");
    }

    /** No reply, for a reason that may lie before any backend was asked. */
    public static ChatResult none(Status status, List<Attempt> attempts, long millis, String detail) {
        return new ChatResult(status, "", "", "", attempts, Usage.NONE, OptionalDouble.empty(), -1, millis, detail, "");
    }

    /** Whether and how a request was answered. */
    public enum Status {
        /** The reply is whole. */
        COMPLETE,
        /** The reply ends where its limit of tokens was reached. */
        TRUNCATED,
        /** The backend's filter ended the reply. */
        FILTERED,
        /** The reply broke off: {@link #detail} says why. */
        BROKEN,
        /** Whoever asked did not want it any more. */
        CANCELLED,
        /** No backend replied: {@link #attempts} says why. */
        UNAVAILABLE
    }
}
