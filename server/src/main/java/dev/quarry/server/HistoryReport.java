package dev.quarry.server;

import dev.quarry.graphdb.Change;
import dev.quarry.graphdb.Difference;
import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.History;
import dev.quarry.graphdb.HistoryState;
import dev.quarry.graphdb.NodeChanges;
import dev.quarry.graphdb.Reach;
import dev.quarry.graphdb.Reached;
import dev.quarry.graphdb.SymbolChange;
import dev.quarry.graphdb.SymbolChange.Aspect;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the history says, as trees of maps, lists, text, numbers and truth values: the documents of the contract, without
 * what every reply says of the graph.
 */
final class HistoryReport {
    private static final Set<EdgeKind> TESTS = Set.of(EdgeKind.TESTS);
    private static final Set<Aspect> OF_ITS_OWN =
            EnumSet.of(Aspect.ADDED, Aspect.REMOVED, Aspect.CONTENT, Aspect.DECLARATION);
    private static final Set<EdgeKind> NOTICED = EnumSet.of(
            EdgeKind.CALLS,
            EdgeKind.MAY_DISPATCH,
            EdgeKind.OVERRIDES,
            EdgeKind.READS,
            EdgeKind.WRITES,
            EdgeKind.TYPE_USE,
            EdgeKind.EXTENDS,
            EdgeKind.IMPLEMENTS);

    private final Workspace workspace;
    private final History history;

    HistoryReport(Workspace workspace) {
        this.workspace = workspace;
        this.history = workspace.graph().history();
    }

    /** A node that changed, and in which respects. */
    private record Changed(Change<Node> change, Set<Aspect> what) {
        Node node() {
            Node after = change.after();
            return after == null ? java.util.Objects.requireNonNull(change.before()) : after;
        }
    }

    /** When a symbol, or what calls it, changed, the newest state first. */
    Map<String, @Nullable Object> log(Node symbol, int limit) {
        List<SymbolChange> changes = history.log(symbol.id(), limit + 1);
        List<Object> entries = new ArrayList<>();
        for (SymbolChange change : changes.subList(0, Math.min(limit, changes.size()))) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("state", state(change.state()));
            entry.put("what", names(change.what()));
            Node before = change.node().before();
            Node after = change.node().after();
            if (before != null && after != null && !before.declaration().equals(after.declaration())) {
                entry.put("was", before.declaration());
                entry.put("is", after.declaration());
            }
            if (change.callersAdded() + change.callersRemoved() > 0) {
                entry.put("callersAdded", change.callersAdded());
                entry.put("callersRemoved", change.callersRemoved());
            }
            entries.add(entry);
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("symbol", symbol(symbol, paths(List.of(symbol), Map.of())));
        tree.put("entries", entries);
        tree.put("truncated", changes.size() > limit);
        return tree;
    }

    /** The net difference of two states; an empty {@code to} is what the store holds. */
    Map<String, @Nullable Object> diff(String from, String to, int limit) {
        HistoryState older = find(from);
        HistoryState newer = find(to);
        Difference difference = history.difference(older, newer);
        List<Changed> changed = changed(difference);
        Map<NodeId, Node> known = known(difference);
        List<ApiChanges.Break> breaks = ApiChanges.of(difference);
        Map<NodeId, String> paths = paths(
                Stream.concat(
                                changed.stream().map(Changed::node),
                                breaks.stream().map(ApiChanges.Break::node))
                        .toList(),
                known);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("from", state(older));
        tree.put("to", state(newer));
        List<Object> broken = new ArrayList<>();
        for (ApiChanges.Break each : breaks.subList(0, Math.min(limit, breaks.size()))) {
            Map<String, @Nullable Object> row = symbol(each.node(), paths);
            row.put("reason", each.reason());
            putText(row, "was", each.was());
            putText(row, "is", each.is());
            broken.add(row);
        }
        tree.put("breaking", broken);
        List<Object> symbols = new ArrayList<>();
        for (Changed each : changed.subList(0, Math.min(limit, changed.size()))) {
            Map<String, @Nullable Object> row = symbol(each.node(), paths);
            row.put("what", names(each.what()));
            symbols.add(row);
        }
        tree.put("symbols", symbols);
        tree.put("edgeCounts", edgeCounts(difference));
        tree.put("edges", edges(difference, known, limit));
        tree.put(
                "truncated",
                breaks.size() > limit
                        || changed.size() > limit
                        || difference.edges().size() > limit);
        return tree;
    }

    /** The declarations and concepts that are there and were not, or not so, in a former state. */
    Set<NodeId> changedSince(String revision) {
        Set<NodeId> ids = new HashSet<>();
        for (Changed each : changed(history.difference(find(revision), find("")))) {
            if (each.change().after() != null) {
                ids.add(each.node().id());
            }
        }
        return ids;
    }

    /** What the difference of two states reaches in the newer one, and the tests that cover it. */
    Map<String, @Nullable Object> impact(String from, String to, int depth, int limit) {
        HistoryState older = find(from);
        HistoryState newer = find(to);
        Difference difference = history.difference(older, newer);
        return to.isEmpty()
                ? impact(workspace, older, newer, difference, depth, limit)
                : workspace.at(to, false, view -> impact(view, older, newer, difference, depth, limit));
    }

    private Map<String, @Nullable Object> impact(
            Workspace at, HistoryState older, HistoryState newer, Difference difference, int depth, int limit) {
        List<Changed> changed = changed(difference).stream()
                .filter(each -> each.what().stream().anyMatch(OF_ITS_OWN::contains))
                .toList();
        Set<NodeId> starts = new LinkedHashSet<>();
        Set<NodeId> removed = new HashSet<>();
        for (Changed each : changed) {
            (each.change().after() == null ? removed : starts).add(each.node().id());
        }
        List<Reached> rows = new ArrayList<>(users(at, difference, removed, starts));
        rows.forEach(row -> starts.add(row.node().node().id()));
        Reach reach = at.graph().impact(starts, depth, Math.max(1, limit - rows.size()));
        rows.addAll(reach.nodes());
        Map<NodeId, Node> known = known(difference);
        List<Node> named = new ArrayList<>(changed.stream().map(Changed::node).toList());
        rows.forEach(row -> named.add(row.node().node()));
        Map<NodeId, String> paths = paths(named, known);
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("from", state(older));
        tree.put("to", state(newer));
        tree.put(
                "changed",
                changed.stream().limit(limit).map(each -> changed(each, paths)).toList());
        tree.put("rows", rows.stream().limit(limit).map(row -> row(row, paths)).toList());
        List<Node> candidates = new ArrayList<>(
                at.graph().nodes(starts).stream().map(StampedNode::node).toList());
        reach.nodes().forEach(row -> candidates.add(row.node().node()));
        Set<NodeId> before = formerTests(difference);
        tree.put(
                "tests",
                candidates.stream()
                        .distinct()
                        .filter(node -> before.contains(node.id()) || isTest(at, node))
                        .map(node -> symbol(node, paths))
                        .toList());
        tree.put("truncated", reach.truncated() || rows.size() > limit || changed.size() > limit);
        return tree;
    }

    /** Those that used what is gone, and are themselves still there. */
    private static List<Reached> users(Workspace at, Difference difference, Set<NodeId> removed, Set<NodeId> starts) {
        Map<NodeId, Edge> users = new LinkedHashMap<>();
        for (Change<Edge> change : difference.edges()) {
            Edge edge = change.before();
            if (edge != null
                    && change.after() == null
                    && removed.contains(edge.to())
                    && !starts.contains(edge.from())
                    && NOTICED.contains(edge.kind())) {
                users.putIfAbsent(edge.from(), edge);
            }
        }
        List<Reached> rows = new ArrayList<>();
        for (StampedNode user : at.graph().nodes(users.keySet())) {
            Edge edge = users.get(user.node().id());
            if (edge != null) {
                rows.add(new Reached(user, 1, edge.to(), edge));
            }
        }
        return rows;
    }

    /** What was a test of something that it does not reach any more. */
    private static Set<NodeId> formerTests(Difference difference) {
        Set<NodeId> tests = new HashSet<>();
        for (Change<Edge> change : difference.edges()) {
            Edge edge = change.before();
            if (edge != null && edge.kind() == EdgeKind.TESTS && change.after() == null) {
                tests.add(edge.from());
            }
        }
        return tests;
    }

    private static boolean isTest(Workspace at, Node node) {
        return node.kind() == NodeKind.METHOD
                && Flags.has(node.flags(), Flags.TEST)
                && !at.graph().neighbours(node.id(), Direction.OUT, TESTS, 1).isEmpty();
    }

    private HistoryState find(String revision) {
        if (revision.isEmpty()) {
            if (history.last().isEmpty()) {
                throw new QuarryException(
                        ErrorCode.NOT_FOUND, "the store has no history yet: 'quarry index' notes its first state");
            }
            return history.now();
        }
        return new StateFinder(history, workspace.repositoryRoot()).find(revision);
    }

    /** The declarations and concepts that changed; a type whose members alone changed is told by those that are written. */
    private static List<Changed> changed(Difference difference) {
        Set<String> owners = new HashSet<>();
        for (Change<Node> change : difference.nodes()) {
            Node node = change.after() == null ? change.before() : change.after();
            if (node != null && node.kind().isDeclared()) {
                String name = node.qualifiedName();
                int end = Math.max(name.lastIndexOf('#'), name.lastIndexOf('$'));
                while (end > 0) {
                    owners.add(name.substring(0, end));
                    end = name.lastIndexOf('$', end - 1);
                }
            }
        }
        List<Changed> changed = new ArrayList<>();
        for (Change<Node> change : difference.nodes()) {
            Set<Aspect> what = EnumSet.noneOf(Aspect.class);
            what.addAll(NodeChanges.of(change));
            Changed each = new Changed(change, what);
            Node node = each.node();
            boolean isOfMembers = node.kind().isType() && owners.contains(node.qualifiedName());
            if (isOfMembers || Flags.has(node.flags(), Flags.IMPLICIT)) {
                what.remove(Aspect.CONTENT);
            }
            if (!what.isEmpty() && (node.kind().isDeclared() || node.kind().isConcept())) {
                changed.add(each);
            }
        }
        changed.sort(Comparator.comparing((Changed each) -> each.node().symbol())
                .thenComparing(each -> each.node().id()));
        return changed;
    }

    private static Map<NodeId, Node> known(Difference difference) {
        Map<NodeId, Node> known = new HashMap<>(difference.around());
        for (Change<Node> change : difference.nodes()) {
            Node node = change.after() == null ? change.before() : change.after();
            if (node != null) {
                known.put(node.id(), node);
            }
        }
        return known;
    }

    private static Map<String, Object> edgeCounts(Difference difference) {
        Map<EdgeKind, int[]> counts = new EnumMap<>(EdgeKind.class);
        for (Change<Edge> change : difference.edges()) {
            Edge edge = change.after() == null ? change.before() : change.after();
            if (edge != null) {
                counts.computeIfAbsent(edge.kind(), _ -> new int[3])[order(change)]++;
            }
        }
        Map<String, Object> tree = new TreeMap<>();
        counts.forEach((kind, count) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("added", count[0]);
            row.put("removed", count[1]);
            row.put("changed", count[2]);
            tree.put(kind.name(), row);
        });
        return tree;
    }

    private static int order(Change<Edge> change) {
        return change.before() == null ? 0 : change.after() == null ? 1 : 2;
    }

    private static List<Object> edges(Difference difference, Map<NodeId, Node> known, int limit) {
        List<Object> rows = new ArrayList<>();
        for (Change<Edge> change : difference.edges()) {
            Edge edge = change.after() == null ? change.before() : change.after();
            if (edge == null || rows.size() == limit) {
                continue;
            }
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("change", List.of("ADDED", "REMOVED", "CHANGED").get(order(change)));
            row.put("kind", edge.kind().name());
            putText(row, "role", edge.role());
            row.put("from", name(edge.from(), known));
            row.put("to", name(edge.to(), known));
            rows.add(row);
        }
        return rows;
    }

    private static String name(NodeId id, Map<NodeId, Node> known) {
        Node node = known.get(id);
        return node == null ? id.toString() : node.symbol();
    }

    private static Map<String, @Nullable Object> changed(Changed each, Map<NodeId, String> paths) {
        Map<String, @Nullable Object> row = symbol(each.node(), paths);
        row.put("what", names(each.what()));
        return row;
    }

    private static Map<String, @Nullable Object> row(Reached reached, Map<NodeId, String> paths) {
        Map<String, @Nullable Object> row = symbol(reached.node().node(), paths);
        row.put("depth", reached.depth());
        row.put("kindOfUse", reached.edge().kind().name());
        return row;
    }

    private static Map<String, @Nullable Object> symbol(Node node, Map<NodeId, String> paths) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("symbol", node.symbol());
        row.put("id", node.id().toString());
        row.put("kind", node.kind().name());
        putText(row, "file", paths.getOrDefault(node.file(), ""));
        if (node.span().startLine() > 0) {
            row.put("line", node.span().startLine());
        }
        putText(row, "declaration", node.declaration());
        return row;
    }

    private static void putText(Map<String, @Nullable Object> row, String name, String text) {
        if (!text.isEmpty()) {
            row.put(name, text);
        }
    }

    private static List<String> names(Set<Aspect> what) {
        return what.stream()
                .sorted()
                .map(aspect -> aspect.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static Map<String, Object> state(HistoryState state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("number", state.number());
        if (!state.mark().commit().isEmpty()) {
            tree.put("commit", state.mark().commit());
        }
        tree.put("instant", state.mark().instant().toString());
        tree.put("kind", state.mark().kind().name());
        return tree;
    }

    /** The paths of the files of these nodes: those that are there now, and those that the difference knows. */
    private Map<NodeId, String> paths(List<Node> nodes, Map<NodeId, Node> known) {
        Map<NodeId, String> paths = new HashMap<>();
        Set<NodeId> files = new HashSet<>();
        nodes.forEach(node -> files.add(node.file()));
        workspace
                .graph()
                .nodes(files)
                .forEach(file -> paths.put(file.node().id(), file.node().qualifiedName()));
        for (NodeId file : files) {
            Node node = known.get(file);
            if (node != null) {
                paths.putIfAbsent(file, node.qualifiedName());
            }
        }
        paths.remove(NodeId.NONE);
        return paths;
    }
}
