package dev.quarry.ingest;

import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How many files ask for each leaf: whether a change of a file changes what the files share. For one thread. */
final class SharedLeaves {
    private final Map<NodeId, Integer> counts = new HashMap<>();
    private final Map<NodeId, Node> known = new HashMap<>();
    /** Leaves that files know differently. */
    private final Set<NodeId> disputed = new HashSet<>();

    /** Takes a file's part. */
    void add(AnalysedFile file) {
        for (Node leaf : file.trace().leaves()) {
            counts.merge(leaf.id(), 1, Integer::sum);
            note(leaf);
        }
    }

    private boolean note(Node leaf) {
        Node before = known.putIfAbsent(leaf.id(), leaf);
        if (before != null && !before.equals(leaf)) {
            disputed.add(leaf.id());
        }
        return before == null;
    }

    /**
     * Whether the leaves of all files stay the same when a file becomes another. If so that one is taken in its place; if
     * not, this is of no further use.
     */
    boolean replace(AnalysedFile old, AnalysedFile now) {
        Map<NodeId, Node> before = byId(old);
        Map<NodeId, Node> after = byId(now);
        boolean isSame = true;
        for (Node leaf : before.values()) {
            if (!leaf.equals(after.get(leaf.id()))) {
                isSame &= !disputed.contains(leaf.id());
            }
            if (!after.containsKey(leaf.id())) {
                isSame &= counts.merge(leaf.id(), -1, Integer::sum) > 0;
            }
        }
        for (Node leaf : after.values()) {
            if (!before.containsKey(leaf.id())) {
                counts.merge(leaf.id(), 1, Integer::sum);
                isSame &= !note(leaf);
            }
            isSame &= leaf.equals(known.get(leaf.id()));
        }
        return isSame;
    }

    private static Map<NodeId, Node> byId(AnalysedFile file) {
        Map<NodeId, Node> leaves = new HashMap<>();
        file.trace().leaves().forEach(leaf -> leaves.put(leaf.id(), leaf));
        return leaves;
    }
}
