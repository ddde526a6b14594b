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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Gives each embeddable node its vector: in the store, keyed by the hash of the text and the model, and in the serving
 * index, keyed by the node.
 *
 * <p>A text that the store knows is never embedded again, whichever node it stands for. Many new vectors are published in
 * growing parts while the others are made, unless vectors of another model are served: then all at once. The link from node
 * to text is written last, after the serving index has published all, so that a killed run is seen as unfinished.
 */
final class EmbeddingPipeline {
    private static final int TEXTS_PER_BATCH = 512;

    /** A part is published when it has so many texts, and this share of what is published already: each costs a merge. */
    private static final int PUBLISHED_MIN = 2_048;

    private static final int PUBLISHED_SHARE = 4;

    private final GraphStore graph;
    private final SearchIndex search;
    private final EmbeddingModel model;
    private final Map<NodeId, ContentHash> wanted = new HashMap<>();
    private final Map<ContentHash, String> missing = new LinkedHashMap<>();
    private final Map<ContentHash, List<NodeId>> unserved = new LinkedHashMap<>();

    /** The commit that all served vectors have reached, while new ones are made. */
    private long reached;

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
        boolean inParts = search.vectorCount() == 0 || search.vectorModel().equals(model.id());
        collect();
        graph.putMeta(Map.of(StoreKeys.EMBEDDABLE, Integer.toString(wanted.size())));
        Map<NodeId, ContentHash> before = new HashMap<>();
        graph.forEachNodeText(before::put);
        reached = servedIsCurrent ? search.vectorSequence() : 0;
        if (!servedIsCurrent) {
            search.clearVectors();
        }
        findUnserved(servedIsCurrent ? before : Map.of());
        long made = embedMissing(inParts, progress);
        publish(unserved.keySet());
        publishRemovals();
        search.commitVectors(sequence, model.id());
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

    /** Notes the nodes whose text is not the one that is served, by their texts. */
    private void findUnserved(Map<NodeId, ContentHash> served) {
        wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(served.get(entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> unserved.computeIfAbsent(entry.getValue(), _ -> new ArrayList<>())
                        .add(entry.getKey()));
    }

    private long embedMissing(boolean inParts, IndexProgress progress) {
        List<Map.Entry<ContentHash, String>> open = new ArrayList<>(missing.entrySet());
        int published = 0;
        if (inParts && open.size() >= PUBLISHED_MIN) {
            Set<ContentHash> known = new LinkedHashSet<>(unserved.keySet());
            known.removeAll(missing.keySet());
            published = publishPart(known);
        }
        missing.clear();
        List<ContentHash> made = new ArrayList<>();
        progress.progress(Phase.EMBED, 0, open.size());
        for (int from = 0; from < open.size(); from += TEXTS_PER_BATCH) {
            if (progress.cancelled()) {
                throw new CancellationException("the index run was cancelled");
            }
            var part = open.subList(from, Math.min(open.size(), from + TEXTS_PER_BATCH));
            List<ContentHash> hashes = part.stream().map(Map.Entry::getKey).toList();
            float[][] vectors =
                    model.embed(part.stream().map(Map.Entry::getValue).toList());
            graph.putVectors(model.id(), hashes, vectors);
            made.addAll(hashes);
            if (inParts && made.size() >= Math.max(PUBLISHED_MIN, published / PUBLISHED_SHARE)) {
                published += publishPart(made);
                made.clear();
            }
            progress.progress(Phase.EMBED, from + part.size(), open.size());
        }
        return open.size();
    }

    /** Lets searches see the vectors of these texts, of which there are more to come; tells how many texts they are. */
    private int publishPart(Collection<ContentHash> texts) {
        publish(texts);
        search.commitVectors(reached, model.id());
        int size = texts.size();
        unserved.keySet().removeAll(Set.copyOf(texts));
        return size;
    }

    /** Gives the serving index the vectors of these texts, for the nodes that are not served them yet. */
    private void publish(Collection<ContentHash> texts) {
        List<ContentHash> all = List.copyOf(texts);
        for (int from = 0; from < all.size(); from += TEXTS_PER_BATCH) {
            List<ContentHash> part = all.subList(from, Math.min(all.size(), from + TEXTS_PER_BATCH));
            Map<ContentHash, float[]> vectors = graph.vectors(model.id(), part);
            Map<NodeId, float[]> byNode = new LinkedHashMap<>();
            for (ContentHash text : part) {
                float[] vector = vectors.get(text);
                if (vector == null) {
                    throw new IllegalStateException("the store lost the vector of " + text + " while it was published");
                }
                unserved.getOrDefault(text, List.of()).forEach(id -> byNode.put(id, vector));
            }
            search.updateVectors(byNode, List.of());
        }
    }

    /** Nodes that are gone have lost their links already: only the serving index still tells of them. */
    private void publishRemovals() {
        search.updateVectors(
                Map.of(),
                search.vectorIds().stream()
                        .filter(id -> !wanted.containsKey(id))
                        .toList());
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
