package dev.quarry.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quarry.embed.EmbedOptions;
import dev.quarry.embed.EmbeddingModel;
import dev.quarry.embed.ModelSource;
import dev.quarry.graphdb.Delta;
import dev.quarry.graphdb.GraphStore;
import dev.quarry.graphdb.StoredFile;
import dev.quarry.rag.NodeText;
import dev.quarry.rag.Retriever;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import dev.quarry.search.SearchIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The method that a sentence was written for, among the 1,000 of its batch (the protocol of CodeSearchNet). The candidates
 * come from several libraries and stand alone: there is no graph around them.
 */
final class PoolTask implements EvalTask {
    static final String PART = "-pool1000.jsonl.gz";

    private final EvalFiles sets;
    private final String set;
    private final Path work;

    PoolTask(EvalFiles sets, String set, Path work) {
        this.sets = sets;
        this.set = set;
        this.work = work;
    }

    @Override
    public String name() {
        return set + "-pool1000";
    }

    @Override
    public List<EvalQuery> queries() throws IOException {
        return batches().values().stream().flatMap(List::stream).toList();
    }

    private Map<Integer, List<EvalQuery>> batches() throws IOException {
        Map<Integer, List<EvalQuery>> batches = new TreeMap<>();
        for (JsonNode line : sets.lines(set + PART)) {
            batches.computeIfAbsent(line.path("batch").asInt(), _ -> new ArrayList<>())
                    .add(EvalFiles.query(line));
        }
        return batches;
    }

    @Override
    public List<Map<Way, List<String>>> ask() throws IOException {
        Map<String, NodeText> candidates = new HashMap<>();
        Map<NodeId, float[]> vectors = new HashMap<>();
        try (GraphStore graph = GraphStore.inMemory();
                EmbeddingModel model = EmbeddingModel.open(ModelSource.bundled(), EmbedOptions.defaults())) {
            for (String library : sets.sets(set, "-queries.jsonl.gz")) {
                try (EvalWorkspace repository = EvalWorkspace.open(work.resolve(library))) {
                    Map<String, SourceSketch> files = LibraryTask.files(sets, library);
                    repository.index(files);
                    take(repository.workspace().graph(), files, graph, candidates);
                    vectors.putAll(vectors(repository.workspace().graph(), candidates, model.id()));
                }
            }
            List<Map<Way, List<String>>> answers = new ArrayList<>();
            for (Map.Entry<Integer, List<EvalQuery>> batch : batches().entrySet()) {
                Path folder = work.resolve(set + "-batch-" + batch.getKey());
                try (SearchIndex index = SearchIndex.open(folder)) {
                    answers.addAll(ask(batch.getValue(), candidates, vectors, index, graph, model));
                }
            }
            return answers;
        }
    }

    /** Copies the declarations, without edges, and notes which documents they are. */
    private static void take(
            GraphStore from, Map<String, SourceSketch> files, GraphStore to, Map<String, NodeText> candidates) {
        List<FileFacts> facts = new ArrayList<>();
        for (StoredFile stored : from.files().values()) {
            String path = stored.file().path();
            SourceSketch sketch = files.get(path);
            if (sketch == null) {
                continue;
            }
            List<Node> nodes = from.declaredIn(stored.file().id()).stream()
                    .map(StampedNode::node)
                    .toList();
            facts.add(new FileFacts(stored.file(), sketch.text(), nodes, List.of()));
            for (NodeText text : NodeText.of(path, sketch.text(), nodes)) {
                String id = sketch.lines().get(text.node().span().startLine());
                if (id != null) {
                    candidates.put(id, text);
                }
            }
        }
        to.apply(Delta.ofFiles(facts));
    }

    private static Map<NodeId, float[]> vectors(GraphStore graph, Map<String, NodeText> candidates, String model) {
        Map<NodeId, ContentHash> hashes = new HashMap<>();
        for (NodeText text : candidates.values()) {
            if (text.isEmbedded()) {
                hashes.put(text.id(), ContentHash.ofText(text.embeddingText()));
            }
        }
        Map<ContentHash, float[]> known = graph.vectors(model, hashes.values());
        hashes.values().retainAll(known.keySet());
        Map<NodeId, float[]> vectors = new HashMap<>();
        hashes.forEach((id, hash) -> vectors.put(id, known.get(hash)));
        return vectors;
    }

    private static List<Map<Way, List<String>>> ask(
            List<EvalQuery> batch,
            Map<String, NodeText> candidates,
            Map<NodeId, float[]> vectors,
            SearchIndex index,
            GraphStore graph,
            EmbeddingModel model) {
        Map<NodeId, String> ids = new LinkedHashMap<>();
        List<NodeText> texts = new ArrayList<>();
        Map<NodeId, float[]> ofBatch = new HashMap<>();
        for (EvalQuery query : batch) {
            String id = query.gold().iterator().next();
            NodeText text = candidates.get(id);
            if (text != null && ids.put(text.id(), id) == null) {
                texts.add(text);
                ofBatch.put(text.id(), vectors.get(text.id()));
            }
        }
        index.clearText();
        index.clearVectors();
        index.update(texts.stream().map(NodeText::searchDocument).toList(), List.of());
        index.updateVectors(ofBatch, List.of());
        index.commit(1, 1);
        Retriever retriever = new Retriever(graph, index, () -> Optional.of(model));
        List<Map<Way, List<String>>> answers = new ArrayList<>();
        for (EvalQuery query : batch) {
            Map<Way, List<String>> found = new EnumMap<>(Way.class);
            for (Way way : Way.values()) {
                found.put(
                        way,
                        way.ask(retriever, query.text(), LibraryTask.CALLABLES).stream()
                                .map(hit -> ids.getOrDefault(hit.node().node().id(), ""))
                                .toList());
            }
            answers.add(found);
        }
        return answers;
    }
}
