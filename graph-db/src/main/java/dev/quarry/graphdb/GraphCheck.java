package dev.quarry.graphdb;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.FileRecord;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.Relation;
import dev.quarry.schema.Relations;
import dev.quarry.schema.SchemaVersions;
import dev.quarry.schema.StampedNode;
import dev.quarry.schema.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks of the graph's rows against each other and against the digests that were stored with them. Holds the ids of all
 * nodes in memory, and of the rest a page at a time.
 */
final class GraphCheck {
    private static final Comparator<Edge> FACTS_ORDER = Comparator.comparing(Edge::from)
            .thenComparing(Edge::kind)
            .thenComparing(Edge::to)
            .thenComparing(Edge::role);
    private static final Script RELATIONS = new Script("::relations");
    private static final int DEPTH_MAX = 10_000;

    private final StoreState state;
    private final GraphReads reads;
    private final Findings findings;
    /** All nodes with the files that declare them. */
    private final Map<NodeId, NodeId> fileOf = new HashMap<>();

    private final Set<NodeId> inFiles = new HashSet<>();
    private final KindCounts counts = new KindCounts();

    GraphCheck(StoreState state, GraphReads reads, Findings findings) {
        this.state = state;
        this.reads = reads;
        this.findings = findings;
    }

    /**
     * Checks all.
     *
     * @param isComplete whether the last run came to its end; before, edges may lead to what is not yet written
     * @return the files whose rows have not the digest of their facts, by path
     */
    List<String> run(boolean isComplete) {
        schema();
        nodes();
        List<String> differing = files();
        Map<NodeId, NodeId> owners = edges(isComplete);
        if (isComplete) {
            containment(owners);
            derived();
        }
        counts();
        new VectorCheck(state, findings).run();
        return differing;
    }

    private void schema() {
        Set<String> present = new HashSet<>();
        try (Rows rows = state.engine().read(RELATIONS, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                present.add(rows.text(0, row));
            }
        }
        long version = state.number(Meta.SCHEMA);
        findings.check(
                StoreCheck.SCHEMA,
                version == SchemaVersions.CURRENT,
                "the schema version",
                "is " + version + " and not " + SchemaVersions.CURRENT);
        for (Relation relation : Relations.all()) {
            findings.check(
                    StoreCheck.SCHEMA,
                    present.contains(relation.name()),
                    "the relation '" + relation.name() + "'",
                    "is missing");
        }
    }

    private void nodes() {
        Map<NodeId, NodeId> files = new HashMap<>();
        state.files()
                .values()
                .forEach(stored -> files.put(stored.file().id(), stored.file().id()));
        String clock = state.meta().get(Meta.LAST_VERSION);
        Version last = clock == null ? null : Version.parse(clock);
        reads.forEachNode(stamped -> {
            Node node = stamped.node();
            findings.checked(StoreCheck.NODE, 1);
            if (!node.id().equals(NodeId.of(node.kind(), node.qualifiedName(), node.signature()))) {
                findings.violation(StoreCheck.NODE, name(node), "has the id of another name: " + node.id());
            }
            NodeId file = file(node, files);
            fileOf.put(node.id(), file);
            counts.add(node.kind(), 1);
            version(stamped, last);
        });
        files.keySet().stream()
                .filter(id -> !fileOf.containsKey(id))
                .sorted()
                .forEach(id -> findings.violation(StoreCheck.NODE, "the file " + id, "has no node"));
    }

    private NodeId file(Node node, Map<NodeId, NodeId> files) {
        NodeId file = files.get(node.file());
        if (file == null && !node.file().equals(NodeId.NONE)) {
            findings.violation(StoreCheck.NODE, name(node), "lies in a file that is not there: " + node.file());
        } else if (file == null && node.kind().isDeclared()) {
            findings.violation(StoreCheck.NODE, name(node), "lies in no file");
        }
        if (node.kind().isDeclared() || node.kind() == NodeKind.FILE) {
            inFiles.add(node.id());
        }
        if (node.kind() == NodeKind.FILE && !files.containsKey(node.id())) {
            findings.violation(StoreCheck.NODE, name(node), "is no file that the store has");
        }
        return file == null ? NodeId.NONE : file;
    }

    private void version(StampedNode stamped, @Nullable Version last) {
        findings.checked(StoreCheck.VERSION, 1);
        if (last == null || stamped.version().compareTo(last) > 0) {
            findings.violation(
                    StoreCheck.VERSION,
                    name(stamped.node()),
                    "has the version " + stamped.version() + ", later than the store's clock " + last);
        }
    }

    private List<String> files() {
        List<String> differing = new ArrayList<>();
        for (StoredFile stored : state.files().values()) {
            findings.checked(StoreCheck.FACTS, 1);
            if (!isWhole(stored)) {
                differing.add(stored.file().path());
            }
        }
        return differing;
    }

    /** Whether the rows of a file are those of the facts that it was written with. */
    boolean isWhole(StoredFile stored) {
        return FactsDigest.of(facts(stored.file())).equals(stored.facts());
    }

    /** What the rows say that a file says. */
    private FileFacts facts(FileRecord file) {
        Map<NodeId, StampedNode> declared = reads.declaredIn(List.of(file.id()));
        declared.values().removeIf(stamped -> stamped.node().kind().isConcept());
        declared.putAll(reads.nodes(List.of(file.id())));
        List<Edge> edges = new ArrayList<>();
        reads.edgesOf(declared.keySet(), edge -> {
            if (!edge.kind().isDerived()) {
                edges.add(edge);
            }
        });
        edges.sort(FACTS_ORDER);
        List<Node> nodes = declared.values().stream()
                .map(StampedNode::node)
                .sorted(Comparator.comparing(Node::id))
                .toList();
        return new FileFacts(file, "", nodes, edges);
    }

    /** Checks the ends of all edges; gives what contains each file, and what declares each declaration. */
    private Map<NodeId, NodeId> edges(boolean isComplete) {
        Map<NodeId, NodeId> owners = new HashMap<>();
        reads.forEachEdge(EnumSet.allOf(EdgeKind.class), edge -> {
            EdgeKind kind = edge.kind();
            counts.add(kind, 1);
            findings.checked(StoreCheck.EDGE, 1);
            boolean hasStart = fileOf.containsKey(edge.from());
            if (!hasStart || (isComplete && !fileOf.containsKey(edge.to()))) {
                findings.violation(
                        StoreCheck.EDGE,
                        kind + " from " + name(edge.from()) + " to " + name(edge.to()),
                        "has an end that is not there");
            }
            boolean isOwning = kind == EdgeKind.CONTAINS || kind == EdgeKind.DECLARES;
            if (isOwning && isComplete && inFiles.contains(edge.to())) {
                own(owners, edge);
            }
        });
        return owners;
    }

    private void own(Map<NodeId, NodeId> owners, Edge edge) {
        NodeId other = owners.putIfAbsent(edge.to(), edge.from());
        if (other != null && !other.equals(edge.from())) {
            findings.violation(
                    StoreCheck.CONTAINMENT,
                    name(edge.to()),
                    "lies both in " + name(other) + " and in " + name(edge.from()));
        }
    }

    private void containment(Map<NodeId, NodeId> owners) {
        findings.checked(StoreCheck.CONTAINMENT, inFiles.size());
        for (NodeId id : inFiles) {
            NodeId file = fileOf.getOrDefault(id, NodeId.NONE);
            NodeId at = id;
            for (int depth = 0; !file.equals(NodeId.NONE) && !at.equals(file) && depth < DEPTH_MAX; depth++) {
                at = owners.getOrDefault(at, file.equals(id) ? file : NodeId.NONE);
                if (at.equals(NodeId.NONE)) {
                    break;
                }
            }
            boolean isInItsFile = file.equals(NodeId.NONE) || at.equals(file);
            if (!isInItsFile || !owners.containsKey(id)) {
                findings.violation(
                        StoreCheck.CONTAINMENT,
                        name(id),
                        owners.containsKey(id) ? "does not lie in its file " + name(file) : "lies in nothing");
            }
        }
    }

    private void derived() {
        DerivedRows rows = new DerivedRows(state, reads, new WriteBatch(), Reversal.ignoring());
        rows.verify((part, holds) -> findings.check(
                StoreCheck.DERIVED,
                holds,
                "part " + part + " of the derived edges",
                "has other edges than its digest stands for"));
        for (NodeId id : ids("?[id] := *concept{id}, not *node{id}")) {
            findings.violation(StoreCheck.DERIVED, "the concept " + id, "has no node");
        }
    }

    private List<NodeId> ids(String script) {
        List<NodeId> ids = new ArrayList<>();
        try (Rows rows = state.engine().read(new Script(script), new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                ids.add(rows.nodeId(0, row));
            }
        }
        return ids;
    }

    private void counts() {
        Stream.concat(
                        Stream.of(NodeKind.values()).map(Meta::count),
                        Stream.of(EdgeKind.values()).map(Meta::count))
                .forEach(key -> {
                    long noted = state.number(key);
                    long there = counts.change(key);
                    findings.check(
                            StoreCheck.COUNT,
                            noted == there,
                            key.substring(Meta.PREFIX.length()),
                            "is noted as " + noted + ", but there are " + there);
                });
        for (Relation relation : Relations.all()) {
            String key = relation.keys().getFirst().name();
            for (Relation.Index index : relation.indexes()) {
                long rows = count(relation.name(), key);
                long ordered = count(relation.name() + ":" + index.name(), key);
                findings.check(
                        StoreCheck.COUNT,
                        rows == ordered,
                        "the order " + relation.name() + ":" + index.name(),
                        "has " + ordered + " rows of " + rows);
            }
        }
        Set<?> raws = new HashSet<>(state.files().values().stream()
                .filter(stored -> stored.file().status().isIndexed())
                .map(stored -> stored.file().raw())
                .toList());
        long texts = count(Relations.SOURCE.name(), "raw");
        findings.check(
                StoreCheck.COUNT,
                texts == raws.size(),
                "source",
                "has " + texts + " texts for " + raws.size() + " files");
    }

    private long count(String relation, String key) {
        Script script = new Script("?[count(k)] := *" + relation + "{" + key + ": k}");
        try (Rows rows = state.engine().read(script, new Params())) {
            return rows.count() == 0 ? 0 : rows.integer(0, 0);
        }
    }

    private String name(NodeId id) {
        Collection<StampedNode> found = reads.nodes(List.of(id)).values();
        return found.isEmpty() ? "node " + id : name(found.iterator().next().node());
    }

    private static String name(Node node) {
        return node.kind() + " " + node.symbol();
    }
}
