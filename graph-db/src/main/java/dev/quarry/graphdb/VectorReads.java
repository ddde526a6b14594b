package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads of vectors, of what they stand for, and of the index over them. */
final class VectorReads {
    private static final int PAGE = 1024;
    private static final Script KNOWN = new Script(
            "hashes[text] <- $hashes ?[text, vid] := hashes[text], model = $model, *embedding{text, model, vid}");
    private static final Script VECTORS = new Script("hashes[text] <- $hashes"
            + " ?[text, v] := hashes[text], model = $model, *embedding{text, model, vid}, *vec{vid, v}");
    private static final Script LINKED = new Script("ids[id] <- $ids ?[id, text] := ids[id], *node_text{id, text}");
    private static final Script LINK_PAGE =
            new Script("?[id, text] := *node_text{id, text}, id > $after :limit " + PAGE);
    private static final Script ALL = new Script("?[text, model, vid] := *embedding{text, model, vid}");
    private static final Script MODELS = new Script("?[model, count(vid)] := *embedding{model, vid}");
    private static final Script INDEXES = new Script("::indices vec");

    private final Engine engine;

    VectorReads(Engine engine) {
        this.engine = engine;
    }

    /** The numbers of the vectors that these texts have under a model. */
    Map<ContentHash, Long> known(String model, Collection<ContentHash> texts) {
        Map<ContentHash, Long> known = new HashMap<>();
        GraphReads.chunks(texts, chunk -> {
            Params params = new Params().hashes("hashes", chunk).text("model", model);
            try (Rows rows = engine.read(KNOWN, params)) {
                for (int row = 0; row < rows.count(); row++) {
                    known.put(rows.hash(0, row), rows.integer(1, row));
                }
            }
        });
        return known;
    }

    Map<ContentHash, float[]> vectors(String model, Collection<ContentHash> texts) {
        Map<ContentHash, float[]> vectors = new HashMap<>();
        GraphReads.chunks(texts, chunk -> {
            Params params = new Params().hashes("hashes", chunk).text("model", model);
            try (Rows rows = engine.read(VECTORS, params)) {
                for (int row = 0; row < rows.count(); row++) {
                    vectors.put(rows.hash(0, row), rows.vector(1, row));
                }
            }
        });
        return vectors;
    }

    /** Which text stands for each of these nodes; nodes without one are left out. */
    Map<NodeId, ContentHash> texts(Collection<NodeId> ids) {
        Map<NodeId, ContentHash> texts = new HashMap<>();
        GraphReads.chunks(ids, chunk -> collect(engine.read(LINKED, new Params().ids("ids", chunk)), texts));
        return texts;
    }

    /** Those of these nodes for which some text stands. */
    List<NodeId> linked(Collection<NodeId> ids) {
        return new ArrayList<>(texts(ids).keySet());
    }

    /** The next nodes behind this one, in the order of their ids, with their texts; empty at the end. */
    Map<NodeId, ContentHash> textPage(byte[] after) {
        Map<NodeId, ContentHash> page = new HashMap<>();
        collect(engine.read(LINK_PAGE, new Params().bytes("after", after)), page);
        return page;
    }

    /** All vectors that the store holds, without their elements. */
    List<StoredVector> all() {
        try (Rows rows = engine.read(ALL, new Params())) {
            List<StoredVector> all = new ArrayList<>(rows.count());
            for (int row = 0; row < rows.count(); row++) {
                all.add(new StoredVector(rows.hash(0, row), rows.text(1, row), rows.integer(2, row)));
            }
            return all;
        }
    }

    /** How many vectors there are of each model, by its id in order. */
    Map<String, Long> models() {
        Map<String, Long> models = new TreeMap<>();
        try (Rows rows = engine.read(MODELS, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                models.put(rows.text(0, row), rows.integer(1, row));
            }
        }
        return models;
    }

    /** Whether the index stands; it does only while it covers all vectors. */
    boolean isIndexed() {
        try (Rows rows = engine.read(INDEXES, new Params())) {
            return rows.count() > 0;
        }
    }

    private static void collect(Rows source, Map<NodeId, ContentHash> target) {
        try (source) {
            for (int row = 0; row < source.count(); row++) {
                target.put(source.nodeId(0, row), source.hash(1, row));
            }
        }
    }
}
