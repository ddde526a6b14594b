package dev.quarry.rag;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Span;
import java.util.HashMap;
import java.util.Map;

/** The source of declarations, cut from the store's texts; each file is read once. Used by one thread. */
final class SourceTexts {
    private final GraphStore graph;
    private final Map<NodeId, String> paths = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();

    SourceTexts(GraphStore graph) {
        this.graph = graph;
    }

    /** Spares the store the question for the path of a node's file. */
    void know(Node node, String path) {
        paths.put(node.file(), path);
    }

    /** The path of the file that declares a node; empty if none does. */
    String path(Node node) {
        return paths.computeIfAbsent(
                node.file(),
                id -> graph.node(id).map(file -> file.node().qualifiedName()).orElse(""));
    }

    /** Comment and source of a declaration without their indentation; empty if the text is not in the store. */
    String body(Node node) {
        String text = text(path(node));
        Span span = node.span();
        if (span.end() > text.length() || span.end() == span.start()) {
            return "";
        }
        int lineStart = text.lastIndexOf('\n', span.docStart() - 1) + 1;
        boolean first = text.substring(lineStart, span.docStart()).isBlank();
        return text.substring(first ? lineStart : span.docStart(), span.end()).stripIndent();
    }

    /** The head of a declaration. */
    String signature(Node node) {
        return node.declaration().isEmpty() ? body(node).lines().findFirst().orElse("") : node.declaration();
    }

    private String text(String path) {
        return texts.computeIfAbsent(path, key -> {
            StoredFile file = graph.files().get(key);
            return file == null ? "" : graph.text(file.file().raw()).orElse("");
        });
    }
}
