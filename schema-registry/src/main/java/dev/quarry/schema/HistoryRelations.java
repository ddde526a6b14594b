package dev.quarry.schema;

import java.util.List;

/** From version 3 to 4: what writes replace is kept, with the states that they lead to; the next run notes the first. */
final class HistoryRelations {
    static final Migration STEP = new Migration(
            3,
            "the store has a history from now on",
            List.of(
                    ":create change {number: Int, part: Int => rows: Bytes}",
                    ":create state {number: Int => change: Int, commit: String, instant: Int, kind: String}"));

    private HistoryRelations() {}
}
