package dev.quarry.llm;

/**
 * One try of one backend.
 *
 * @param backend its name
 * @param kind the wire format that it speaks
 * @param model the model that was asked for
 * @param outcome how it ended
 * @param detail what went wrong, without secrets; empty if nothing did
 * @param status the HTTP status by which the backend refused or failed; 0 if there was none
 * @param code the backend's word for why it refused, which programs know; empty if it gave none
 * @param afterMillis from the request to the begin of this try
 * @param firstTokenMillis from there to the first part of the reply; -1 if none came
 * @param millis from there to its end
 * @param spanId by which the backend was told of the try as a span, 16 hexadecimal digits; empty if it was told none
 */
public record Attempt(
        String backend,
        BackendKind kind,
        String model,
        Outcome outcome,
        String detail,
        int status,
        String code,
        long afterMillis,
        long firstTokenMillis,
        long millis,
        String spanId) {
    /** How a try ended. */
    public enum Outcome {
        /** The reply came whole. */
        ANSWERED,
        /** The backend was not asked: it failed before and rests, or cannot be used as it is configured. */
        SKIPPED,
        /** It said that it will not serve such a request: a wrong key, an unknown model, too long an input. */
        REFUSED,
        /** It has too many requests. */
        RATE_LIMITED,
        /** It could not be reached, failed, or sent what is no reply. */
        FAILED,
        /** It did not begin, or did not end, in the time that it has. */
        TIMED_OUT,
        /** The reply began and broke off. */
        BROKEN_OFF,
        /** Whoever asked did not want it any more. */
        CANCELLED
    }
}
