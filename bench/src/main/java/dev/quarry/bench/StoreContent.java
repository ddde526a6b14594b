package dev.quarry.bench;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.Workspace;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a store says of its repository, row by row, in an order of its own: equal stores have equal content. */
final class StoreContent {
    private StoreContent() {}

    /**
     * Files with their records and texts, nodes and edges with all their properties, coverage, and what the text index says
     * of each node. Versions are left out, since they tell when and not what.
     */
    static List<String> of(Workspace workspace) {
        GraphStore graph = workspace.graph();
        List<String> rows = new ArrayList<>();
        graph.files()
                .forEach((path, file) -> rows.add("file " + file.file().withoutReasons() + " " + file.facts() + " text "
                        + graph.text(file.file().raw()).map(ContentHash::ofText)));
        graph.forEachNode(node -> rows.add("node " + node.node()));
        graph.forEachEdge(EnumSet.allOf(EdgeKind.class), edge -> rows.add("edge " + edge));
        rows.add("coverage " + graph.coverage().withReasons(Map.of()) + " "
                + graph.meta("unresolved").orElse(""));
        try (SearchIndex index = index(workspace)) {
            index.textSums().forEach((id, sum) -> rows.add("words " + id + " " + sum));
        }
        rows.sort(null);
        return rows;
    }

    private static SearchIndex index(Workspace workspace) {
        return SearchIndex.openReadOnly(workspace.storeDirectory().resolve("search"));
    }

    /** The keys that vectors must have, by what the graph holds: for each node the hash of the text that is embedded. */
    static List<String> wantedKeys(Workspace workspace) {
        GraphStore graph = workspace.graph();
        Map<NodeId, ContentHash> keys = new HashMap<>();
        for (StoredFile stored : graph.files().values()) {
            FileRecord file = stored.file();
            if (file.status().isIndexed()) {
                List<Node> nodes = graph.declaredIn(file.id()).stream()
                        .map(StampedNode::node)
                        .toList();
                NodeText.of(file.path(), graph.text(file.raw()).orElse(""), nodes).stream()
                        .filter(NodeText::isEmbedded)
                        .forEach(text -> keys.put(text.id(), ContentHash.ofText(text.embeddingText())));
            }
        }
        return lines(keys);
    }

    /** The keys that its vectors have: those that lead to a vector which is served. */
    static List<String> servedKeys(Workspace workspace) {
        GraphStore graph = workspace.graph();
        Map<NodeId, ContentHash> linked = new HashMap<>();
        graph.forEachNodeText(linked::put);
        Map<NodeId, ContentHash> keys = new HashMap<>();
        try (SearchIndex index = index(workspace)) {
            Map<ContentHash, Long> known = graph.knownTexts(index.vectorModel(), linked.values());
            for (NodeId id : index.vectorIds()) {
                ContentHash text = linked.get(id);
                if (text != null && known.containsKey(text)) {
                    keys.put(id, text);
                }
            }
        }
        return lines(keys);
    }

    private static List<String> lines(Map<NodeId, ContentHash> keys) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(keys).forEach((id, text) -> lines.add("vector " + id + " " + text));
        return lines;
    }
}
