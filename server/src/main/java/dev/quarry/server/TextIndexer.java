package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the text index again from the store, where the two have parted: after a kill, or when its directory is lost. */
final class TextIndexer {
    private final GraphStore graph;
    private final SearchIndex search;
    private final InstantTier instant;

    TextIndexer(GraphStore graph, SearchIndex search, InstantTier instant) {
        this.graph = graph;
        this.search = search;
        this.instant = instant;
    }

    /** Rebuilds the text index if it is not at the store's commit sequence, or lacks the instant tier. */
    void catchUp() {
        long sequence = graph.sequence();
        if (search.textSequence() == sequence && !instant.isLacking()) {
            return;
        }
        search.clearText();
        Map<NodeId, List<Edge>> annotations = annotations();
        for (StoredFile stored : graph.files().values()) {
            if (stored.file().status().isIndexed()) {
                index(stored.file(), annotations);
            }
        }
        search.commitText(sequence, instant.id());
    }

    /**
     * Brings an index that was linked from another store's to this store.
     *
     * @param linked the files of the other store
     * @param isCurrent whether the index had all words of the other store
     */
    void follow(Map<String, StoredFile> linked, boolean isCurrent) {
        if (!isCurrent || instant.isLacking()) {
            catchUp();
            return;
        }
        Map<String, StoredFile> files = graph.files();
        linked.keySet().stream()
                .filter(path -> !files.containsKey(path))
                .forEach(path -> search.replaceFile(path, List.of()));
        Map<NodeId, List<Edge>> annotations = annotations();
        files.forEach((path, stored) -> {
            StoredFile before = linked.get(path);
            if (before == null || !before.facts().equals(stored.facts())) {
                if (stored.file().status().isIndexed()) {
                    index(stored.file(), annotations);
                } else {
                    search.replaceFile(path, List.of());
                }
            }
        });
        search.commitText(graph.sequence(), instant.id());
    }

    /** What all declarations are annotated by. */
    private Map<NodeId, List<Edge>> annotations() {
        Map<NodeId, List<Edge>> annotations = new HashMap<>();
        graph.forEachEdge(
                EdgeKind.ANNOTATED_BY,
                edge -> annotations
                        .computeIfAbsent(edge.from(), _ -> new ArrayList<>())
                        .add(edge));
        return annotations;
    }

    private void index(FileRecord file, Map<NodeId, List<Edge>> annotations) {
        FileFacts bare = facts(graph, file);
        List<Edge> edges = bare.nodes().stream()
                .flatMap(node -> annotations.getOrDefault(node.id(), List.of()).stream())
                .toList();
        FileFacts facts = new FileFacts(file, bare.text(), bare.nodes(), edges);
        search.replaceFile(file.path(), FactsWriter.documents(facts), instant.vectors(facts));
    }

    /** A file's declarations and text as the store has them; without edges. */
    static FileFacts facts(GraphStore graph, FileRecord file) {
        List<Node> nodes =
                graph.declaredIn(file.id()).stream().map(StampedNode::node).toList();
        return new FileFacts(file, graph.text(file.raw()).orElse(""), nodes, List.of());
    }
}
