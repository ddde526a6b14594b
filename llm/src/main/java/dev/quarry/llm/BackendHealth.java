package dev.quarry.llm;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a backend did of late.
 *
 * @param calls the tries that the figures are of: the last ones only
 * @param errorRate the share of these that failed, 0 to 1
 * @param firstTokenMillisP50 the middle time to the first token of those that replied
 * @param lastFailure what went wrong last; empty if nothing did, or if it has replied since
 * @param restsUntil until when it is not asked, where that is known
 */
public record BackendHealth(
        String name,
        BackendKind kind,
        URI url,
        String model,
        State state,
        int calls,
        double errorRate,
        OptionalLong firstTokenMillisP50,
        String lastFailure,
        Optional<Instant> restsUntil) {
    /** Whether a backend is asked. */
    public enum State {
        /** It is asked. */
        UP,
        /** It failed too often, or asked to be left alone, and is not asked for a while. */
        RESTING,
        /** It rested, and the next request tries it. */
        TRYING
    }
}
