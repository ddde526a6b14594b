package dev.quarry.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quarry.embed.EmbeddingText;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.Node;
import dev.quarry.schema.StampedNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code quarry-bench pairs}: prints, for each declaration of some stores, the text that is embedded without documentation
 * and the documentation, as {@code scripts/static-table.py} reads them. A library is a store.
 */
public final class PairsDump {
    private PairsDump() {}

    /** Prints the pairs of the stores in these directories. */
    public static void main(String[] arguments) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String store : arguments) {
            try (GraphStore graph = GraphStore.open(Path.of(store), StoreOptions.DEFAULT)) {
                for (StoredFile stored : graph.files().values()) {
                    for (NodeText text : texts(graph, stored)) {
                        System.out.println(json.writeValueAsString(Map.of(
                                "library", store,
                                "path", text.path(),
                                "callable", text.node().kind().isCallable(),
                                "text", EmbeddingText.of(text.node(), text.owner(), text.body(), ""),
                                "doc", text.documentation())));
                    }
                }
            }
        }
    }

    private static List<NodeText> texts(GraphStore graph, StoredFile stored) {
        List<Node> nodes = graph.declaredIn(stored.file().id()).stream()
                .map(StampedNode::node)
                .toList();
        String text = graph.text(stored.file().raw()).orElse("");
        return NodeText.of(stored.file().path(), text, nodes).stream()
                .filter(NodeText::isEmbedded)
                .toList();
    }
}
