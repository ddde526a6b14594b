package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Relations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes of vectors. The index {@code vec:ann} is dropped before many vectors are added and built anew afterwards, because
 * adding them one by one is far slower; a few are added to it as it stands. So an index that stands covers all vectors.
 */
final class VectorWrites {
    /** The length of each vector. */
    static final int DIMENSION = 384;

    private static final String DROP_INDEX = "::hnsw drop vec:ann";
    private static final String CREATE_INDEX = "::hnsw create vec:ann {dim: " + DIMENSION
            + ", m: 16, ef_construction: 100, dtype: F32, fields: [v], distance: Cosine}";

    /** Up to so many vectors are added to the index; it is then that the engine's own way of writing is worth its price. */
    private static final int FEW = 64;

    /** Several statements in braces are one transaction. */
    private static final String PUT_FEW = "{?[vid, v] <- $vectors :put vec {vid => v}}"
            + " {?[text, model, vid] <- $texts :put embedding {text, model => vid}}"
            + " {?[key, value] <- $meta :put meta {key => value}}";

    private final StoreState state;
    private final VectorReads reads;

    VectorWrites(StoreState state, VectorReads reads) {
        this.state = state;
        this.reads = reads;
    }

    /** Adds the vectors of these texts; texts that have one under this model keep it. */
    void put(String model, List<ContentHash> texts, float[][] vectors) {
        if (texts.size() != vectors.length) {
            throw new IllegalArgumentException(texts.size() + " texts, but " + vectors.length + " vectors");
        }
        Set<ContentHash> known = new HashSet<>(reads.known(model, texts).keySet());
        Map<ContentHash, float[]> added = new LinkedHashMap<>();
        for (int i = 0; i < vectors.length; i++) {
            if (vectors[i].length != DIMENSION) {
                throw new IllegalArgumentException("a vector has " + DIMENSION + " elements, not " + vectors[i].length);
            }
            if (known.add(texts.get(i))) {
                added.put(texts.get(i), vectors[i]);
            }
        }
        if (!added.isEmpty()) {
            long first = state.number(Meta.NEXT_VECTOR);
            Map<String, String> meta =
                    Map.of(Meta.NEXT_VECTOR, Long.toString(first + added.size()), Meta.VECTOR_SEQUENCE, nextSequence());
            if (added.size() <= FEW && reads.isIndexed()) {
                putFew(model, added, first, meta);
            } else {
                putMany(model, added, first, meta);
            }
        }
    }

    private void putMany(String model, Map<ContentHash, float[]> added, long first, Map<String, String> meta) {
        WriteBatch batch = new WriteBatch();
        long next = first;
        for (Map.Entry<ContentHash, float[]> each : added.entrySet()) {
            batch.puts(Relations.EMBEDDING).hash(each.getKey()).text(model).integer(next);
            batch.puts(Relations.VEC).integer(next++).vector(each.getValue());
        }
        if (reads.isIndexed()) {
            state.engine().execute(DROP_INDEX, new Params());
        }
        state.commit(batch, meta);
    }

    private void putFew(String model, Map<ContentHash, float[]> added, long first, Map<String, String> meta) {
        List<List<?>> vectors = new ArrayList<>();
        List<List<?>> texts = new ArrayList<>();
        long next = first;
        for (Map.Entry<ContentHash, float[]> each : added.entrySet()) {
            vectors.add(List.of(next, each.getValue()));
            texts.add(List.of(each.getKey(), model, next++));
        }
        List<List<?>> rows = new ArrayList<>();
        meta.forEach((key, value) -> rows.add(List.of(key, value)));
        state.execute(PUT_FEW, Params.of(Map.of("vectors", vectors, "texts", texts, "meta", rows)), meta);
    }

    /** Notes which text stands for each of these nodes. */
    void link(Map<NodeId, ContentHash> texts) {
        Map<NodeId, ContentHash> stored = reads.texts(texts.keySet());
        WriteBatch batch = new WriteBatch();
        texts.forEach((id, text) -> {
            if (!text.equals(stored.get(id))) {
                batch.puts(Relations.NODE_TEXT).id(id).hash(text);
            }
        });
        commitLinks(batch);
    }

    /** Notes that no text stands for these nodes. */
    void unlink(Collection<NodeId> ids) {
        WriteBatch batch = new WriteBatch();
        reads.linked(ids).forEach(id -> batch.removals(Relations.NODE_TEXT).id(id));
        commitLinks(batch);
    }

    /** Removes these vectors with what leads to them. */
    void remove(Collection<StoredVector> vectors) {
        WriteBatch batch = new WriteBatch();
        for (StoredVector vector : vectors) {
            batch.removals(Relations.EMBEDDING).hash(vector.text()).text(vector.model());
            batch.removals(Relations.VEC).integer(vector.number());
        }
        if (!batch.isEmpty()) {
            if (reads.isIndexed()) {
                state.engine().execute(DROP_INDEX, new Params());
            }
            long removed = state.number(Meta.REMOVED_VECTORS) + vectors.size();
            state.commit(
                    batch, Map.of(Meta.REMOVED_VECTORS, Long.toString(removed), Meta.VECTOR_SEQUENCE, nextSequence()));
        }
    }

    /** Builds the index, unless it stands already or there is nothing to index. */
    void buildIndex() {
        if (count() > 0 && !reads.isIndexed()) {
            state.engine().execute(CREATE_INDEX, new Params());
        }
    }

    /** How many vectors there are. */
    long count() {
        return state.number(Meta.NEXT_VECTOR) - state.number(Meta.REMOVED_VECTORS);
    }

    private void commitLinks(WriteBatch batch) {
        if (!batch.isEmpty()) {
            state.commit(batch, Map.of(Meta.VECTOR_SEQUENCE, nextSequence()));
        }
    }

    private String nextSequence() {
        return Long.toString(state.number(Meta.VECTOR_SEQUENCE) + 1);
    }
}
