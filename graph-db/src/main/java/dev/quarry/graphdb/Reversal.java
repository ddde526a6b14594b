package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What puts a store back to where it was before one write or several: for each key that they touched the row as it was, or
 * that there was none. Not safe for use by several threads.
 */
final class Reversal {
    private final boolean wanted;
    private final Map<String, Optional<String>> meta = new HashMap<>();
    private final Map<NodeId, Optional<StoredFile>> files = new HashMap<>();
    private final Map<ContentHash, Optional<Text>> texts = new HashMap<>();
    private final Map<NodeId, Optional<StampedNode>> nodes = new HashMap<>();
    private final Map<EdgeKey, Optional<Edge>> edges = new HashMap<>();
    private final Map<Integer, Optional<Digest>> derived = new HashMap<>();
    private final Map<NodeId, Boolean> concepts = new HashMap<>();

    /** A text that was there, as its delta to one that is there afterwards; to the empty one where {@code base} is null. */
    static final class Text {
        private final @Nullable ContentHash base;
        private final byte[] delta;

        Text(@Nullable ContentHash base, byte[] delta) {
            this.base = base;
            this.delta = delta;
        }

        @Nullable
        ContentHash base() {
            return base;
        }

        byte[] delta() {
            return delta;
        }
    }

    /** The digest of a part of the derived edges; null where the store holds an empty one. */
    record Digest(@Nullable ContentHash hash) {}

    private Reversal(boolean wanted) {
        this.wanted = wanted;
    }

    /** One that takes all that it is told. */
    static Reversal recording() {
        return new Reversal(true);
    }

    /** One that takes nothing, for writes that nobody wants back. */
    static Reversal ignoring() {
        return new Reversal(false);
    }

    /** Whether it takes what it is told. */
    boolean isWanted() {
        return wanted;
    }

    Map<String, Optional<String>> meta() {
        return meta;
    }

    Map<NodeId, Optional<StoredFile>> files() {
        return files;
    }

    Map<ContentHash, Optional<Text>> texts() {
        return texts;
    }

    Map<NodeId, Optional<StampedNode>> nodes() {
        return nodes;
    }

    Map<EdgeKey, Optional<Edge>> edges() {
        return edges;
    }

    Map<Integer, Optional<Digest>> derived() {
        return derived;
    }

    Map<NodeId, Boolean> concepts() {
        return concepts;
    }

    void meta(String key, @Nullable String before) {
        note(meta, key, before);
    }

    void file(NodeId id, @Nullable StoredFile before) {
        note(files, id, before);
    }

    void text(ContentHash raw, @Nullable Text before) {
        note(texts, raw, before);
    }

    void node(NodeId id, @Nullable StampedNode before) {
        note(nodes, id, before);
    }

    void edge(EdgeKey key, @Nullable Edge before) {
        note(edges, key, before);
    }

    void derived(int part, @Nullable Digest before) {
        note(derived, part, before);
    }

    void concept(NodeId id, boolean wasThere) {
        if (wanted) {
            concepts.put(id, wasThere);
        }
    }

    private <K, V> void note(Map<K, Optional<V>> rows, K key, @Nullable V before) {
        if (wanted) {
            rows.put(key, Optional.ofNullable(before));
        }
    }

    /** How many rows it has. */
    int size() {
        return meta.size()
                + files.size()
                + texts.size()
                + nodes.size()
                + edges.size()
                + derived.size()
                + concepts.size();
    }

    /** Forgets all. */
    void clear() {
        meta.clear();
        files.clear();
        texts.clear();
        nodes.clear();
        edges.clear();
        derived.clear();
        concepts.clear();
    }

    /** Takes over what leads further back, the reversal of the write right before; but for texts, which depend on others. */
    void goBack(Reversal earlier) {
        meta.putAll(earlier.meta);
        files.putAll(earlier.files);
        nodes.putAll(earlier.nodes);
        edges.putAll(earlier.edges);
        derived.putAll(earlier.derived);
        concepts.putAll(earlier.concepts);
    }
}
