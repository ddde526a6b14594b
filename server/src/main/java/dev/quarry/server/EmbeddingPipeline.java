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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * Gives each embeddable node its vector: in the store, keyed by the hash of the text and the model, and in the serving
 * index, keyed by the node.
 *
 * <p>A text that the store knows is never embedded again, whichever node it stands for. A run that follows another looks at
 * the files that have changed since, and at no others. Many new vectors are published in parts while the others are made
 * ({@link VectorPublisher}). The link from node to text is written last, after the serving index has published all, so that
 * a killed run is seen as unfinished.
 */
final class EmbeddingPipeline {
    private static final int TEXTS_PER_BATCH = 512;

    private final GraphStore graph;
    private final SearchIndex search;
    private final EmbeddingModel model;
    private final EmbeddedFiles files;
    /** Whether only files that have changed since the last run are looked at. */
    private final boolean isPart;

    private final Map<NodeId, ContentHash> wanted = new HashMap<>();
    private final Map<ContentHash, String> missing = new LinkedHashMap<>();
    private final Map<String, EmbeddedFiles.Known> changed = new HashMap<>();

    /** With what the last run has left in memory; empty if that was none, or one with another model. */
    EmbeddingPipeline(GraphStore graph, SearchIndex search, EmbeddingModel model, Optional<EmbeddedFiles> last) {
        this.graph = graph;
        this.search = search;
        this.model = model;
        Optional<EmbeddedFiles> current = last.filter(known -> known.isCurrent(graph, search, model.id()));
        this.isPart = current.isPresent();
        this.files = current.orElseGet(() -> new EmbeddedFiles(model.id()));
    }

    /** After a run, what it leaves in memory. */
    EmbeddedFiles files() {
        return files;
    }

    /** Brings all vectors to the store's commit sequence; tells how many were made. */
    long run(IndexProgress progress) {
        long sequence = graph.sequence();
        String target = mark(sequence);
        if (graph.meta(StoreKeys.EMBEDDED).filter(target::equals).isPresent() && search.vectorSequence() == sequence) {
            return 0;
        }
        boolean servedIsCurrent = isPart
                || graph.meta(StoreKeys.EMBEDDED)
                        .filter(mark(search.vectorSequence())::equals)
                        .isPresent();
        collect();
        graph.putMeta(Map.of(StoreKeys.EMBEDDABLE, Integer.toString(embeddable())));
        Map<NodeId, ContentHash> before = isPart ? textsBefore() : new HashMap<>();
        if (!isPart) {
            graph.forEachNodeText(before::put);
        }
        VectorPublisher publisher = new VectorPublisher(graph, search, model.id(), servedIsCurrent);
        publisher.want(wanted, servedIsCurrent ? before : Map.of());
        long made = embedMissing(publisher, progress);
        // Nodes that are gone have lost their links already: only the serving index still tells of them.
        Collection<NodeId> served = isPart ? before.keySet() : search.vectorIds();
        publisher.finish(served.stream().filter(id -> !wanted.containsKey(id)).toList(), sequence);
        link(before);
        changed.forEach((path, known) -> files.files().put(path, known));
        files.files().keySet().removeIf(path -> !graph.files().containsKey(path));
        graph.putMeta(Map.of(StoreKeys.EMBEDDED, target));
        files.completed(sequence);
        return made;
    }

    private String mark(long sequence) {
        return model.id() + " " + sequence;
    }

    /** How many nodes have a text. */
    private int embeddable() {
        int count = wanted.size();
        for (Map.Entry<String, EmbeddedFiles.Known> known : files.files().entrySet()) {
            boolean isStill =
                    !changed.containsKey(known.getKey()) && graph.files().containsKey(known.getKey());
            count += isStill ? known.getValue().texts().size() : 0;
        }
        return count;
    }

    /** Finds the texts of the nodes of all files that have changed, and those texts that have no vector yet. */
    private void collect() {
        for (StoredFile stored : graph.files().values()) {
            if (files.known(stored).isEmpty()) {
                collect(stored);
            }
        }
        if (isPart) {
            collectTakenOver();
        }
    }

    private void collect(StoredFile stored) {
        Map<NodeId, ContentHash> own = new HashMap<>();
        Map<ContentHash, String> texts = new LinkedHashMap<>();
        if (stored.file().status().isIndexed()) {
            for (NodeText declaration : NodeText.of(TextIndexer.facts(graph, stored.file()))) {
                if (declaration.isEmbedded()) {
                    String text = declaration.embeddingText();
                    ContentHash hash = ContentHash.ofText(text);
                    own.put(declaration.id(), hash);
                    texts.put(hash, text);
                }
            }
        }
        wanted.putAll(own);
        changed.put(stored.file().path(), new EmbeddedFiles.Known(stored.facts(), own));
        texts.keySet().removeAll(graph.knownTexts(model.id(), texts.keySet()).keySet());
        missing.putAll(texts);
    }

    /** Nodes that a changed file no longer has may be another's now, although that one says what it said before. */
    private void collectTakenOver() {
        Set<NodeId> lost = new HashSet<>(textsBefore().keySet());
        lost.removeAll(wanted.keySet());
        Set<NodeId> owners = new HashSet<>();
        graph.nodes(lost).forEach(node -> owners.add(node.node().file()));
        if (!owners.isEmpty()) {
            graph.files().values().stream()
                    .filter(stored -> owners.contains(stored.file().id())
                            && !changed.containsKey(stored.file().path()))
                    .forEach(this::collect);
        }
    }

    /** The texts that the files which have changed or are gone had before. */
    private Map<NodeId, ContentHash> textsBefore() {
        Map<NodeId, ContentHash> before = new HashMap<>();
        files.files().forEach((path, known) -> {
            if (changed.containsKey(path) || !graph.files().containsKey(path)) {
                before.putAll(known.texts());
            }
        });
        return before;
    }

    private long embedMissing(VectorPublisher publisher, IndexProgress progress) {
        List<Map.Entry<ContentHash, String>> open = new ArrayList<>(missing.entrySet());
        publisher.begin(missing.keySet());
        missing.clear();
        progress.progress(Phase.EMBED, 0, open.size());
        for (int from = 0; from < open.size(); from += TEXTS_PER_BATCH) {
            progress.rest();
            if (progress.cancelled()) {
                throw new CancellationException("the index run was cancelled");
            }
            var part = open.subList(from, Math.min(open.size(), from + TEXTS_PER_BATCH));
            float[][] vectors = model.embedDeclarations(
                    part.stream().map(Map.Entry::getValue).toList());
            List<ContentHash> made = part.stream().map(Map.Entry::getKey).toList();
            graph.putVectors(model.id(), made, vectors);
            publisher.made(made);
            progress.progress(Phase.EMBED, from + part.size(), open.size());
        }
        return open.size();
    }

    /** Notes in the store which text stands for each node. */
    private void link(Map<NodeId, ContentHash> before) {
        Map<NodeId, ContentHash> news = new HashMap<>(wanted);
        news.entrySet().removeAll(before.entrySet());
        graph.putNodeTexts(news);
        Set<NodeId> gone = new HashSet<>(before.keySet());
        gone.removeAll(wanted.keySet());
        graph.removeNodeTexts(gone);
    }
}
