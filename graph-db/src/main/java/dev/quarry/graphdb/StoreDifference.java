package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What leads from one store back to another, row by row. Versions of nodes that are otherwise equal are left as they are:
 * they tell when a store saw a node. Reads both stores whole, and holds what differs.
 */
final class StoreDifference {
    private static final int AT_ONCE = 4_096;

    private final History older;
    private final History newer;
    private final Reversal back = Reversal.recording();

    private StoreDifference(History older, History newer) {
        this.older = older;
        this.newer = newer;
    }

    /** What leads from the newer store back to what the older one holds. */
    static Reversal back(History older, History newer) {
        StoreDifference difference = new StoreDifference(older, newer);
        difference.meta();
        difference.files();
        difference.nodes();
        difference.edges();
        difference.derived();
        return difference.back;
    }

    /** What callers have noted is the newer store's own where the older one says nothing of it. */
    private void meta() {
        Map<String, String> before = older.state().meta();
        Map<String, String> after = newer.state().meta();
        Set<String> keys = new TreeSet<>(before.keySet());
        after.keySet().stream().filter(key -> key.startsWith(Meta.PREFIX)).forEach(keys::add);
        for (String key : keys) {
            if (Meta.isPartOfState(key) && !Objects.equals(before.get(key), after.get(key))) {
                back.meta(key, before.get(key));
            }
        }
    }

    private void files() {
        Map<String, StoredFile> before = older.state().files();
        Map<String, StoredFile> after = newer.state().files();
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        Map<ContentHash, @Nullable ContentHash> gone = new HashMap<>();
        Set<ContentHash> kept = new HashSet<>();
        for (String path : paths) {
            StoredFile was = stored(before.get(path));
            StoredFile is = stored(after.get(path));
            StoredFile any = is == null ? was : is;
            if (any != null && !Objects.equals(was, is)) {
                back.file(any.file().id(), was);
            }
            ContentHash now = text(is);
            ContentHash then = text(was);
            if (now != null) {
                kept.add(now);
            }
            if (then != null) {
                gone.putIfAbsent(then, now);
            }
        }
        Set<ContentHash> added = new HashSet<>(kept);
        added.removeAll(gone.keySet());
        added.forEach(raw -> back.text(raw, null));
        gone.keySet().removeAll(kept);
        gone.forEach(this::text);
    }

    /** Which text a file has; null if it has none. */
    private static @Nullable ContentHash text(@Nullable StoredFile file) {
        return file != null && file.file().status().isIndexed() ? file.file().raw() : null;
    }

    /** As it is stored: without what only the process knows that wrote it. */
    private static @Nullable StoredFile stored(@Nullable StoredFile known) {
        return known == null ? null : new StoredFile(known.file().withoutReasons(), known.facts());
    }

    private void text(ContentHash raw, @Nullable ContentHash successor) {
        String text = older.reads().texts(List.of(raw)).get(raw);
        String now = successor == null
                ? null
                : newer.reads().texts(List.of(successor)).get(successor);
        if (text != null) {
            back.text(
                    raw,
                    now == null
                            ? new Reversal.Text(null, TextDelta.of(text, ""))
                            : new Reversal.Text(successor, TextDelta.of(text, now)));
        }
    }

    private void nodes() {
        inTurns(older.reads()::forEachNode, page -> {
            Map<NodeId, StampedNode> after = newer.reads()
                    .nodes(page.stream().map(stamped -> stamped.node().id()).toList());
            for (StampedNode before : page) {
                StampedNode now = after.get(before.node().id());
                if (now == null || !now.node().equals(before.node())) {
                    back.node(before.node().id(), before);
                }
            }
        });
        inTurns(newer.reads()::forEachNode, page -> {
            List<NodeId> ids = page.stream().map(stamped -> stamped.node().id()).toList();
            Map<NodeId, StampedNode> before = older.reads().nodes(ids);
            ids.stream().filter(id -> !before.containsKey(id)).forEach(id -> back.node(id, null));
        });
    }

    private void edges() {
        Set<EdgeKind> all = EnumSet.allOf(EdgeKind.class);
        inTurns((Consumer<Edge> taker) -> older.reads().forEachEdge(all, taker), page -> {
            Map<EdgeKey, Edge> after =
                    newer.reads().edges(page.stream().map(EdgeKey::of).toList());
            page.stream()
                    .filter(edge -> !edge.equals(after.get(EdgeKey.of(edge))))
                    .forEach(edge -> back.edge(EdgeKey.of(edge), edge));
        });
        inTurns((Consumer<Edge> taker) -> newer.reads().forEachEdge(all, taker), page -> {
            List<EdgeKey> keys = page.stream().map(EdgeKey::of).toList();
            Map<EdgeKey, Edge> before = older.reads().edges(keys);
            keys.stream().filter(key -> !before.containsKey(key)).forEach(key -> back.edge(key, null));
        });
    }

    private void derived() {
        Map<Integer, Optional<ContentHash>> before = rows(older).readDigests();
        Map<Integer, Optional<ContentHash>> after = rows(newer).readDigests();
        Set<Integer> parts = new TreeSet<>(before.keySet());
        parts.addAll(after.keySet());
        for (Integer part : parts) {
            Optional<ContentHash> digest = before.get(part);
            if (!Objects.equals(digest, after.get(part))) {
                back.derived(part, digest == null ? null : new Reversal.Digest(digest.orElse(null)));
            }
        }
        Set<NodeId> was = rows(older).readConcepts();
        Set<NodeId> is = rows(newer).readConcepts();
        was.stream().filter(id -> !is.contains(id)).forEach(id -> back.concept(id, true));
        is.stream().filter(id -> !was.contains(id)).forEach(id -> back.concept(id, false));
    }

    private static DerivedRows rows(History of) {
        return new DerivedRows(of.state(), of.reads(), new WriteBatch(), Reversal.ignoring());
    }

    /** Hands over what comes one by one in lists of some thousands. */
    private static <T> void inTurns(Consumer<Consumer<T>> source, Consumer<List<T>> work) {
        List<T> page = new ArrayList<>(AT_ONCE);
        source.accept(one -> {
            page.add(one);
            if (page.size() == AT_ONCE) {
                work.accept(page);
                page.clear();
            }
        });
        work.accept(page);
    }
}
