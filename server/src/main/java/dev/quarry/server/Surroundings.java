package dev.quarry.server;

import dev.quarry.graphdb.Direction;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.Reach;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend.Relationship;
import dev.quarry.server.Backend.Row;
import dev.quarry.server.Backend.Rows;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands in a relationship to a symbol. What cannot be asked of its kind is refused: an empty answer says "nobody".
 */
record Surroundings(GraphStore graph) {
    /** What a call leads to: its target, and the overrides that it may run. */
    static final Set<EdgeKind> CALLS = Set.of(EdgeKind.CALLS, EdgeKind.MAY_DISPATCH);

    private static final int EACH = 1_000_000;

    /** What stands there, nearest first. */
    Rows related(Relationship relationship, StampedNode start, int depth, int limit) {
        NodeId id = start.node().id();
        Reach reach = switch (relationship) {
            case CALLERS -> calls(start.node(), Direction.IN, depth, limit);
            case CALLEES -> calls(start.node(), Direction.OUT, depth, limit);
            case IMPLEMENTATIONS -> graph.reach(id, Direction.IN, implementing(start.node()), depth, limit);
            case SUBTYPES -> graph.reach(id, Direction.IN, Set.of(EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS), depth, limit);
            case IMPACT -> graph.impact(changing(start.node()), depth, limit);
        };
        boolean concrete = relationship == Relationship.IMPLEMENTATIONS
                && !start.node().kind().isCallable();
        List<Row> rows = reach.nodes().stream()
                .filter(reached -> !concrete || reached.node().node().kind() != NodeKind.INTERFACE)
                .map(reached -> new Row(reached.node(), reached.depth(), reached.edge()))
                .toList();
        return new Rows(rows, reach.truncated());
    }

    private Reach calls(Node node, Direction direction, int depth, int limit) {
        Reach reach = graph.reach(node.id(), direction, CALLS, depth, limit);
        if (reach.nodes().isEmpty()) {
            requireCode(node);
        }
        return reach;
    }

    /** Refuses what nothing calls because of its kind: that no call was found would say less than is known. */
    static void requireCode(Node node) {
        if (!isCode(node.kind())) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "'" + node.symbol() + "' is no method or constructor, so that nothing calls it and it calls"
                            + " nothing: ask for a method or constructor of it, or for its impact, which"
                            + " tells what uses it");
        }
    }

    /** Whether calls may lead to it or from it, as far as its kind says. */
    private static boolean isCode(NodeKind kind) {
        return switch (kind) {
            case REPOSITORY, MODULE, PACKAGE, FILE, JDK_TYPE, LIBRARY_TYPE, JDK_FIELD, LIBRARY_FIELD -> false;
            default -> !kind.isType() && !kind.isVariable();
        };
    }

    /** What changes with it: of a file or a package all that is declared there. */
    private Set<NodeId> changing(Node node) {
        return switch (node.kind()) {
            case FILE -> declared(List.of(node));
            case PACKAGE -> declared(code(files(node)));
            case MODULE, REPOSITORY ->
                throw new QuarryException(
                        ErrorCode.BAD_INPUT,
                        "'" + node.symbol() + "' is too much for one impact: ask for a package, a file or a"
                                + " declaration");
            default -> Set.of(node.id());
        };
    }

    private List<Node> files(Node owner) {
        return graph.reach(owner.id(), Direction.OUT, Set.of(EdgeKind.CONTAINS), 1, EACH).nodes().stream()
                .map(reached -> reached.node().node())
                .filter(node -> node.kind() == NodeKind.FILE)
                .toList();
    }

    /** Tests often lie in the package that they test, and are what its change reaches. */
    private static List<Node> code(List<Node> files) {
        List<Node> code = files.stream()
                .filter(file -> !Flags.has(file.flags(), Flags.TEST))
                .toList();
        return code.isEmpty() ? files : code;
    }

    private Set<NodeId> declared(List<Node> files) {
        Set<NodeId> all = new LinkedHashSet<>();
        files.forEach(file -> graph.declaredIn(file.id())
                .forEach(declared -> all.add(declared.node().id())));
        return all;
    }

    /** A method is implemented by what overrides it, a type by the classes that implement it or extend what does. */
    private static Set<EdgeKind> implementing(Node node) {
        boolean method = node.kind().isCallable()
                || node.kind() == NodeKind.JDK_METHOD
                || node.kind() == NodeKind.LIBRARY_METHOD;
        return method ? Set.of(EdgeKind.OVERRIDES) : Set.of(EdgeKind.IMPLEMENTS, EdgeKind.EXTENDS);
    }
}
