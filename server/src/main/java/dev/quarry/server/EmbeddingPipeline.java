package dev.quarry.server;

import dev.quarry.embed.EmbeddingModel;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.rag.NodeText;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchIndex;
import dev.quarry.server.IndexProgress.Phase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Gives each embeddable node its vector: in the store, keyed by the hash of the text and the model, and in the serving
 * index, keyed by the node.
 *
 * <p>A text that the store knows is never embedded again, whichever node it stands for. The link from node to text is
 * written last, after the serving index has published its vectors, so that a killed run is seen as unfinished.
 */
final class EmbeddingPipeline {
    private static final int TEXTS_PER_BATCH = 512;

    private final GraphStore graph;
    private final SearchIndex search;
    private final EmbeddingModel model;
    private final Map<NodeId, ContentHash> wanted = new HashMap<>();
    private final Map<ContentHash, String> missing = new LinkedHashMap<>();

    EmbeddingPipeline(GraphStore graph, SearchIndex search, EmbeddingModel model) {
        this.graph = graph;
        this.search = search;
        this.model = model;
    }

    /** Brings all vectors to the store's commit sequence; tells how many were made. */
    long run(IndexProgress progress) {
        long sequence = graph.sequence();
        String target = mark(sequence);
        if (graph.meta(StoreKeys.EMBEDDED).filter(target::equals).isPresent() && search.vectorSequence() == sequence) {
            return 0;
        }
        boolean servedIsCurrent = graph.meta(StoreKeys.EMBEDDED)
                .filter(mark(search.vectorSequence())::equals)
                .isPresent();
        collect();
        graph.putMeta(Map.of(StoreKeys.EMBEDDABLE, Integer.toString(wanted.size())));
        long made = embedMissing(progress);
        Map<NodeId, ContentHash> before = new HashMap<>();
        graph.forEachNodeText(before::put);
        serve(servedIsCurrent ? before : Map.of(), servedIsCurrent, sequence);
        link(before);
        graph.putMeta(Map.of(StoreKeys.EMBEDDED, target));
        return made;
    }

    private String mark(long sequence) {
        return model.id() + " " + sequence;
    }

    /** Finds each node's text and those texts that have no vector yet. */
    private void collect() {
        for (StoredFile stored : graph.files().values()) {
            if (!stored.file().status().isIndexed()) {
                continue;
            }
            Map<ContentHash, String> texts = new LinkedHashMap<>();
            for (NodeText declaration : NodeText.of(TextIndexer.facts(graph, stored.file()))) {
                if (declaration.isEmbedded()) {
                    String text = declaration.embeddingText();
                    ContentHash hash = ContentHash.ofText(text);
                    wanted.put(declaration.id(), hash);
                    texts.put(hash, text);
                }
            }
            texts.keySet()
                    .removeAll(graph.knownTexts(model.id(), texts.keySet()).keySet());
            missing.putAll(texts);
        }
    }

    private long embedMissing(IndexProgress progress) {
        List<Map.Entry<ContentHash, String>> open = new ArrayList<>(missing.entrySet());
        missing.clear();
        progress.progress(Phase.EMBED, 0, open.size());
        for (int from = 0; from < open.size(); from += TEXTS_PER_BATCH) {
            if (progress.cancelled()) {
                throw new CancellationException("the index run was cancelled");
            }
            var part = open.subList(from, Math.min(open.size(), from + TEXTS_PER_BATCH));
            float[][] vectors =
                    model.embed(part.stream().map(Map.Entry::getValue).toList());
            graph.putVectors(model.id(), part.stream().map(Map.Entry::getKey).toList(), vectors);
            progress.progress(Phase.EMBED, from + part.size(), open.size());
        }
        return open.size();
    }

    /** Publishes in the serving index the vectors of the nodes whose text is not the one that is served. */
    private void serve(Map<NodeId, ContentHash> served, boolean keep, long sequence) {
        if (!keep) {
            search.clearVectors();
        }
        // Nodes that are gone have lost their links already: only the serving index still tells of them.
        Collection<NodeId> removed = search.vectorIds().stream()
                .filter(id -> !wanted.containsKey(id))
                .toList();
        List<NodeId> changed = wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(served.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        for (int from = 0; from < changed.size(); from += TEXTS_PER_BATCH) {
            List<NodeId> part = changed.subList(from, Math.min(changed.size(), from + TEXTS_PER_BATCH));
            Map<ContentHash, float[]> vectors = graph.vectors(
                    model.id(), Set.copyOf(part.stream().map(wanted::get).toList()));
            Map<NodeId, float[]> byNode = new HashMap<>();
            for (NodeId id : part) {
                float[] vector = vectors.get(wanted.get(id));
                if (vector == null) {
                    throw new IllegalStateException("the store lost the vector of " + id + " while it was published");
                }
                byNode.put(id, vector);
            }
            search.updateVectors(byNode, List.of());
        }
        search.updateVectors(Map.of(), removed);
        search.commitVectors(sequence);
    }

    /** Notes in the store which text stands for each node. */
    private void link(Map<NodeId, ContentHash> before) {
        Map<NodeId, ContentHash> changed = new HashMap<>(wanted);
        changed.entrySet().removeAll(before.entrySet());
        graph.putNodeTexts(changed);
        before.keySet().removeAll(wanted.keySet());
        graph.removeNodeTexts(before.keySet());
    }
}
