package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Relations;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The derived facts that a store holds, for one delta that may change them.
 *
 * <p>Edges are compared by parts: all ids, in their order, are cut into parts of equal width, and a part holds the edges
 * whose source falls into it. The store keeps a digest of each part's edges, so that an edit leads to reads in the few parts
 * that it changes. Ids are hashes, so the parts are about equally full.
 */
final class DerivedRows {
    private static final int PART_BITS = 12;
    private static final int PARTS_AT_ONCE = 64;
    private static final EnumSet<EdgeKind> KINDS = EnumSet.copyOf(
            Arrays.stream(EdgeKind.values()).filter(EdgeKind::isDerived).toList());
    /** The kinds of the edges that are not derived: facts that a file states by itself. */
    static final Set<EdgeKind> FACTS = EnumSet.complementOf(KINDS);

    /** The order in which an index run hands over derived edges. */
    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::from)
            .thenComparing(Edge::kind)
            .thenComparing(Edge::to)
            .thenComparing(Edge::role);

    private static final Script DIGESTS = new Script("?[part, digest] := *derived{part, digest}");
    private static final Script CONCEPTS = new Script("?[id] := *concept{id}");

    private final StoreState state;
    private final GraphReads reads;
    private final WriteBatch batch;
    private final Reversal reversal;
    private final Set<Integer> forgotten = new TreeSet<>();

    DerivedRows(StoreState state, GraphReads reads, WriteBatch batch, Reversal reversal) {
        this.state = state;
        this.reads = reads;
        this.batch = batch;
        this.reversal = reversal;
    }

    private static int part(NodeId id) {
        return (int) (id.high() >>> (Long.SIZE - PART_BITS));
    }

    /** Says that stored edges of this source are not, or not for long, what the digest of its part says. */
    void forget(NodeId source) {
        forgotten.add(part(source));
    }

    /** Empties the digests of the parts that were forgotten, for a delta that brings no derived facts. */
    void noteForgotten() {
        Map<Integer, Optional<ContentHash>> before =
                forgotten.isEmpty() || !reversal.isWanted() ? Map.of() : readDigests();
        forgotten.forEach(part -> {
            batch.puts(Relations.DERIVED).integer(part).hash(null);
            noteReplaced(part, before);
        });
    }

    /** Notes the row of a part that is replaced or removed, if there was one. */
    private void noteReplaced(int part, Map<Integer, Optional<ContentHash>> before) {
        Reversal.Digest digest = before.containsKey(part)
                ? new Reversal.Digest(
                        before.getOrDefault(part, Optional.empty()).orElse(null))
                : null;
        reversal.derived(part, digest);
    }

    /**
     * Notes what becomes of the digests when the derived edges of some sources are replaced by others.
     *
     * @param before all stored derived edges of these sources, by source
     * @param after all that they have from now on
     */
    void replace(Map<NodeId, List<Edge>> before, Map<NodeId, List<Edge>> after) {
        Set<NodeId> sources = new TreeSet<>(before.keySet());
        sources.addAll(after.keySet());
        Map<Integer, EdgeSum> changes = new TreeMap<>();
        for (NodeId source : sources) {
            List<Edge> left = sorted(before.getOrDefault(source, List.of()));
            List<Edge> right = sorted(after.getOrDefault(source, List.of()));
            if (!left.equals(right)) {
                EdgeSum sum = changes.computeIfAbsent(part(source), _ -> new EdgeSum());
                sum.subtract(left);
                sum.add(right);
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        Map<Integer, Optional<ContentHash>> stored = readDigests();
        changes.forEach((part, sum) -> {
            Optional<ContentHash> known = stored.getOrDefault(part, Optional.of(EdgeSum.NOTHING));
            if (!forgotten.contains(part) && known.isPresent()) {
                ContentHash digest = sum.plus(known.get());
                noteReplaced(part, stored);
                if (digest.equals(EdgeSum.NOTHING)) {
                    batch.removals(Relations.DERIVED).integer(part);
                } else {
                    batch.puts(Relations.DERIVED).integer(part).hash(digest);
                }
            }
        });
    }

    private static List<Edge> sorted(List<Edge> edges) {
        return edges.stream().sorted(ORDER).toList();
    }

    /** The stored nodes that derived facts brought or now bring; notes the ids of those that come and go. */
    Map<NodeId, StampedNode> oldConcepts(List<Node> concepts) {
        Set<NodeId> before = readConcepts();
        Set<NodeId> after = concepts.stream().map(Node::id).collect(Collectors.toSet());
        after.stream().filter(id -> !before.contains(id)).sorted().forEach(id -> {
            batch.puts(Relations.CONCEPT).id(id);
            reversal.concept(id, false);
        });
        before.stream().filter(id -> !after.contains(id)).sorted().forEach(id -> {
            batch.removals(Relations.CONCEPT).id(id);
            reversal.concept(id, true);
        });
        before.addAll(after);
        return reads.nodes(before);
    }

    /**
     * The stored nodes of the concepts that come, change or go; notes the ids of those that come and go.
     *
     * @param concepts those that come or change
     */
    Map<NodeId, StampedNode> replacedConcepts(List<Node> concepts, Set<NodeId> gone) {
        Set<NodeId> ids = concepts.stream().map(Node::id).collect(Collectors.toSet());
        ids.addAll(gone);
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<NodeId, StampedNode> stored = reads.nodes(ids);
        ids.stream().sorted().forEach(id -> {
            boolean isGone = gone.contains(id);
            if (isGone && stored.containsKey(id)) {
                batch.removals(Relations.CONCEPT).id(id);
                reversal.concept(id, true);
            } else if (!isGone && !stored.containsKey(id)) {
                batch.puts(Relations.CONCEPT).id(id);
                reversal.concept(id, false);
            }
        });
        return stored;
    }

    /** The ids of the stored concepts. */
    Set<NodeId> readConcepts() {
        Set<NodeId> ids = new HashSet<>();
        try (Rows rows = state.engine().read(CONCEPTS, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                ids.add(rows.nodeId(0, row));
            }
        }
        return ids;
    }

    /**
     * Compares edges, all that there are, with the digests of the stored ones and notes the new digests.
     *
     * @param given takes the edges of the parts that differ
     * @param stored takes what the store holds in these parts
     */
    void compare(List<Edge> edges, Consumer<Edge> given, Consumer<Edge> stored) {
        Map<Integer, List<Edge>> parts = new TreeMap<>();
        edges.forEach(edge ->
                parts.computeIfAbsent(part(edge.from()), _ -> new ArrayList<>()).add(edge));
        Map<Integer, Optional<ContentHash>> before = readDigests();
        parts.forEach((part, inPart) -> {
            ContentHash digest = EdgeSum.of(inPart);
            Optional<ContentHash> known = before.get(part);
            if (known == null || forgotten.contains(part) || !known.equals(Optional.of(digest))) {
                batch.puts(Relations.DERIVED).integer(part).hash(digest);
                noteReplaced(part, before);
                inPart.forEach(given);
                if (known != null) {
                    reads.edgesBetween(first(part), last(part), KINDS, stored);
                }
            }
        });
        before.keySet().removeAll(parts.keySet());
        before.keySet().forEach(part -> {
            batch.removals(Relations.DERIVED).integer(part);
            noteReplaced(part, before);
            reads.edgesBetween(first(part), last(part), KINDS, stored);
        });
    }

    /**
     * Compares what is stored with the digests, part by part; parts of which the digest is empty are left out.
     *
     * @param consumer takes each part that has edges or a digest, and whether the two agree
     */
    void verify(BiConsumer<Integer, Boolean> consumer) {
        Map<Integer, Optional<ContentHash>> digests = readDigests();
        for (int from = 0; from < 1 << PART_BITS; from += PARTS_AT_ONCE) {
            Map<Integer, List<Edge>> parts = new TreeMap<>();
            reads.edgesBetween(
                    first(from),
                    last(from + PARTS_AT_ONCE - 1),
                    KINDS,
                    edge -> parts.computeIfAbsent(part(edge.from()), _ -> new ArrayList<>())
                            .add(edge));
            for (int part = from; part < from + PARTS_AT_ONCE; part++) {
                List<Edge> edges = parts.getOrDefault(part, new ArrayList<>());
                Optional<ContentHash> digest = digests.get(part);
                if (digest == null && !edges.isEmpty()) {
                    consumer.accept(part, false);
                } else if (digest != null && digest.isPresent()) {
                    edges.sort(ORDER);
                    consumer.accept(part, digest.get().equals(EdgeSum.of(edges)));
                }
            }
        }
    }

    private static NodeId first(int part) {
        return new NodeId((long) part << (Long.SIZE - PART_BITS), 0);
    }

    private static NodeId last(int part) {
        return new NodeId(first(part).high() | -1L >>> PART_BITS, -1L);
    }

    /** The digest of each part that has one. */
    Map<Integer, Optional<ContentHash>> readDigests() {
        Map<Integer, Optional<ContentHash>> digests = new TreeMap<>();
        try (Rows rows = state.engine().read(DIGESTS, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                digests.put(rows.smallInteger(0, row), Optional.ofNullable(rows.optionalHash(1, row)));
            }
        }
        return digests;
    }
}
