package dev.quarry.llm;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The trace that a request is a part of, and what its tries tell their backends of it (W3C Trace Context). It holds for all
 * that is asked inside of {@link #run} and {@link #call}, on the same thread.
 */
public sealed interface RequestTrace {
    /** What holds on this thread; {@link #current} asks. */
    ScopedValue<RequestTrace> CURRENT = ScopedValue.newInstance();

    /** No trace. */
    record None() implements RequestTrace {}

    /**
     * A trace of whoever asked, to which nothing is added here: backends are told it as it came.
     *
     * @param parent the header {@code traceparent}
     * @param state the header {@code tracestate}; empty if there was none
     */
    record HandedOn(String parent, String state) implements RequestTrace {}

    /**
     * A trace in which each try is a span, whose id is chosen before the try and kept by {@link Attempt#spanId}.
     *
     * @param traceId 32 hexadecimal digits
     * @param flags two hexadecimal digits: 01 if the trace is recorded
     * @param state what other systems say of the trace, the header {@code tracestate}; may be empty
     */
    record Spanned(String traceId, String flags, String state) implements RequestTrace {}

    /** The trace that holds on this thread. */
    static RequestTrace current() {
        return CURRENT.isBound() ? CURRENT.get() : new None();
    }

    /** Does work as a part of this trace. */
    default void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    /** The same of work that gives something. */
    default <T> T call(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** An id for the next try; empty if tries are no spans. */
    default String newSpanId() {
        return switch (this) {
            case Spanned _ -> String.format("%016x", ThreadLocalRandom.current().nextLong() | 1);
            case None _, HandedOn _ -> "";
        };
    }

    /** The headers of a try. */
    default Map<String, String> headers(String spanId) {
        return switch (this) {
            case None _ -> Map.of();
            case HandedOn(String parent, String state) -> headers(parent, state);
            case Spanned(String traceId, String flags, String state) ->
                headers("00-" + traceId + "-" + spanId + "-" + flags, state);
        };
    }

    private static Map<String, String> headers(String parent, String state) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("traceparent", parent);
        if (!state.isEmpty()) {
            headers.put("tracestate", state);
        }
        return headers;
    }
}
