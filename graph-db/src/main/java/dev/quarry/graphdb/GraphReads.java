package dev.quarry.graphdb;

import dev.quarry.schema.ContentHash;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.StampedNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The typed reads. Each is a constant script with parameters; keys are handed over in chunks, pages are cut by key. */
final class GraphReads {
    private static final int CHUNK = 4096;
    private static final int PAGE = 8192;

    private static final String NODE = NodeRows.COLUMNS;
    private static final String EDGE = EdgeRows.COLUMNS;
    private static final Script NODES_BY_ID =
            new Script("ids[id] <- $ids ?[" + NODE + "] := ids[id], *node{" + NODE + "}");
    private static final Script NODES_BY_NAME = new Script(
            "?[" + NODE + "] := *node:by_name{name: $name, id}, name = $name, *node{" + without("name") + "}");
    private static final Script NODES_BY_FILE = new Script(
            "ids[file] <- $ids ?[" + NODE + "] := ids[file], *node:by_file{file, id}, *node{" + without("file") + "}");
    private static final Script NODE_PAGE =
            new Script("?[" + NODE + "] := *node{" + NODE + "}, id > $after :limit " + PAGE);
    private static final Script NAMES_MATCHING =
            new Script("?[id] := *node:by_name{name, id}, starts_with(name, $prefix),"
                    + " regex_matches(name, $pattern) :limit $limit");
    private static final Script QUALIFIED_MATCHING =
            new Script("?[id] := *node{id, qname}, starts_with(qname, $prefix),"
                    + " regex_matches(qname, $pattern) :limit $limit");
    private static final Script EDGES_OF =
            new Script("ids[src] <- $ids ?[" + EDGE + "] := ids[src], *edge{" + EDGE + "}");
    private static final Script EDGES_OF_KINDS =
            new Script("ids[src] <- $ids ?[" + EDGE + "] := ids[src], *edge{" + EDGE + "}, is_in(kind, $kinds)");
    private static final Script EDGES_IN_RANGE =
            new Script("?[" + EDGE + "] := *edge{" + EDGE + "}, src >= $first, src <= $last, is_in(kind, $kinds)");
    private static final Script EDGES_BY_KEY = new Script(
            "keys[src, kind, dst, role] <- $keys ?[" + EDGE + "] := keys[src, kind, dst, role], *edge{" + EDGE + "}");
    private static final Script EDGE_PAGE =
            new Script("?[" + EDGE + "] := *edge{" + EDGE + "}, src > $after, is_in(kind, $kinds) :limit " + PAGE);
    private static final Script KEYS_OUT = keys("*edge{src, kind, dst, role}", "src");
    private static final Script KEYS_IN = keys("*edge:rev{dst, kind, src, role}", "dst");
    private static final Script NEIGHBOURS_OUT = neighbours("s=$id,k[k]", "d");
    private static final Script NEIGHBOURS_IN = neighbours("d=$id,k[k],*edge:rev{dst:d,kind:k,src:s,role:r}", "s");
    private static final Script LINKS_OUT = links("*edge{src:n,kind:k,dst:f,role:r}");
    private static final Script LINKS_IN = links("*edge:rev{dst:n,kind:k,src:f,role:r}");
    private static final Script TEXTS =
            new Script("hashes[raw] <- $hashes ?[raw, text] := hashes[raw], *source{raw, text}");

    private final Engine engine;

    GraphReads(Engine engine) {
        this.engine = engine;
    }

    /** All columns of a node but one that the index gives; named again, it would have the engine read all nodes. */
    private static String without(String column) {
        return NODE.replace(" " + column + ",", "");
    }

    private static Script keys(String atom, String bound) {
        return new Script("ids[" + bound + "] <- $ids kinds[kind] <- $kinds" + " ?[src, kind, dst, role] := ids["
                + bound + "], kinds[kind], " + atom + " :limit $limit");
    }

    /**
     * A node's edges, each joined with the node at its other end. The engine reads the text of a script at each call, which
     * is a large part of a small read's time: hence the short names.
     *
     * @param start binds {@code k}, the kind, and the edges' key as far as it is known
     * @param end the variable of the other end: {@code s}, the source, or {@code d}, the target
     */
    private static Script neighbours(String start, String end) {
        List<String> columns = List.of(NODE.split(", "));
        StringBuilder head = new StringBuilder(end);
        StringBuilder node = new StringBuilder("id:" + end);
        for (int i = 1; i < columns.size(); i++) {
            String variable = "n" + i;
            head.append(',').append(variable);
            node.append(',').append(columns.get(i)).append(':').append(variable);
        }
        return new Script("k[k]<-$kinds ?[s,k,d,r,e,f,g," + head + "]:=" + start
                + ",*edge{src:s,kind:k,dst:d,role:r,found:e,sites:f,detail:g},*node{" + node + "}:limit $limit");
    }

    /** The edges of several nodes, and of the nodes at their other ends the kind alone. */
    private static Script links(String edge) {
        return new Script(
                "i[n]<-$ids k[k]<-$kinds ?[n,k,f,r,c]:=i[n],k[k]," + edge + ",*node{id:f,kind:c}:limit $limit");
    }

    /** These nodes by id; missing ones are left out. */
    Map<NodeId, StampedNode> nodes(Collection<NodeId> ids) {
        Map<NodeId, StampedNode> nodes = HashMap.newHashMap(ids.size());
        chunks(ids, chunk -> collect(engine.read(NODES_BY_ID, new Params().ids("ids", chunk)), nodes));
        return nodes;
    }

    List<StampedNode> named(String name) {
        return list(engine.read(NODES_BY_NAME, new Params().text("name", name)));
    }

    /** All nodes that these files declare, by id; {@link NodeId#NONE} stands for those that no file declares. */
    Map<NodeId, StampedNode> declaredIn(Collection<NodeId> files) {
        Map<NodeId, StampedNode> nodes = new LinkedHashMap<>();
        chunks(files, chunk -> collect(engine.read(NODES_BY_FILE, new Params().ids("ids", chunk)), nodes));
        return nodes;
    }

    /** The ids of nodes whose simple or qualified name fits a pattern. */
    List<NodeId> matching(NamePattern pattern, int limit) {
        Params params = new Params()
                .text("prefix", pattern.prefix())
                .text("pattern", pattern.regex())
                .integer("limit", limit);
        try (Rows rows = engine.read(pattern.isQualified() ? QUALIFIED_MATCHING : NAMES_MATCHING, params)) {
            List<NodeId> ids = new ArrayList<>(rows.count());
            for (int row = 0; row < rows.count(); row++) {
                ids.add(rows.nodeId(0, row));
            }
            return ids;
        }
    }

    void forEachNode(Consumer<StampedNode> consumer) {
        byte[] after = {};
        for (int count = PAGE; count == PAGE; ) {
            List<StampedNode> page = list(engine.read(NODE_PAGE, new Params().bytes("after", after)));
            page.forEach(consumer);
            count = page.size();
            after = count == 0 ? after : page.getLast().node().id().toBytes();
        }
    }

    /**
     * Hands over all edges of these kinds, in the order of their sources. Each call reads all edges, of whatever kind. Pages
     * end at a source: the last source of a full page is read once more, whole.
     */
    void forEachEdge(Set<EdgeKind> kinds, Consumer<Edge> consumer) {
        byte[] after = {};
        for (int count = PAGE; count == PAGE; ) {
            List<Edge> page = edges(engine.read(EDGE_PAGE, Params.of(Map.of("after", after, "kinds", names(kinds)))));
            count = page.size();
            if (count < PAGE) {
                page.forEach(consumer);
                return;
            }
            NodeId last = page.getLast().from();
            page.stream().filter(edge -> !edge.from().equals(last)).forEach(consumer);
            edgesOf(Set.of(last), kinds, consumer);
            after = last.toBytes();
        }
    }

    /** All edges that start at these nodes. */
    void edgesOf(Collection<NodeId> sources, Consumer<Edge> consumer) {
        chunks(
                sources,
                chunk -> edges(engine.read(EDGES_OF, new Params().ids("ids", chunk)))
                        .forEach(consumer));
    }

    /** The edges of these kinds that start at these nodes. */
    void edgesOf(Collection<NodeId> sources, Set<EdgeKind> kinds, Consumer<Edge> consumer) {
        chunks(
                sources,
                chunk -> edges(engine.read(
                                EDGES_OF_KINDS,
                                Params.of(Map.of("kinds", names(kinds))).ids("ids", chunk)))
                        .forEach(consumer));
    }

    /** All edges of these kinds whose source lies between two ids, both included. */
    void edgesBetween(NodeId first, NodeId last, Set<EdgeKind> kinds, Consumer<Edge> consumer) {
        edges(engine.read(EDGES_IN_RANGE, Params.of(Map.of("first", first, "last", last, "kinds", names(kinds)))))
                .forEach(consumer);
    }

    /** Kinds as a list in which a script looks for one, where an edge's key is not known down to its kind. */
    private static List<String> names(Set<EdgeKind> kinds) {
        return kinds.stream().map(EdgeKind::name).sorted().toList();
    }

    /** The keys of the edges of these kinds at these nodes, at most {@code limit} of them. */
    List<EdgeKey> keys(Collection<NodeId> ids, Direction direction, Set<EdgeKind> kinds, int limit) {
        Params params = new Params().ids("ids", ids).kinds("kinds", kinds).integer("limit", limit);
        try (Rows rows = engine.read(direction == Direction.OUT ? KEYS_OUT : KEYS_IN, params)) {
            List<EdgeKey> keys = new ArrayList<>(rows.count());
            for (int row = 0; row < rows.count(); row++) {
                keys.add(EdgeRows.readKey(rows, row));
            }
            return keys;
        }
    }

    /** The edges of these kinds at a node with the nodes at their other ends, at most {@code limit} of them. */
    List<Neighbour> neighbours(NodeId id, Direction direction, Set<EdgeKind> kinds, int limit) {
        Params params =
                new Params().bytes("id", id.toBytes()).kinds("kinds", kinds).integer("limit", limit);
        try (Rows rows = engine.read(direction == Direction.OUT ? NEIGHBOURS_OUT : NEIGHBOURS_IN, params)) {
            List<Neighbour> neighbours = new ArrayList<>(rows.count());
            for (int row = 0; row < rows.count(); row++) {
                neighbours.add(new Neighbour(EdgeRows.read(rows, row), NodeRows.read(rows, row, EdgeRows.WIDTH)));
            }
            return neighbours;
        }
    }

    /** The edges of these nodes; no more than {@code limit}, and then of some nodes less than all, or none. */
    List<Link> links(Collection<NodeId> ids, Direction direction, Set<EdgeKind> kinds, int limit) {
        Params params = new Params().ids("ids", ids).kinds("kinds", kinds).integer("limit", limit);
        try (Rows rows = engine.read(direction == Direction.OUT ? LINKS_OUT : LINKS_IN, params)) {
            List<Link> links = new ArrayList<>(rows.count());
            for (int row = 0; row < rows.count(); row++) {
                links.add(new Link(
                        rows.nodeId(0, row),
                        EdgeKind.of(rows.text(1, row)),
                        rows.nodeId(2, row),
                        NodeKind.of(rows.text(4, row))));
            }
            return links;
        }
    }

    /** The edges with these keys; missing ones are left out. */
    Map<EdgeKey, Edge> edges(Collection<EdgeKey> keys) {
        Map<EdgeKey, Edge> found = HashMap.newHashMap(keys.size());
        chunks(
                keys,
                chunk -> edges(engine.read(EDGES_BY_KEY, new Params().edgeKeys("keys", chunk)))
                        .forEach(edge -> found.put(EdgeKey.of(edge), edge)));
        return found;
    }

    /** The texts with these raw hashes; missing ones are left out. */
    Map<ContentHash, String> texts(Collection<ContentHash> hashes) {
        Map<ContentHash, String> texts = new HashMap<>();
        chunks(hashes, chunk -> {
            try (Rows rows = engine.read(TEXTS, new Params().hashes("hashes", chunk))) {
                for (int row = 0; row < rows.count(); row++) {
                    texts.put(rows.hash(0, row), rows.text(1, row));
                }
            }
        });
        return texts;
    }

    /** Does something for these elements, some thousands at a time. */
    static <T> void chunks(Collection<T> all, Consumer<Collection<T>> work) {
        if (all.size() <= CHUNK) {
            if (!all.isEmpty()) {
                work.accept(all);
            }
            return;
        }
        List<T> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += CHUNK) {
            work.accept(list.subList(from, Math.min(list.size(), from + CHUNK)));
        }
    }

    private static void collect(Rows source, Map<NodeId, StampedNode> target) {
        list(source).forEach(node -> target.put(node.node().id(), node));
    }

    private static List<StampedNode> list(Rows source) {
        try (source) {
            List<StampedNode> nodes = new ArrayList<>(source.count());
            for (int row = 0; row < source.count(); row++) {
                nodes.add(NodeRows.read(source, row));
            }
            return nodes;
        }
    }

    private static List<Edge> edges(Rows source) {
        try (source) {
            List<Edge> edges = new ArrayList<>(source.count());
            for (int row = 0; row < source.count(); row++) {
                edges.add(EdgeRows.read(source, row));
            }
            return edges;
        }
    }
}
