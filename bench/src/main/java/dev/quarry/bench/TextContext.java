package dev.quarry.bench;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.rag.TokenCounter;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Span;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchHit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods and constructors in the order of BM25 until the context is full: whole, or their signatures. */
final class TextContext implements ContextWay {
    private static final int HITS = 1_000;

    private final boolean bodies;

    TextContext(boolean bodies) {
        this.bodies = bodies;
    }

    @Override
    public String title() {
        return bodies ? "BM25, bodies" : "BM25, signatures";
    }

    @Override
    public Content pack(EvalWorkspace repository, String question, int budget) {
        GraphStore graph = repository.workspace().graph();
        List<NodeId> hits = repository.textHits(question, LibraryTask.CALLABLES, HITS).stream()
                .map(SearchHit::id)
                .toList();
        List<Node> nodes = graph.nodes(hits).stream().map(StampedNode::node).toList();
        Map<NodeId, String> paths = new HashMap<>();
        graph.files().forEach((path, file) -> paths.put(file.file().id(), path));
        return bodies ? bodies(repository, nodes, paths, budget) : SignatureList.fill(repository, nodes, paths, budget);
    }

    private static Content bodies(EvalWorkspace repository, List<Node> nodes, Map<NodeId, String> paths, int budget) {
        Set<String> documents = new HashSet<>();
        int exact = 0;
        for (Node node : nodes) {
            String path = paths.getOrDefault(node.file(), "");
            Span span = node.span();
            String text = repository.text(path).substring(span.docStart(), span.end());
            int tokens = TokenCounter.standard()
                    .exact("\n### `%s`\n`%s`:%d-%d\n```java\n%s\n```\n"
                            .formatted(node.symbol(), path, span.startLine(), span.endLine(), text));
            if (TokenCounter.standard().withMargin(exact + tokens) <= budget) {
                exact += tokens;
                documents.addAll(repository.documents(path, span.startLine(), span.endLine()));
            }
        }
        return new Content(documents, TokenCounter.standard().withMargin(exact));
    }
}
