package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.StackTrace.Frame;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The declarations that the frames of a stack trace stand for. A frame names its type in full, so that the type's file is
 * known without a search; its line tells which overload it is, and which method is around a class without a name. Used by
 * one thread.
 */
final class TraceFrames {
    /** How many frames count: frames of other code do not, nor do those that stand for the same. */
    private static final int COUNTING_MAX = 12;

    /** How many frames are looked up at all, and how many of those whose type is known. */
    private static final int FRAMES_MAX = 400;

    private static final int KNOWN_MAX = 60;
    private static final int HITS_PER_FRAME = 20;
    private static final double NEXT_FRAME = 0.02;

    /** What another overload is worth, where the line tells which one was called. */
    private static final double OTHER_OVERLOAD = 0.5;

    /** What the type is worth, where its method is not known. */
    private static final double TYPE_ALONE = 0.7;

    private static final Set<String> OF_TYPE = Set.of("<init>", "<clinit>");

    private final List<Frame> frames;
    private final GraphStore graph;
    private final SearchIndex index;
    private final SearchFilter filter;
    private final Map<NodeId, List<Node>> declared = new HashMap<>();
    private final Map<NodeId, Double> worth = new LinkedHashMap<>();
    private final List<Frame> counting = new ArrayList<>();

    private TraceFrames(StackTrace trace, GraphStore graph, SearchIndex index, SearchFilter filter) {
        this.frames = trace.frames().stream().limit(FRAMES_MAX).toList();
        this.graph = graph;
        this.index = index;
        this.filter = filter;
    }

    /** The frames of a trace, as far as the store knows their types and the filter lets their declarations pass. */
    static TraceFrames of(StackTrace trace, GraphStore graph, SearchIndex index, SearchFilter filter) {
        TraceFrames frames = new TraceFrames(trace, graph, index, filter);
        frames.lookUp();
        return frames;
    }

    /** What each declaration is worth, 1 for that of the first frame, the best first among those of one frame. */
    Map<NodeId, Double> worth() {
        return worth;
    }

    /** The frames that stand for these declarations; the first ones if the store knows none. */
    List<Frame> counting() {
        return counting.isEmpty() ? frames.stream().limit(COUNTING_MAX).toList() : counting;
    }

    private void lookUp() {
        Map<String, List<Node>> types = topLevelTypes();
        List<Frame> known = frames.stream()
                .filter(frame -> types.containsKey(frame.topLevelType()))
                .limit(KNOWN_MAX)
                .toList();
        for (Frame frame : known) {
            if (counting.size() < COUNTING_MAX) {
                count(frame, types.getOrDefault(frame.topLevelType(), List.of()));
            }
        }
    }

    /** The types of these frames by their names: those of the full name, else, for a name without a package, all of it. */
    private Map<String, List<Node>> topLevelTypes() {
        List<String> names = frames.stream().map(Frame::topLevelType).distinct().toList();
        List<NodeId> ids = names.stream()
                .flatMap(name -> NodeKind.types().stream().map(kind -> NodeId.of(kind, name, "")))
                .toList();
        Map<String, List<Node>> types = new HashMap<>();
        graph.nodes(ids)
                .forEach(type -> types.computeIfAbsent(type.node().qualifiedName(), _ -> new ArrayList<>())
                        .add(type.node()));
        for (String name : names) {
            if (name.indexOf('.') < 0 && !types.containsKey(name)) {
                List<Node> named = graph.named(name).stream()
                        .map(StampedNode::node)
                        .filter(node -> node.kind().isType())
                        .limit(HITS_PER_FRAME)
                        .toList();
                if (!named.isEmpty()) {
                    types.put(name, named);
                }
            }
        }
        return types;
    }

    /**
     * What a frame stands for.
     *
     * @param called what runs there
     * @param isCertain whether the line tells so
     * @param others further overloads
     */
    private record Called(List<Node> called, boolean isCertain, List<Node> others) {}

    private void count(Frame frame, List<Node> types) {
        List<Called> all = new ArrayList<>();
        for (Node type : types) {
            all.add(called(frame, type));
        }
        boolean isCertain = all.stream().anyMatch(Called::isCertain);
        List<Node> called = all.stream()
                .filter(each -> each.isCertain() == isCertain)
                .flatMap(each -> each.called().stream())
                .toList();
        List<Node> others = all.stream().flatMap(each -> each.others().stream()).toList();
        double first = 1 - NEXT_FRAME * counting.size();
        boolean isNew = add(called, first);
        if (called.stream().noneMatch(node -> worth.containsKey(node.id()))) {
            isNew = add(types.stream().map(type -> innermost(frame, type)).toList(), first * TYPE_ALONE);
        }
        add(others, first * OTHER_OVERLOAD);
        if (isNew) {
            counting.add(frame);
        }
    }

    /** Adds what passes the filter; false if there is nothing of that, or if all of it is there already. */
    private boolean add(List<Node> nodes, double points) {
        List<NodeId> ids = nodes.stream().map(Node::id).limit(HITS_PER_FRAME).toList();
        Set<NodeId> passing = index.passing(ids, filter);
        boolean isNew = false;
        for (NodeId id : ids) {
            isNew |= passing.contains(id) && worth.merge(id, points, Math::max) == points;
        }
        return isNew;
    }

    private Called called(Frame frame, Node topLevel) {
        String type = nested(frame, topLevel);
        String method = type + "#" + frame.method();
        List<Node> all = declaredIn(topLevel.file());
        List<Node> named =
                all.stream().filter(node -> node.qualifiedName().equals(method)).toList();
        boolean isNamed = all.stream()
                .anyMatch(node -> node.kind().isType() && node.qualifiedName().equals(type));
        Optional<Node> there = at(frame.line(), all)
                .filter(node -> named.contains(node)
                        || !isNamed
                        || isSynthetic(frame, named)
                        || (OF_TYPE.contains(frame.method()) && isVariableOf(node, type)));
        return there.map(node -> new Called(
                        List.of(node),
                        true,
                        named.stream().filter(other -> !other.equals(node)).toList()))
                .orElseGet(() -> new Called(named, false, List.of()));
    }

    /** The compiler makes methods of its own, which the source does not have. */
    private static boolean isSynthetic(Frame frame, List<Node> named) {
        return named.isEmpty()
                && (frame.method().indexOf('$') >= 0 || frame.method().equals("null"));
    }

    /** What a field is set to runs in constructors, or before all else. */
    private static boolean isVariableOf(Node node, String type) {
        return node.kind().isVariable() && node.qualifiedName().startsWith(type + "#");
    }

    /** The binary name of a frame's type, where its top-level type is this one. */
    private static String nested(Frame frame, Node topLevel) {
        return topLevel.qualifiedName()
                + frame.type().substring(frame.topLevelType().length());
    }

    /** The type of a frame; if it has no name, the one around it that has. */
    private Node innermost(Frame frame, Node topLevel) {
        String name = nested(frame, topLevel);
        return declaredIn(topLevel.file()).stream()
                .filter(node -> node.kind().isType()
                        && (name.equals(node.qualifiedName()) || name.startsWith(node.qualifiedName() + "$")))
                .max(Comparator.comparingInt(node -> node.qualifiedName().length()))
                .orElse(topLevel);
    }

    /** The innermost member on a line. */
    private static Optional<Node> at(int line, Collection<Node> nodes) {
        return nodes.stream()
                .filter(node -> !node.kind().isType())
                .filter(node -> 0 < line
                        && node.span().startLine() <= line
                        && line <= node.span().endLine())
                .min(Comparator.comparingInt(
                        node -> node.span().end() - node.span().start()));
    }

    /** What is written in a file and can be searched for. */
    private List<Node> declaredIn(NodeId file) {
        return declared.computeIfAbsent(
                file,
                id -> graph.declaredIn(id).stream()
                        .map(StampedNode::node)
                        .filter(node -> node.kind().isSearchable() && !Flags.has(node.flags(), Flags.IMPLICIT))
                        .toList());
    }
}
