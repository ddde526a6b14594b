package dev.quarry.graphdb;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a query gave.
 *
 * @param headers the columns' names
 * @param rows for each column null, Boolean, Long, Double, String, byte[] or a List of these
 * @param truncated whether rows were left out because of the limit
 */
public record QueryResult(List<String> headers, List<List<@Nullable Object>> rows, boolean truncated) {
    /** Makes the lists unmodifiable. */
    public QueryResult {
        headers = List.copyOf(headers);
        rows = Collections.unmodifiableList(rows);
    }
}
