package dev.quarry.mcp;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend;
import dev.quarry.server.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the symbol that an argument names, and shows symbols. */
final class Symbols {
    private static final int CANDIDATES_MAX = 20;

    private Symbols() {}

    /**
     * The symbol of this name.
     *
     * @throws QuarryException NOT_FOUND, or AMBIGUOUS with the candidates and their ids
     */
    static StampedNode find(Backend backend, String name) {
        return switch (backend.resolve(name)) {
            case Resolution.Found found -> found.node();
            case Resolution.Ambiguous ambiguous -> throw ambiguous(backend, name, ambiguous.candidates());
            case Resolution.Missing missing ->
                throw new QuarryException(
                        ErrorCode.NOT_FOUND, missing.hint() + ". Use the tool 'search' to find it by words");
        };
    }

    private static QuarryException ambiguous(Backend backend, String name, List<StampedNode> candidates) {
        List<Node> shown =
                candidates.stream().limit(CANDIDATES_MAX).map(StampedNode::node).toList();
        Map<NodeId, String> paths = paths(backend, shown);
        StringBuilder message = new StringBuilder("'" + name + "' fits " + candidates.size()
                + " symbols: call again with the id or the whole symbol of one of them");
        shown.forEach(node -> message.append("\n- ").append(line(tree(node, paths))));
        if (candidates.size() > shown.size()) {
            message.append("\nand ").append(candidates.size() - shown.size()).append(" more");
        }
        return new QuarryException(ErrorCode.AMBIGUOUS, message.toString());
    }

    /** The paths of the files that declare these nodes. */
    static Map<NodeId, String> paths(Backend backend, Collection<Node> nodes) {
        List<NodeId> files = nodes.stream()
                .map(Node::file)
                .filter(file -> !file.equals(NodeId.NONE))
                .distinct()
                .toList();
        return files.isEmpty() ? Map.of() : backend.paths(files);
    }

    /** A symbol as a tree. */
    static Map<String, @Nullable Object> tree(Node node, Map<NodeId, String> paths) {
        String file = node.kind() == NodeKind.FILE ? node.qualifiedName() : paths.getOrDefault(node.file(), "");
        boolean placed = node.span().startLine() > 0;
        return Trees.object(
                "symbol", node.symbol(),
                "id", node.id().toString(),
                "kind", node.kind().name(),
                "file", file,
                "startLine", placed ? node.span().startLine() : null,
                "endLine", placed ? node.span().endLine() : null,
                "declaration", node.declaration());
    }

    /** A symbol's tree as a line: name, kind, place, id. */
    static String line(Map<String, @Nullable Object> tree) {
        StringBuilder line =
                new StringBuilder().append(tree.get("symbol")).append("  ").append(tree.get("kind"));
        if (tree.get("file") != null) {
            line.append("  ").append(tree.get("file"));
            if (tree.get("startLine") != null) {
                line.append(':').append(tree.get("startLine"));
            }
        }
        return line.append("  [").append(tree.get("id")).append(']').toString();
    }
}
