package dev.quarry.graphdb;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeKind;
import java.util.HashMap;
import java.util.Map;

/** By how much a write changes the numbers of nodes and edges of each kind; the store keeps these in its meta rows. */
final class KindCounts {
    private final Map<String, Long> changes = new HashMap<>();

    void add(NodeKind kind, int change) {
        changes.merge(Meta.count(kind), (long) change, Long::sum);
    }

    void add(EdgeKind kind, int change) {
        changes.merge(Meta.count(kind), (long) change, Long::sum);
    }

    /** The sum of the changes of the number with this key of the meta rows. */
    long change(String key) {
        return changes.getOrDefault(key, 0L);
    }

    /** Notes the numbers as they are after the write. */
    void noteIn(Map<String, String> meta, StoreState state) {
        changes.forEach((key, change) -> meta.put(key, Long.toString(state.number(key) + change)));
    }
}
