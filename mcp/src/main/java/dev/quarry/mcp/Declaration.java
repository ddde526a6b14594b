package dev.quarry.mcp;

import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Span;
import dev.quarry.schema.StampedNode;
import dev.quarry.server.Backend;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A declaration as its file has it.
 *
 * @param file the path of its file; empty if it is declared in none
 * @param doc its documentation comment as written; empty if there is none
 * @param source its text without the comment; empty if the store has none
 * @param members what is written in it, one level deep, in the order of the file
 */
record Declaration(Node node, String file, String doc, String source, List<Node> members) {
    Declaration {
        members = List.copyOf(members);
    }

    static Declaration of(Backend backend, Node node) {
        String file = node.kind() == NodeKind.FILE
                ? node.qualifiedName()
                : Symbols.paths(backend, List.of(node)).getOrDefault(node.file(), "");
        String text = file.isEmpty() ? "" : backend.text(file).orElse("");
        if (node.kind() == NodeKind.FILE) {
            return new Declaration(node, file, "", text, members(backend, node));
        }
        Span span = node.span();
        boolean isThere = span.end() > span.start() && span.end() <= text.length();
        return new Declaration(
                node,
                file,
                isThere ? text.substring(span.docStart(), span.start()).strip() : "",
                isThere ? unindented(text, span) : "",
                node.kind().isType() ? members(backend, node) : List.of());
    }

    private static String unindented(String text, Span span) {
        int lineStart = text.lastIndexOf('\n', span.start() - 1) + 1;
        boolean first = text.substring(lineStart, span.start()).isBlank();
        return text.substring(first ? lineStart : span.start(), span.end()).stripIndent();
    }

    private static List<Node> members(Backend backend, Node owner) {
        boolean isFile = owner.kind() == NodeKind.FILE;
        return backend.declaredIn(isFile ? owner.id() : owner.file()).stream()
                .map(StampedNode::node)
                .filter(node -> node.kind().isDeclared() && node.kind() != NodeKind.TYPE_PARAMETER)
                .filter(node -> !Flags.has(node.flags(), Flags.IMPLICIT))
                .filter(node -> isFile ? isTopLevel(node) : ownerOf(node).equals(owner.qualifiedName()))
                .sorted(Comparator.comparingInt((Node node) -> node.span().start())
                        .thenComparing(Node::symbol))
                .toList();
    }

    private static boolean isTopLevel(Node node) {
        return node.kind().isType() && node.qualifiedName().indexOf('$') < 0;
    }

    /** The qualified name of the type that declares a member. */
    private static String ownerOf(Node node) {
        String name = node.qualifiedName();
        int end = node.kind().isType() ? name.lastIndexOf('$') : name.lastIndexOf('#');
        return end < 0 ? "" : name.substring(0, end);
    }

    /** All of it as Markdown, for one who reads it as a document. */
    String markdown(Backend backend) {
        StringBuilder text =
                new StringBuilder("# ").append(Symbols.line(tree())).append("\n\n");
        String body = doc.isEmpty() ? source : doc + "\n" + source;
        if (!body.isEmpty()) {
            String fence = ContextTool.fence(body);
            text.append(fence)
                    .append("java\n")
                    .append(body)
                    .append('\n')
                    .append(fence)
                    .append("\n\n");
        }
        if (!node.detail().isEmpty()) {
            text.append(node.detail()).append("\n\n");
        }
        return text.append(Standings.sentence(backend.standing())).append('\n').toString();
    }

    /** The symbol as a tree. */
    Map<String, @Nullable Object> tree() {
        return Symbols.tree(node, Map.of(node.file(), file));
    }
}
