package dev.quarry.rag;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Coverage;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.FileStatus;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Sites;
import dev.quarry.schema.Span;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of a file, told by hand: a declaration is found in the text by its head and ends with the brace or semicolon
 * that closes it; a comment in front of it is its documentation.
 */
final class SampleFile {
    private final String path;
    private final String text;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    SampleFile(String path, String text) {
        this.path = path;
        this.text = text;
        nodes.add(new Node(
                fileId(),
                NodeKind.FILE,
                path.substring(path.lastIndexOf('/') + 1),
                path,
                "",
                "",
                NodeId.NONE,
                new Span(0, 0, text.length(), 1, line(text.length())),
                0,
                ContentHash.ofText(text),
                null,
                null,
                ""));
    }

    Node type(NodeKind kind, String qualifiedName, String head) {
        String simple =
                qualifiedName.substring(Math.max(qualifiedName.lastIndexOf('.'), qualifiedName.lastIndexOf('$')) + 1);
        return add(kind, simple, qualifiedName, "", head, Modifier.PUBLIC);
    }

    Node method(Node owner, String name, String signature, String head) {
        return method(owner, name, signature, head, Modifier.PUBLIC);
    }

    Node method(Node owner, String name, String signature, String head, int flags) {
        return member(NodeKind.METHOD, owner, name, signature, head, flags);
    }

    Node member(NodeKind kind, Node owner, String name, String signature, String head, int flags) {
        Node member = add(kind, name, owner.qualifiedName() + "#" + name, signature, head, flags);
        edge(owner, EdgeKind.DECLARES, member);
        return member;
    }

    void edge(Node from, EdgeKind kind, Node to) {
        edges.add(new Edge(
                from.id(),
                kind,
                "",
                to.id(),
                Found.COMPILER,
                Sites.at(from.span().startLine(), 1),
                ""));
    }

    FileFacts facts() {
        ContentHash raw = ContentHash.ofText(text);
        FileRecord file = new FileRecord(
                path, raw, FileStatus.INDEXED, "", text.length(), line(text.length()), new Coverage(3, 0, 1, 0));
        return new FileFacts(file, text, nodes, edges);
    }

    private NodeId fileId() {
        return NodeId.of(NodeKind.FILE, path, "");
    }

    private Node add(NodeKind kind, String name, String qualifiedName, String signature, String head, int flags) {
        int start = text.indexOf(head);
        if (start < 0) {
            throw new IllegalArgumentException("the text of " + path + " has no '" + head + "'");
        }
        int end = end(start + head.length());
        String before = text.substring(0, start).stripTrailing();
        int docStart = before.endsWith("*/") ? before.lastIndexOf("/**") : start;
        Node node = new Node(
                NodeId.of(kind, qualifiedName, signature),
                kind,
                name,
                qualifiedName,
                signature,
                head,
                fileId(),
                new Span(docStart, start, end, line(start), line(end)),
                flags,
                ContentHash.ofText(text.substring(start, end).replaceAll("\\s+", " ")),
                null,
                null,
                "");
        nodes.add(node);
        return node;
    }

    private int end(int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && (c == '}' || c == ';')) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("unclosed declaration in " + path);
    }

    private int line(int offset) {
        return 1
                + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    }
}
