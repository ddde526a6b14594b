package dev.quarry.server;

import dev.quarry.graphdb.Change;
import dev.quarry.graphdb.Difference;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names the changes that may break code outside of the repository: those of types and members that are public or protected,
 * as all types around them, and in no test.
 */
final class ApiChanges {
    private static final Set<String> MODIFIERS = Set.of(
            "public",
            "protected",
            "private",
            "abstract",
            "static",
            "final",
            "transient",
            "volatile",
            "synchronized",
            "native",
            "strictfp",
            "default");

    private final Difference difference;
    private final Map<NodeId, Change<Node>> changed = new HashMap<>();
    private final Map<String, Node> typesAfter = new HashMap<>();
    private final List<Break> breaks = new ArrayList<>();

    /**
     * A change that breaks users.
     *
     * @param node as it was; as it is where it is new
     * @param reason what happened, in a few words
     * @param was what it was before, if a text says it; else empty
     * @param is the same afterwards
     */
    record Break(Node node, String reason, String was, String is) {}

    private ApiChanges(Difference difference) {
        this.difference = difference;
        for (Change<Node> change : difference.nodes()) {
            Node node = change.before() == null ? change.after() : change.before();
            if (node != null) {
                changed.put(node.id(), change);
            }
            if (change.after() != null && change.after().kind().isType()) {
                typesAfter.put(change.after().qualifiedName(), change.after());
            }
        }
    }

    /** All of them, by the names of what they are about. */
    static List<Break> of(Difference difference) {
        ApiChanges changes = new ApiChanges(difference);
        difference.nodes().forEach(changes::node);
        changes.edges();
        changes.breaks.sort(
                java.util.Comparator.comparing((Break broken) -> broken.node().symbol())
                        .thenComparing(Break::reason)
                        .thenComparing(Break::was));
        return changes.breaks;
    }

    private void node(Change<Node> change) {
        Node before = change.before();
        Node after = change.after();
        if (before == null) {
            if (after != null) {
                added(after);
            }
        } else if (isExposed(before, true)) {
            if (after == null) {
                removed(before);
            } else {
                changed(before, after);
            }
        }
    }

    private void added(Node after) {
        Node owner = owner(after, true);
        boolean isDemanded = after.kind() == NodeKind.METHOD
                && Flags.has(after.flags(), Modifier.ABSTRACT)
                && isExposed(after, false);
        if (isDemanded
                && owner != null
                && !Flags.has(owner.flags(), Modifier.FINAL)
                && owner.kind() != NodeKind.ANNOTATION
                && isExposed(owner, true)) {
            add(after, "abstract method added", "", after.declaration());
        }
    }

    private void removed(Node before) {
        Node owner = owner(before, true);
        if (owner != null && stateOf(owner.id(), false) == null) {
            return;
        }
        Node other = before.kind().isType() ? typesAfter.get(before.qualifiedName()) : null;
        if (other == null) {
            add(before, "removed", before.declaration(), "");
        } else {
            add(before, "became another kind of type", before.declaration(), other.declaration());
        }
    }

    private void changed(Node before, Node after) {
        if (visibility(after) < visibility(before)) {
            add(before, "less visible", before.declaration(), after.declaration());
        }
        gained(before, after, Modifier.FINAL, "became final");
        gained(before, after, Modifier.ABSTRACT, "became abstract");
        gained(before, after, Flags.SEALED, "became sealed");
        if (!before.kind().isType()) {
            gained(before, after, Modifier.STATIC, "became static");
        }
        if (Flags.has(before.flags(), Modifier.STATIC) && !Flags.has(after.flags(), Modifier.STATIC)) {
            add(before, "no longer static", before.declaration(), after.declaration());
        }
        String was = resultType(before);
        String is = resultType(after);
        if (!was.equals(is)) {
            add(before, before.kind() == NodeKind.METHOD ? "return type changed" : "type changed", was, is);
        }
    }

    private void gained(Node before, Node after, int flag, String reason) {
        if (!Flags.has(before.flags(), flag) && Flags.has(after.flags(), flag)) {
            add(before, reason, before.declaration(), after.declaration());
        }
    }

    private void edges() {
        Map<NodeId, Set<String>> thrown = new HashMap<>();
        Map<NodeId, Set<String>> noLongerThrown = new HashMap<>();
        for (Change<Edge> change : difference.edges()) {
            Edge before = change.before();
            Edge edge = before == null ? change.after() : before;
            if (edge == null || (before != null && change.after() != null)) {
                continue;
            }
            Node from = stateOf(edge.from(), true);
            if (from == null || stateOf(edge.from(), false) == null || !isExposed(from, true)) {
                continue;
            }
            boolean isSupertype = edge.kind() == EdgeKind.EXTENDS || edge.kind() == EdgeKind.IMPLEMENTS;
            if (isSupertype && before != null) {
                add(from, "supertype lost", name(edge.to()), "");
            } else if (edge.kind() == EdgeKind.THROWS) {
                (before == null ? thrown : noLongerThrown)
                        .computeIfAbsent(edge.from(), _ -> new TreeSet<>())
                        .add(name(edge.to()));
            }
        }
        Set<NodeId> throwing = new TreeSet<>(thrown.keySet());
        throwing.addAll(noLongerThrown.keySet());
        for (NodeId id : throwing) {
            Node from = stateOf(id, true);
            if (from != null) {
                add(
                        from,
                        "declared exceptions changed",
                        String.join(", ", noLongerThrown.getOrDefault(id, Set.of())),
                        String.join(", ", thrown.getOrDefault(id, Set.of())));
            }
        }
    }

    private void add(Node node, String reason, String was, String is) {
        breaks.add(new Break(node, reason, was, is));
    }

    private String name(NodeId id) {
        Node node = stateOf(id, true);
        Node any = node == null ? stateOf(id, false) : node;
        return any == null ? id.toString() : any.qualifiedName();
    }

    /** A node before or after, as far as the difference knows it. */
    private @Nullable Node stateOf(NodeId id, boolean before) {
        Change<Node> change = changed.get(id);
        if (change == null) {
            return difference.around().get(id);
        }
        return before ? change.before() : change.after();
    }

    private boolean isExposed(Node node, boolean before) {
        boolean isApi =
                (node.kind().isType() || node.kind().isCallable() || node.kind().isVariable())
                        && node.kind() != NodeKind.TYPE_PARAMETER
                        && node.kind() != NodeKind.INITIALIZER;
        if (!isApi
                || visibility(node) < 2
                || Flags.has(node.flags(), Flags.LOCAL)
                || Flags.has(node.flags(), Flags.TEST)) {
            return false;
        }
        Node owner = owner(node, before);
        return owner == null || isExposed(owner, before);
    }

    private @Nullable Node owner(Node node, boolean before) {
        String name = node.qualifiedName();
        int end = name.lastIndexOf(node.kind().isType() ? '$' : '#');
        if (end <= 0) {
            return null;
        }
        for (NodeKind kind : NodeKind.values()) {
            Node owner = kind.isType() ? stateOf(NodeId.of(kind, name.substring(0, end), ""), before) : null;
            if (owner != null) {
                return owner;
            }
        }
        return null;
    }

    private static int visibility(Node node) {
        if (Flags.has(node.flags(), Modifier.PUBLIC)) {
            return 3;
        }
        if (Flags.has(node.flags(), Modifier.PROTECTED)) {
            return 2;
        }
        return Flags.has(node.flags(), Modifier.PRIVATE) ? 0 : 1;
    }

    /** The type of a method's result or of a variable, as its declaration has it; empty where there is none. */
    static String resultType(Node node) {
        String head = node.declaration();
        int end = switch (node.kind()) {
            case METHOD -> head.indexOf(" " + node.name() + "(");
            case FIELD -> head.lastIndexOf(" " + node.name());
            default -> -1;
        };
        if (end < 0) {
            return "";
        }
        String type = head.substring(0, end).strip();
        String dimensions = node.kind() == NodeKind.FIELD
                ? head.substring(end + 1 + node.name().length()).strip()
                : "";
        for (int space = type.indexOf(' '); space > 0; space = type.indexOf(' ')) {
            if (!MODIFIERS.contains(type.substring(0, space))) {
                break;
            }
            type = type.substring(space + 1);
        }
        return withoutParameters(type) + dimensions;
    }

    private static String withoutParameters(String type) {
        if (!type.startsWith("<")) {
            return type;
        }
        int depth = 0;
        for (int i = 0; i < type.length(); i++) {
            depth += type.charAt(i) == '<' ? 1 : type.charAt(i) == '>' ? -1 : 0;
            if (depth == 0) {
                return type.substring(i + 1).strip();
            }
        }
        return type;
    }
}
