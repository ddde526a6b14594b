package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What {@link Dispatch} concludes from besides the calls themselves, file by file: whether a file says the same of it as it
 * did, so that the calls of other files lead where they led. For one thread.
 */
final class DispatchInputs {
    private static final Set<EdgeKind> OF_TYPES =
            EnumSet.of(EdgeKind.OVERRIDES, EdgeKind.EXTENDS, EdgeKind.IMPLEMENTS, EdgeKind.DECLARES);

    private final Map<NodeId, Integer> constructed = new HashMap<>();
    private final Set<CallNotes.Pair> supertypes = new HashSet<>();

    private record Head(NodeId id, NodeKind kind, int flags) {}

    private record Link(NodeId from, EdgeKind kind, NodeId to) {}

    /** Takes a file's part. */
    void add(AnalysedFile file) {
        constructedBy(file.facts()).forEach(id -> constructed.merge(id, 1, Integer::sum));
        supertypes.addAll(file.notes().supertypes);
    }

    /**
     * Whether the rest of the files' calls are not touched by what has become of a file. If so it is taken in the place of
     * what it was; if not, this is of no further use.
     */
    boolean replace(AnalysedFile old, AnalysedFile now) {
        CallNotes one = old.notes();
        CallNotes other = now.notes();
        return heads(old.facts()).equals(heads(now.facts()))
                && links(old.facts()).equals(links(now.facts()))
                && one.overrides.equals(other.overrides)
                && one.code.equals(other.code)
                && one.inherited.equals(other.inherited)
                && one.flows.equals(other.flows)
                && one.passed.equals(other.passed)
                && supertypes.containsAll(other.supertypes)
                && replaceConstructed(constructedBy(old.facts()), constructedBy(now.facts()));
    }

    private boolean replaceConstructed(Set<NodeId> before, Set<NodeId> after) {
        boolean isSame = true;
        for (NodeId id : before) {
            if (!after.contains(id)) {
                isSame &= constructed.merge(id, -1, Integer::sum) > 0;
            }
        }
        for (NodeId id : after) {
            if (!before.contains(id)) {
                isSame &= constructed.merge(id, 1, Integer::sum) > 1;
            }
        }
        return isSame;
    }

    private static Set<NodeId> constructedBy(FileFacts facts) {
        return facts.edges().stream()
                .filter(edge -> edge.kind() == EdgeKind.CALLS
                        && (edge.role().equals("new") || edge.role().equals("reference")))
                .map(Edge::to)
                .collect(Collectors.toSet());
    }

    private static Set<Head> heads(FileFacts facts) {
        return facts.nodes().stream()
                .filter(node -> !isAlone(node))
                .map(DispatchInputs::head)
                .collect(Collectors.toSet());
    }

    /** Whether a callable overrides nothing and is not overridden, so that no other call hangs on it. */
    private static boolean isAlone(Node node) {
        return node.kind() == NodeKind.METHOD && (node.flags() & (Modifier.STATIC | Modifier.PRIVATE)) != 0;
    }

    private static Head head(Node node) {
        return new Head(node.id(), node.kind(), node.flags() & (Modifier.ABSTRACT | Flags.DEFAULT));
    }

    /** In their order, since of two owners of a member the last one counts. */
    private static List<Link> links(FileFacts facts) {
        Set<NodeId> alone = facts.nodes().stream()
                .filter(DispatchInputs::isAlone)
                .map(Node::id)
                .collect(Collectors.toSet());
        return facts.edges().stream()
                .filter(edge -> OF_TYPES.contains(edge.kind()) && !alone.contains(edge.to()))
                .map(edge -> new Link(edge.from(), edge.kind(), edge.to()))
                .toList();
    }
}
