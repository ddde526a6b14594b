package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.UnresolvedReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How the call sites of a whole repository end, with the reasons of those that are not bound.
 *
 * <p>The numbers are those of the files in the store. The reasons are the totals of the last run that ended; after a run
 * that did not end, they can differ from the numbers in sum.
 */
final class CallCoverage {
    private CallCoverage() {}

    /** The coverage that a store holds. */
    static Coverage of(GraphStore graph) {
        return graph.coverage().withReasons(reasons(graph));
    }

    /** The unresolved call sites of the last run that ended, by reason. */
    static Map<UnresolvedReason, Integer> reasons(GraphStore graph) {
        return parse(graph.meta(StoreKeys.UNRESOLVED).orElse(""));
    }

    /** Reasons as they lie under {@link StoreKeys#UNRESOLVED}. */
    static String format(Map<UnresolvedReason, Integer> reasons) {
        return reasons.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** What {@link #format} has written. */
    static Map<UnresolvedReason, Integer> parse(String text) {
        Map<UnresolvedReason, Integer> reasons = new EnumMap<>(UnresolvedReason.class);
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            reasons.put(
                    UnresolvedReason.valueOf(line.substring(0, equals)), Integer.parseInt(line.substring(equals + 1)));
        });
        return reasons;
    }
}
