package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The states that a store was in, and what changed between them.
 *
 * <p>"Now" is the store's rows; a former state is what the changes behind it lead back to. Safe for use by several threads;
 * questions wait for a write at work, so that they see one state. All methods throw {@link
 * dev.quarry.schema.QuarryException}s as {@link GraphStore} does.
 */
public final class History {
    private static final Comparator<EdgeKey> ORDER = Comparator.comparing(EdgeKey::from)
            .thenComparing(EdgeKey::kind)
            .thenComparing(EdgeKey::role)
            .thenComparing(EdgeKey::to);

    private final GraphStore store;
    private final StoreState state;
    private final GraphReads reads;
    private final ChangeLog log;

    History(GraphStore store, StoreState state, GraphReads reads) {
        this.store = store;
        this.state = state;
        this.reads = reads;
        this.log = new ChangeLog(state);
    }

    /** All states, the oldest first. */
    public List<HistoryState> states() {
        return store.write(log::states);
    }

    /** The last state; empty before the first run has ended. */
    public Optional<HistoryState> last() {
        return ChangeLog.lastState(state);
    }

    /** What the store holds: the last state, or a save behind it where more was written since. */
    public HistoryState now() {
        long change = ChangeLog.last(state);
        Optional<HistoryState> last = last();
        return last.filter(this::isNow)
                .orElseGet(() -> new HistoryState(
                        last.map(HistoryState::number).orElse(0L) + 1,
                        change,
                        new StateMark(
                                last.map(before -> before.mark().commit()).orElse(""),
                                Instant.now(),
                                StateMark.Kind.SAVE)));
    }

    /** Whether nothing was written since this state. */
    public boolean isNow(HistoryState wanted) {
        return wanted.change() == ChangeLog.last(state);
    }

    /** What differs between two states, whichever is older. */
    public Difference difference(HistoryState from, HistoryState to) {
        return store.write(() -> {
            requireKnown(from);
            requireKnown(to);
            boolean isForward = from.change() <= to.change();
            Difference difference = isForward ? between(from, to) : between(to, from);
            return isForward ? difference : reversed(difference);
        });
    }

    /** Refuses a state that is neither listed nor where the store is: its number means nothing here. */
    private void requireKnown(HistoryState wanted) {
        if (!isNow(wanted)) {
            requireListed(wanted);
        }
    }

    private static Difference reversed(Difference difference) {
        return new Difference(
                difference.nodes().stream()
                        .map(change -> new Change<>(change.after(), change.before()))
                        .toList(),
                difference.edges().stream()
                        .map(change -> new Change<>(change.after(), change.before()))
                        .toList(),
                difference.around());
    }

    private Difference between(HistoryState older, HistoryState newer) {
        Reversal later = new Rewind(state, reads, ChangeLog.last(state)).rowsAt(newer.change());
        Reversal before = new Rewind(state, reads, newer.change()).rowsAt(older.change());
        Map<NodeId, Node> after = nodes(before.nodes().keySet(), later);
        List<Change<Node>> nodes = new ArrayList<>();
        for (NodeId id : new TreeSet<>(before.nodes().keySet())) {
            Change<Node> change = new Change<>(node(before.nodes().getOrDefault(id, Optional.empty())), after.get(id));
            if (!NodeChanges.of(change).isEmpty()) {
                nodes.add(change);
            }
        }
        Map<EdgeKey, Edge> edgesAfter = edges(before.edges().keySet(), later);
        List<Change<Edge>> edges = new ArrayList<>();
        for (EdgeKey key : before.edges().keySet().stream().sorted(ORDER).toList()) {
            Change<Edge> change = new Change<>(
                    before.edges().getOrDefault(key, Optional.empty()).orElse(null), edgesAfter.get(key));
            if (NodeChanges.isChange(change)) {
                edges.add(change);
            }
        }
        return new Difference(nodes, edges, around(nodes, edges, before, later));
    }

    private static @Nullable Node node(Optional<StampedNode> stamped) {
        return stamped.map(StampedNode::node).orElse(null);
    }

    /** These nodes as they are where {@code later} leads back to. */
    private Map<NodeId, Node> nodes(Set<NodeId> ids, Reversal later) {
        Map<NodeId, Node> found = new HashMap<>();
        Set<NodeId> unchanged = new HashSet<>(ids);
        unchanged.removeAll(later.nodes().keySet());
        reads.nodes(unchanged).forEach((id, stamped) -> found.put(id, stamped.node()));
        for (NodeId id : ids) {
            later.nodes().getOrDefault(id, Optional.empty()).ifPresent(stamped -> found.put(id, stamped.node()));
        }
        return found;
    }

    private Map<EdgeKey, Edge> edges(Set<EdgeKey> keys, Reversal later) {
        Set<EdgeKey> unchanged = new HashSet<>(keys);
        unchanged.removeAll(later.edges().keySet());
        Map<EdgeKey, Edge> found = new HashMap<>(reads.edges(unchanged));
        for (EdgeKey key : keys) {
            later.edges().getOrDefault(key, Optional.empty()).ifPresent(edge -> found.put(key, edge));
        }
        return found;
    }

    private Map<NodeId, Node> around(
            List<Change<Node>> nodes, List<Change<Edge>> edges, Reversal before, Reversal later) {
        Set<NodeId> ids = new HashSet<>();
        for (Change<Edge> change : edges) {
            Edge edge = change.after() == null ? change.before() : change.after();
            if (edge != null) {
                ids.add(edge.from());
                ids.add(edge.to());
            }
        }
        for (Change<Node> change : nodes) {
            Node node = change.after() == null ? change.before() : change.after();
            if (node != null) {
                ids.addAll(owners(node.qualifiedName()));
                ids.add(node.file());
            }
        }
        nodes.forEach(change -> {
            if (change.before() != null) {
                ids.remove(change.before().id());
            }
            if (change.after() != null) {
                ids.remove(change.after().id());
            }
        });
        Map<NodeId, Node> around = nodes(ids, later);
        ids.forEach(id -> before.nodes()
                .getOrDefault(id, Optional.empty())
                .ifPresent(stamped -> around.putIfAbsent(id, stamped.node())));
        return around;
    }

    /** The ids that the types around a declaration of this name may have. */
    private static List<NodeId> owners(String qualifiedName) {
        List<NodeId> ids = new ArrayList<>();
        int end = Math.max(qualifiedName.lastIndexOf('#'), qualifiedName.lastIndexOf('$'));
        while (end > 0) {
            String owner = qualifiedName.substring(0, end);
            for (NodeKind kind : NodeKind.values()) {
                if (kind.isType()) {
                    ids.add(NodeId.of(kind, owner, ""));
                }
            }
            end = owner.lastIndexOf('$');
        }
        return ids;
    }

    /** The states in which a node changed, or what calls it, the newest first; at most this many. */
    public List<SymbolChange> log(NodeId id, int limit) {
        return store.write(() -> {
            List<HistoryState> states = log.states();
            SymbolLog found = new SymbolLog(reads, id);
            long at = ChangeLog.last(state);
            for (int i = states.size() - 1; i > 0 && found.changes().size() < limit; i--) {
                long base = states.get(i - 1).change();
                if (base < at) {
                    found.goBack(states.get(i), new Rewind(state, reads, at).rowsAt(base));
                    at = base;
                }
            }
            if (!states.isEmpty() && found.changes().size() < limit) {
                found.end(states.getFirst());
            }
            return List.copyOf(found.changes());
        });
    }

    /** The last that was known of nodes that are gone by now, of those that are meant. */
    public List<StampedNode> gone(Predicate<Node> isMeant) {
        return store.write(() -> {
            Map<NodeId, StampedNode> found = new HashMap<>();
            long base = ChangeLog.base(log.states());
            for (long change = ChangeLog.last(state); change > base; change--) {
                log.read(change).nodes().values().stream()
                        .flatMap(Optional::stream)
                        .filter(stamped -> isMeant.test(stamped.node()))
                        .forEach(stamped -> found.putIfAbsent(stamped.node().id(), stamped));
            }
            found.keySet().removeAll(reads.nodes(found.keySet()).keySet());
            return found.values().stream()
                    .sorted(Comparator.comparing(
                                    (StampedNode stamped) -> stamped.node().symbol())
                            .thenComparing(stamped -> stamped.node().id()))
                    .toList();
        });
    }

    /**
     * Brings this store back to a former state, and forgets what came behind it: for a copy of a store.
     * This is a write like others: the commit sequence rises. A
     * process that ends on the way leaves a store that is at no state.
     */
    public void rewind(HistoryState wanted) {
        store.write(() -> {
            requireListed(wanted);
            writes().rewind(wanted);
            return true;
        });
    }

    /**
     * Takes in the states that another store went on to, in one transaction: they come right before one of this store's,
     * which stays what it is with all behind it. What lies behind is numbered anew. Nobody may write to this store
     * meanwhile; questions are answered, but for a moment at the end.
     *
     * @param walked a store that was a copy of this one at the state before {@code next}, or a new one if there is none
     * @param next the state of this history that follows them
     * @param at a copy of this store at {@code next}, or this store if that is where it is
     */
    public void insert(GraphStore walked, HistoryState next, GraphStore at) {
        Reversal back = StoreDifference.back(walked.history(), at.history());
        store.write(() -> {
            requireListed(next);
            writes().insert(walked.history().log, next, back);
            return true;
        });
    }

    /** Forgets the states before this one, in one transaction; who has a copy of the store keeps them there. */
    public void forgetBefore(HistoryState first) {
        store.write(() -> {
            requireListed(first);
            writes().forgetBefore(first);
            return true;
        });
    }

    /** How many bytes the changes take that lead to the states before this one. */
    public long bytesBefore(HistoryState first) {
        return store.write(() -> log.bytes(first.change()));
    }

    /**
     * Checks that all changes and states are there and can be read; where the changes lead, going back shows.
     *
     * @return whether they are
     */
    public boolean check(Findings findings) {
        return store.write(() -> new HistoryCheck(state, findings).run());
    }

    private HistoryWrites writes() {
        return new HistoryWrites(state, reads, log);
    }

    private void requireListed(HistoryState wanted) {
        if (!log.states().contains(wanted)) {
            throw new QuarryException(
                    ErrorCode.NOT_FOUND,
                    "the history of the store " + state.place() + " was changed while it was asked: ask again");
        }
    }

    /** The rows of this store, for a comparison. */
    GraphReads reads() {
        return reads;
    }

    /** What is known of this store, for a comparison. */
    StoreState state() {
        return state;
    }
}
