package dev.quarry.tests;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.graphdb.StoreCopies;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.ContentHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All states of a store's history. */
final class HistoryDump {
    private HistoryDump() {}

    /**
     * One line for each state, the oldest first: what was said of it, and a digest of what the store held then.
     *
     * @param scratch where nothing is; holds a copy of the store afterwards
     */
    static List<String> of(Path store, Path scratch) {
        StoreCopies.link(store, scratch);
        List<String> lines = new ArrayList<>();
        try (GraphStore graph = GraphStore.open(scratch, StoreOptions.DEFAULT)) {
            for (HistoryState state : graph.history().states().reversed()) {
                graph.history().rewind(state);
                String held = String.join("\n", StoreDump.of(graph));
                lines.add(state.mark() + " " + ContentHash.ofText(held));
            }
        }
        Collections.reverse(lines);
        return lines;
    }

    /** What kind of state each is and of which commit, the oldest first. */
    static List<String> shown(Path store) {
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            return graph.history().states().stream()
                    .map(HistoryState::mark)
                    .map(mark -> (mark.kind() == Kind.SAVE ? "save " : "commit ") + mark.commit())
                    .toList();
        }
    }

    /** The digest of what was held at each commit, from the lines of {@link #of}. */
    static Map<String, String> commits(List<String> lines) {
        return lines.stream()
                .filter(line -> line.contains("kind=" + Kind.COMMIT))
                .collect(Collectors.toMap(
                        line -> line.substring(line.indexOf("commit=") + 7, line.indexOf(',')),
                        line -> line.substring(line.lastIndexOf(' ') + 1)));
    }
}
