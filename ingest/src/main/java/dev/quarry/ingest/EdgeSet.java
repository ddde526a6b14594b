package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edges that start at one node, or will: each kind, role and target once, with all places where it is written. */
final class EdgeSet {
    private record Key(EdgeKind kind, String role, NodeId to) {}

    private static final class Value {
        Found found;
        int[] sites = new int[1];
        int count;
        Set<String> details = Set.of();

        Value(Found found) {
            this.found = found;
        }

        void addSite(int site) {
            if (count == sites.length) {
                sites = Arrays.copyOf(sites, 2 * count);
            }
            sites[count++] = site;
        }

        void addDetail(String detail) {
            if (details.isEmpty()) {
                details = new LinkedHashSet<>(2);
            }
            details.add(detail);
        }

        /** A compiler's word outweighs a guess from the text. */
        void strengthen(Found other) {
            if (other == Found.COMPILER) {
                found = other;
            }
        }
    }

    private final Map<Key, Value> edges = new LinkedHashMap<>();
    private List<CallNotes.Inline> held = List.of();

    /**
     * Adds an edge, or a further place of one.
     *
     * @param site from {@link Sites#pack}; negative for none
     * @param detail empty for none; different details of one edge are kept, in the order of arrival
     */
    void add(EdgeKind kind, String role, NodeId to, Found found, int site, String detail) {
        Value value = edges.computeIfAbsent(new Key(kind, role, to), _ -> new Value(found));
        value.strengthen(found);
        if (site >= 0) {
            value.addSite(site);
        }
        if (!detail.isEmpty()) {
            value.addDetail(detail);
        }
    }

    /** Notes code without a node of its own, which counts as that of the node that the edges start at. */
    void hold(CallNotes.Inline code) {
        if (held.isEmpty()) {
            held = new ArrayList<>(2);
        }
        held.add(code);
    }

    List<CallNotes.Inline> held() {
        return held;
    }

    /** Adds all edges of another set, and the code that it holds. */
    void addAll(EdgeSet other) {
        other.held.forEach(this::hold);
        other.edges.forEach((key, value) -> {
            Value mine = edges.computeIfAbsent(key, _ -> new Value(value.found));
            mine.strengthen(value.found);
            for (int i = 0; i < value.count; i++) {
                mine.addSite(value.sites[i]);
            }
            value.details.forEach(mine::addDetail);
        });
    }

    boolean isEmpty() {
        return edges.isEmpty() && held.isEmpty();
    }

    /** Appends the edges, as starting at this node. */
    void emit(NodeId from, List<Edge> into) {
        edges.forEach((key, value) -> {
            Sites sites = value.count == 0 ? Sites.NONE : Sites.ofPacked(Arrays.copyOf(value.sites, value.count));
            into.add(new Edge(from, key.kind, key.role, key.to, value.found, sites, String.join("; ", value.details)));
        });
    }
}
