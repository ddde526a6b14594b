package dev.quarry.server;

import dev.quarry.graphdb.GraphStore;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.search.SearchIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives the serving index the vectors of the nodes whose text is not the one that is served. Where many are yet to be made,
 * searches see them in growing parts, unless vectors of another model are served: then all at once. What is published in
 * parts has reached no commit of the store before all is. Used by one thread, for one run.
 */
final class VectorPublisher {
    private static final int TEXTS_PER_UPDATE = 512;

    /** A part is published when it has so many texts, and this share of what is published already: each costs a merge. */
    private static final int PART_MIN = 2_048;

    private static final int PART_SHARE = 4;

    private final GraphStore graph;
    private final SearchIndex search;
    private final String model;
    private final long reached;
    private final boolean isSameModel;
    private final Map<ContentHash, List<NodeId>> unserved = new LinkedHashMap<>();
    private final List<ContentHash> made = new ArrayList<>();
    private boolean inParts;
    private int published;
    private int updated;

    /**
     * A publisher of a model's vectors.
     *
     * @param keeps whether what is served stays; else the first part replaces it
     */
    VectorPublisher(GraphStore graph, SearchIndex search, String model, boolean keeps) {
        this.graph = graph;
        this.search = search;
        this.model = model;
        this.reached = keeps ? search.vectorSequence() : 0;
        this.isSameModel = search.vectorCount() == 0 || search.vectorModel().equals(model);
        if (!keeps) {
            search.clearVectors();
        }
    }

    /** Notes the nodes whose text is not the one that is served. */
    void want(Map<NodeId, ContentHash> wanted, Map<NodeId, ContentHash> served) {
        wanted.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(served.get(entry.getKey())))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> unserved.computeIfAbsent(entry.getValue(), _ -> new ArrayList<>())
                        .add(entry.getKey()));
    }

    /** The vectors of these texts are yet to be made, all others are there. */
    void begin(Set<ContentHash> missing) {
        inParts = isSameModel && missing.size() >= PART_MIN;
        if (inParts) {
            Set<ContentHash> known = new LinkedHashSet<>(unserved.keySet());
            known.removeAll(missing);
            publishPart(known);
        }
    }

    /** The store has the vectors of these texts by now. */
    void made(List<ContentHash> texts) {
        made.addAll(texts);
        if (inParts && made.size() >= Math.max(PART_MIN, published / PART_SHARE)) {
            publishPart(made);
            made.clear();
        }
    }

    /**
     * Publishes the rest without the nodes that are gone: the serving index has now reached this commit. Many vectors are
     * brought together then.
     */
    void finish(Collection<NodeId> gone, long sequence) {
        update(List.copyOf(unserved.keySet()));
        search.updateVectors(Map.of(), gone);
        search.commitVectors(sequence, model);
        if (updated >= PART_MIN) {
            search.mergeVectors();
        }
    }

    private void publishPart(Collection<ContentHash> texts) {
        update(List.copyOf(texts));
        search.commitVectors(reached, model);
        published += texts.size();
        unserved.keySet().removeAll(Set.copyOf(texts));
    }

    private void update(List<ContentHash> texts) {
        for (int from = 0; from < texts.size(); from += TEXTS_PER_UPDATE) {
            List<ContentHash> part = texts.subList(from, Math.min(texts.size(), from + TEXTS_PER_UPDATE));
            Map<ContentHash, float[]> vectors = graph.vectors(model, part);
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
        updated += texts.size();
    }
}
