package dev.quarry.graphdb;

import dev.quarry.graphdb.StateMark.Kind;
import dev.quarry.schema.ContentHash;
import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Relations;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.StampedNode;
import dev.quarry.schema.Version;
import dev.quarry.schema.VersionClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One delta on its way into the store: finds what is different from what the store holds, and writes only that.
 *
 * <p>Where two files of a delta claim the same node, the first one has it, with its edges.
 */
final class DeltaWriter {
    private final StoreState state;
    private final GraphReads reads;
    private final VersionClock clock;
    private final Delta delta;
    private final @Nullable StateMark mark;
    private final Reversal reversal;

    private final WriteBatch batch = new WriteBatch();
    private final Map<String, String> meta = new HashMap<>();
    private final KindCounts counts = new KindCounts();
    private final Map<NodeId, Node> newNodes = new LinkedHashMap<>();
    private final Map<EdgeKey, Edge> newEdges = new LinkedHashMap<>();
    private final Set<NodeId> staleOwners = new HashSet<>();

    /** A write that leads to a state if {@code mark} is given; what it replaces is kept once there is a first state. */
    DeltaWriter(StoreState state, GraphReads reads, VersionClock clock, Delta delta, @Nullable StateMark mark) {
        this.state = state;
        this.reads = reads;
        this.clock = clock;
        this.delta = delta;
        this.mark = mark;
        this.reversal = ChangeLog.lastState(state).isPresent() ? Reversal.recording() : Reversal.ignoring();
        Meta.requireForeign(delta.meta().keySet());
    }

    WriteResult write() {
        SortedMap<String, StoredFile> filesAfter = new TreeMap<>(state.files());
        List<FileFacts> changed = changedFiles(filesAfter);
        List<FileRecord> removed = removeFiles(filesAfter);
        changed.forEach(facts -> claim(facts.file().id(), facts.nodes(), facts.edges()));
        claimShared();
        removed.forEach(file -> staleOwners.add(file.id()));
        putSources(changed, removed, filesAfter);
        removed.forEach(this::removeFile);

        Map<NodeId, StampedNode> old = oldNodes();
        Map<EdgeKey, Edge> oldEdges = oldEdges(old);
        int nodesPut = putNodes(old);
        int nodesRemoved = removeNodes(old);
        int edgesPut = putEdges(oldEdges);
        int edgesRemoved = removeEdges(oldEdges);
        return commit(
                new WriteResult(
                        nodesPut, nodesRemoved, edgesPut, edgesRemoved, changed.size(), removed.size(), sequence()),
                filesAfter);
    }

    private long sequence() {
        return state.number(Meta.SEQUENCE);
    }

    /** The files whose facts are not those that the store holds; their rows are put. */
    private List<FileFacts> changedFiles(Map<String, StoredFile> filesAfter) {
        List<FileFacts> changed = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (FileFacts facts : delta.files()) {
            String path = facts.file().path();
            if (!paths.add(path)) {
                throw new IllegalArgumentException("the file '" + path + "' is in the delta twice");
            }
            StoredFile now = new StoredFile(facts.file(), FactsDigest.of(facts));
            StoredFile before = filesAfter.put(path, now);
            if (!now.equals(before)) {
                reversal.file(now.file().id(), before);
                FileRows.put(batch.puts(Relations.FILE), now);
                changed.add(facts);
            }
        }
        return changed;
    }

    private List<FileRecord> removeFiles(Map<String, StoredFile> filesAfter) {
        Set<String> given = new HashSet<>();
        delta.files().forEach(facts -> given.add(facts.file().path()));
        List<FileRecord> removed = new ArrayList<>();
        for (String path : delta.removedPaths()) {
            StoredFile stored = given.contains(path) ? null : filesAfter.remove(path);
            if (stored != null) {
                removed.add(stored.file());
            }
        }
        return removed;
    }

    private void removeFile(FileRecord file) {
        reversal.file(file.id(), state.files().get(file.path()));
        batch.removals(Relations.FILE).id(file.id());
    }

    /** Claims the nodes and edges of an owner, except those of nodes that another owner has claimed before. */
    private void claim(NodeId owner, List<Node> nodes, List<Edge> edges) {
        staleOwners.add(owner);
        Set<NodeId> foreign = new HashSet<>();
        for (Node node : nodes) {
            Node first = newNodes.putIfAbsent(node.id(), node);
            if (first != null && !first.file().equals(node.file())) {
                foreign.add(node.id());
            }
        }
        for (Edge edge : edges) {
            if (!foreign.contains(edge.from())) {
                newEdges.put(EdgeKey.of(edge), edge);
            }
        }
    }

    private void claimShared() {
        SharedFacts shared = delta.shared();
        if (shared == null) {
            return;
        }
        String digest = FactsDigest.of(shared).toString();
        if (!digest.equals(state.meta().get(Meta.SHARED))) {
            meta.put(Meta.SHARED, digest);
            claim(NodeId.NONE, shared.nodes(), shared.edges());
        }
    }

    /** Keeps the text of each indexed content once, as long as some file has it. */
    private void putSources(List<FileFacts> changed, List<FileRecord> removed, Map<String, StoredFile> filesAfter) {
        Map<ContentHash, String> come = new LinkedHashMap<>();
        Set<ContentHash> gone = new LinkedHashSet<>();
        for (FileFacts facts : changed) {
            if (facts.file().status().isIndexed()) {
                come.putIfAbsent(facts.file().raw(), facts.text());
            }
            StoredFile before = state.files().get(facts.file().path());
            if (before != null) {
                gone.add(before.file().raw());
            }
        }
        removed.forEach(file -> gone.add(file.raw()));
        retainUnknown(come.keySet(), state.files());
        gone.retainAll(rawHashes(state.files(), gone));
        retainUnknown(gone, filesAfter);
        come.forEach((raw, text) -> {
            batch.puts(Relations.SOURCE).hash(raw).text(text);
            reversal.text(raw, null);
        });
        gone.forEach(raw -> batch.removals(Relations.SOURCE).hash(raw));
        if (reversal.isWanted()) {
            keepTexts(gone, changed);
        }
    }

    /** Leaves of these hashes those that no indexed file has. */
    private static void retainUnknown(Set<ContentHash> hashes, Map<String, StoredFile> files) {
        hashes.removeAll(rawHashes(files, hashes));
    }

    /** Keeps texts that go, by what each has in common with the text that the same path has now. */
    private void keepTexts(Set<ContentHash> gone, List<FileFacts> changed) {
        Map<ContentHash, FileFacts> successors = new HashMap<>();
        for (FileFacts facts : changed) {
            StoredFile before = state.files().get(facts.file().path());
            if (before != null && facts.file().status().isIndexed()) {
                successors.putIfAbsent(before.file().raw(), facts);
            }
        }
        reads.texts(gone).forEach((raw, text) -> {
            FileFacts now = successors.get(raw);
            reversal.text(
                    raw,
                    now == null
                            ? new Reversal.Text(null, TextDelta.of(text, ""))
                            : new Reversal.Text(now.file().raw(), TextDelta.of(text, now.text())));
        });
    }

    /** Those of these hashes that an indexed file has. */
    private static Set<ContentHash> rawHashes(Map<String, StoredFile> files, Set<ContentHash> wanted) {
        Set<ContentHash> found = new HashSet<>();
        if (!wanted.isEmpty()) {
            for (StoredFile stored : files.values()) {
                if (wanted.contains(stored.file().raw())
                        && stored.file().status().isIndexed()) {
                    found.add(stored.file().raw());
                }
            }
        }
        return found;
    }

    /** The stored nodes that this delta may change: those of its files, and those that it claims from elsewhere. */
    private Map<NodeId, StampedNode> oldNodes() {
        if (sequence() == 0) {
            return new HashMap<>();
        }
        Map<NodeId, StampedNode> old = reads.declaredIn(staleOwners);
        old.values().removeIf(stamped -> stamped.node().kind().isConcept());
        // The node of a file may be its own owner or have none; it goes with its file, not with what is shared.
        Predicate<Node> isForeignFile = node -> node.kind() == NodeKind.FILE && !staleOwners.contains(node.id());
        old.values().removeIf(stamped -> isForeignFile.test(stamped.node()));
        Set<NodeId> further = new HashSet<>(newNodes.keySet());
        staleOwners.stream().filter(id -> !id.equals(NodeId.NONE)).forEach(further::add);
        further.removeAll(old.keySet());
        old.putAll(reads.nodes(further));
        return old;
    }

    /**
     * The stored edges that this delta may change. Derived edges are none of their source's facts: they stay as long as
     * their source does, and the delta's derived facts, where it has some, say what becomes of them.
     */
    private Map<EdgeKey, Edge> oldEdges(Map<NodeId, StampedNode> old) {
        Map<EdgeKey, Edge> oldEdges = new HashMap<>();
        DerivedRows derived = new DerivedRows(state, reads, batch, reversal);
        DerivedFacts facts = delta.derived();
        if (facts != null && facts.part() != null) {
            replacePart(facts, facts.part(), old, derived, oldEdges);
            return oldEdges;
        }
        reads.edgesOf(old.keySet(), edge -> {
            boolean isDerived = edge.kind().isDerived();
            boolean isOrphan = isDerived && !newNodes.containsKey(edge.from());
            if (isOrphan) {
                derived.forget(edge.from());
            }
            if (!isDerived || (isOrphan && facts == null)) {
                oldEdges.put(EdgeKey.of(edge), edge);
            }
        });
        if (facts == null) {
            derived.noteForgotten();
        } else {
            facts.nodes().forEach(node -> newNodes.putIfAbsent(node.id(), node));
            old.putAll(derived.oldConcepts(facts.nodes()));
            derived.compare(
                    facts.edges(),
                    edge -> newEdges.put(EdgeKey.of(edge), edge),
                    edge -> oldEdges.put(EdgeKey.of(edge), edge));
        }
        return oldEdges;
    }

    /** Replaces derived edges of some kinds of some sources, all of those sources that are gone, and some concepts. */
    private void replacePart(
            DerivedFacts facts,
            DerivedFacts.Part part,
            Map<NodeId, StampedNode> old,
            DerivedRows derived,
            Map<EdgeKey, Edge> oldEdges) {
        facts.nodes().forEach(node -> newNodes.putIfAbsent(node.id(), node));
        old.putAll(derived.replacedConcepts(facts.nodes(), part.gone()));
        Set<NodeId> concluded = new HashSet<>(old.keySet());
        concluded.removeAll(newNodes.keySet());
        part.sources().values().forEach(concluded::addAll);
        Map<NodeId, List<Edge>> before = new HashMap<>();
        Map<NodeId, List<Edge>> after = new HashMap<>();
        reads.edgesOf(concluded, edge -> {
            NodeId source = edge.from();
            boolean isGone = old.containsKey(source) && !newNodes.containsKey(source);
            boolean isReplaced = part.replaces(edge.kind(), source);
            if (!edge.kind().isDerived()) {
                if (old.containsKey(source)) {
                    oldEdges.put(EdgeKey.of(edge), edge);
                }
                return;
            }
            before.computeIfAbsent(source, _ -> new ArrayList<>()).add(edge);
            if (isGone || isReplaced) {
                oldEdges.put(EdgeKey.of(edge), edge);
            } else {
                after.computeIfAbsent(source, _ -> new ArrayList<>()).add(edge);
            }
        });
        Set<NodeId> lasting = new HashSet<>(old.keySet());
        lasting.removeAll(concluded);
        reads.edgesOf(lasting, DerivedRows.FACTS, edge -> oldEdges.put(EdgeKey.of(edge), edge));
        for (Edge edge : facts.edges()) {
            newEdges.put(EdgeKey.of(edge), edge);
            after.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge);
        }
        derived.replace(before, after);
    }

    private int putNodes(Map<NodeId, StampedNode> old) {
        int put = 0;
        for (Node node : newNodes.values()) {
            StampedNode stored = old.get(node.id());
            if (stored != null && stored.node().equals(node)) {
                continue;
            }
            Version version =
                    stored != null && stored.node().content().equals(node.content()) ? stored.version() : clock.next();
            NodeRows.put(batch.puts(Relations.NODE), new StampedNode(node, version));
            reversal.node(node.id(), stored);
            counts.add(node.kind(), stored == null ? 1 : 0);
            put++;
        }
        return put;
    }

    private int removeNodes(Map<NodeId, StampedNode> old) {
        List<NodeId> removed = new ArrayList<>();
        for (StampedNode stored : old.values()) {
            if (!newNodes.containsKey(stored.node().id())) {
                removed.add(stored.node().id());
                batch.removals(Relations.NODE).id(stored.node().id());
                reversal.node(stored.node().id(), stored);
                counts.add(stored.node().kind(), -1);
            }
        }
        List<NodeId> linked = new VectorReads(state.engine()).linked(removed);
        linked.forEach(id -> batch.removals(Relations.NODE_TEXT).id(id));
        if (!linked.isEmpty()) {
            meta.put(Meta.VECTOR_SEQUENCE, Long.toString(state.number(Meta.VECTOR_SEQUENCE) + 1));
        }
        return removed.size();
    }

    private int putEdges(Map<EdgeKey, Edge> oldEdges) {
        int put = 0;
        for (Map.Entry<EdgeKey, Edge> entry : newEdges.entrySet()) {
            Edge stored = oldEdges.get(entry.getKey());
            if (!entry.getValue().equals(stored)) {
                EdgeRows.put(batch.puts(Relations.EDGE), entry.getValue());
                reversal.edge(entry.getKey(), stored);
                counts.add(entry.getKey().kind(), stored == null ? 1 : 0);
                put++;
            }
        }
        return put;
    }

    private int removeEdges(Map<EdgeKey, Edge> oldEdges) {
        int removed = 0;
        for (Map.Entry<EdgeKey, Edge> entry : oldEdges.entrySet()) {
            EdgeKey key = entry.getKey();
            if (!newEdges.containsKey(key)) {
                EdgeRows.putKey(batch.removals(Relations.EDGE), key);
                reversal.edge(key, entry.getValue());
                counts.add(key.kind(), -1);
                removed++;
            }
        }
        return removed;
    }

    /** Adds what was replaced, and the state that this write leads to, if one is wanted and differs from the last. */
    private void noteHistory(boolean hasChanged) {
        Optional<HistoryState> last = ChangeLog.lastState(state);
        long change = ChangeLog.last(state);
        if (reversal.isWanted() && (hasChanged || changesMeta())) {
            meta.forEach((key, value) -> {
                String before = state.meta().get(key);
                if (Meta.isPartOfState(key) && !value.equals(before)) {
                    reversal.meta(key, before);
                }
            });
            change++;
            meta.put(Meta.CHANGE, Long.toString(change));
            ChangeLog.put(batch, change, ReversalCodec.encode(reversal));
        }
        if (mark != null && !isAt(last, change)) {
            HistoryState next = new HistoryState(last.map(HistoryState::number).orElse(0L) + 1, change, mark);
            ChangeLog.put(batch, next);
            ChangeLog.note(meta, next);
        }
    }

    private boolean changesMeta() {
        return meta.entrySet().stream()
                .anyMatch(entry -> Meta.isPartOfState(entry.getKey())
                        && !entry.getValue().equals(state.meta().get(entry.getKey())));
    }

    private boolean isAt(Optional<HistoryState> last, long change) {
        return mark != null
                && last.filter(before -> before.change() == change
                                && before.mark().commit().equals(mark.commit())
                                && (before.mark().kind() == mark.kind() || mark.kind() == Kind.SAVE))
                        .isPresent();
    }

    private WriteResult commit(WriteResult result, SortedMap<String, StoredFile> filesAfter) {
        meta.putAll(delta.meta());
        long sequence = result.sequence();
        if (result.hasChanged()) {
            sequence++;
            meta.put(Meta.SEQUENCE, Long.toString(sequence));
            counts.noteIn(meta, state);
        }
        if (result.nodesPut() > 0) {
            meta.put(Meta.LAST_VERSION, clock.next().toString());
        }
        newNodes.clear();
        newEdges.clear();
        noteHistory(result.hasChanged());
        state.commit(batch, meta, filesAfter);
        return new WriteResult(
                result.nodesPut(),
                result.nodesRemoved(),
                result.edgesPut(),
                result.edgesRemoved(),
                result.filesPut(),
                result.filesRemoved(),
                sequence);
    }
}
