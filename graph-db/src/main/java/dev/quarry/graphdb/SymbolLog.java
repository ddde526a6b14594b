package dev.quarry.graphdb;

import dev.quarry.graphdb.SymbolChange.Aspect;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of one node, and of the calls to it, from state to state; goes back from now. */
final class SymbolLog {
    private static final Set<EdgeKind> CALLS = EnumSet.of(EdgeKind.CALLS, EdgeKind.MAY_DISPATCH);

    private final NodeId id;
    private final List<SymbolChange> changes = new ArrayList<>();
    private final Set<EdgeKey> callers;
    private @Nullable Node node;

    SymbolLog(GraphReads reads, NodeId id) {
        this.id = id;
        StampedNode now = reads.nodes(Set.of(id)).get(id);
        this.node = now == null ? null : now.node();
        this.callers = new HashSet<>(reads.keys(Set.of(id), Direction.IN, CALLS, Integer.MAX_VALUE));
    }

    /** What was found so far, the newest first. */
    List<SymbolChange> changes() {
        return changes;
    }

    /** Goes back over what a state brought. */
    void goBack(HistoryState state, Reversal rows) {
        Optional<StampedNode> touched = rows.nodes().get(id);
        Node before = touched == null ? node : touched.map(StampedNode::node).orElse(null);
        Set<Aspect> what = EnumSet.noneOf(Aspect.class);
        Change<Node> change = new Change<>(before, node);
        what.addAll(NodeChanges.of(change));
        int added = 0;
        int removed = 0;
        for (Map.Entry<EdgeKey, Optional<Edge>> entry : rows.edges().entrySet()) {
            EdgeKey key = entry.getKey();
            if (key.to().equals(id) && CALLS.contains(key.kind())) {
                boolean wasThere = entry.getValue().isPresent();
                boolean isThere = wasThere ? !callers.add(key) : callers.remove(key);
                added += !wasThere && isThere ? 1 : 0;
                removed += wasThere && !isThere ? 1 : 0;
            }
        }
        if (added + removed > 0) {
            what.add(Aspect.CALLERS);
        }
        if (!what.isEmpty()) {
            changes.add(new SymbolChange(state, change, what, added, removed));
        }
        node = before;
    }

    /** Ends at the first state that the history has. */
    void end(HistoryState first) {
        if (node != null) {
            changes.add(new SymbolChange(first, new Change<>(null, node), Set.of(Aspect.FIRST), callers.size(), 0));
        }
    }
}
