package dev.quarry.tests;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoreOptions;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchFilter;
import dev.quarry.search.SearchHit;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.Workspace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a store's text index finds; two indexes of the same sources find the same. */
final class TextDump {
    private static final int ALL = 10_000;

    private TextDump() {}

    /**
     * For each word what it finds, as symbols in the order of the alphabet: ranks may differ, because an index that was
     * updated still counts the words of what it has removed, until it merges.
     */
    static Map<String, Set<String>> of(Path store, List<String> words) {
        Map<NodeId, String> symbols = new HashMap<>();
        try (GraphStore graph = GraphStore.open(store, StoreOptions.DEFAULT)) {
            symbols.putAll(symbols(graph));
        }
        return of(store, symbols, words);
    }

    /** The same of an open store. */
    static Map<String, Set<String>> of(Workspace workspace, List<String> words) {
        return of(workspace.storeDirectory(), symbols(workspace.graph()), words);
    }

    private static Map<NodeId, String> symbols(GraphStore graph) {
        Map<NodeId, String> symbols = new HashMap<>();
        graph.forEachNode(node -> symbols.put(
                node.node().id(), node.node().kind() + " " + node.node().symbol()));
        return symbols;
    }

    private static Map<String, Set<String>> of(Path store, Map<NodeId, String> symbols, List<String> words) {
        Map<String, Set<String>> found = new TreeMap<>();
        try (SearchIndex index = SearchIndex.openReadOnly(store.resolve("search"))) {
            found.put("number of texts", Set.of(Integer.toString(index.textCount())));
            for (String word : words) {
                found.put(
                        word,
                        index.text(word, SearchFilter.all(), ALL).stream()
                                .map(SearchHit::id)
                                .map(id -> symbols.getOrDefault(id, "not in the graph: " + id))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return found;
    }
}
