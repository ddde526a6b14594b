package dev.quarry.graphdb;

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
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.Sites;
import dev.quarry.schema.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small graphs for tests: facts as the front end gives them. */
final class Graphs {
    /** A leaf that any file may point at. */
    static final Node OBJECT = Node.withoutSyntax(NodeKind.JDK_TYPE, "Object", "java.lang.Object", "", "");

    /** A leaf that most methods call. */
    static final Node LIST_ADD =
            Node.withoutSyntax(NodeKind.JDK_METHOD, "add", "java.util.List#add", "(java.lang.Object)", "");

    private Graphs() {}

    static FileFacts file(String path, String text, List<Node> nodes, List<Edge> edges) {
        FileRecord file = new FileRecord(
                path,
                ContentHash.ofText(text),
                FileStatus.INDEXED,
                "",
                text.length(),
                text.lines().toList().size(),
                new Coverage(edges.size(), 1, 2, 3));
        List<Node> all = new ArrayList<>(nodes);
        all.addFirst(fileNode(path));
        return new FileFacts(file, text, all, edges);
    }

    static Node fileNode(String path) {
        return Node.withoutSyntax(NodeKind.FILE, path.substring(path.lastIndexOf('/') + 1), path, "", "");
    }

    static NodeId fileId(String path) {
        return NodeId.of(NodeKind.FILE, path, "");
    }

    static Node type(String path, String name, String body) {
        return node(NodeKind.CLASS, path, name.substring(name.lastIndexOf('.') + 1), name, "", body, 0);
    }

    static Node method(String path, String owner, String name, String signature, String body) {
        return node(NodeKind.METHOD, path, name, owner + "#" + name, signature, body, 10);
    }

    static Node node(
            NodeKind kind, String path, String name, String qualifiedName, String signature, String body, int start) {
        return new Node(
                NodeId.of(kind, qualifiedName, signature),
                kind,
                name,
                qualifiedName,
                signature,
                "void " + name + signature,
                fileId(path),
                new Span(start, start, start + body.length(), 1, 2),
                1,
                ContentHash.ofText(body),
                body.isEmpty() ? null : ContentHash.ofText("shape of " + body),
                null,
                "");
    }

    static Edge edge(Node from, EdgeKind kind, Node to) {
        return edge(from, kind, "", to, 3, 7);
    }

    static Edge edge(Node from, EdgeKind kind, String role, Node to, int line, int column) {
        return new Edge(from.id(), kind, role, to.id(), Found.COMPILER, Sites.at(line, column), "");
    }

    static SharedFacts shared(Node... nodes) {
        return new SharedFacts(List.of(nodes), List.of());
    }

    static Delta delta(FileFacts... files) {
        return Delta.ofFiles(List.of(files));
    }

    static Delta removal(String... paths) {
        return new Delta(List.of(), List.of(paths), null, null, Map.of());
    }

    static Delta sharing(SharedFacts shared) {
        return new Delta(List.of(), List.of(), shared, null, Map.of());
    }

    /** A file {@code path} with one class and {@code names} as its methods, each of which calls the next one. */
    static FileFacts chain(String path, String type, String body, String... names) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        Node owner = type(path, type, body);
        nodes.add(owner);
        Node before = null;
        for (String name : names) {
            Node method = method(path, type, name, "()", body + name);
            nodes.add(method);
            edges.add(new Edge(owner.id(), EdgeKind.DECLARES, "", method.id(), Found.COMPILER, Sites.NONE, ""));
            if (before != null) {
                edges.add(edge(before, EdgeKind.CALLS, "virtual", method, 5, 9));
            }
            before = method;
        }
        return file(path, body, nodes, edges);
    }

    /** A large file's facts: {@code methods} methods, each with about {@code calls} calls to any of {@code targets}. */
    static FileFacts random(SplittableRandom random, int number, int methods, int calls, List<Node> targets) {
        String path = "src/main/java/com/example/p" + number % 40 + "/Type" + number + ".java";
        String name = "com.example.p" + number % 40 + ".Type" + number;
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        Node owner = type(path, name, "class " + number);
        nodes.add(owner);
        for (int m = 0; m < methods; m++) {
            Node method = largeMethod(path, name, m);
            nodes.add(method);
            edges.add(new Edge(owner.id(), EdgeKind.DECLARES, "", method.id(), Found.COMPILER, Sites.NONE, ""));
            for (int c = 0; c < calls; c++) {
                Node target = targets.get((int) (targets.size() * Math.pow(random.nextDouble(), 3)));
                edges.add(edge(method, EdgeKind.CALLS, "virtual", target, 10 + m, 1 + c));
            }
        }
        return file(path, "text of " + number, nodes, edges);
    }

    static Node largeMethod(String path, String owner, int number) {
        return method(
                path, owner, "compute" + number, "(java.lang.String,int,java.util.List)", "body " + owner + number);
    }
}
