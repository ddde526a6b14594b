package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All derivations of a run, put together: their results are one, sorted, so that equal sources give equal results. */
final class Derivations {
    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::from)
            .thenComparing(Edge::kind)
            .thenComparing(Edge::to)
            .thenComparing(Edge::role)
            .thenComparing(Edge::detail);

    private final List<Derivation> parts;

    private Derivations(List<Derivation> parts) {
        this.parts = parts;
    }

    /** Those that an index run uses, given the module descriptors by their paths; a new derivation is added here. */
    static Derivations all(FrameworkModel frameworks, Map<String, ModuleDescriptor> descriptors) {
        return new Derivations(List.of(
                new Dispatch(), new TestLinks(), new FrameworkDerivation(frameworks), new ModuleServices(descriptors)));
    }

    void file(FileFacts facts, CallNotes notes) {
        parts.forEach(part -> part.notes(notes));
        parts.forEach(part -> part.file(facts));
    }

    /** What all of them conclude; a node or an edge that several name is the first one's. */
    DerivedFacts finish(SharedFacts shared) {
        Map<NodeId, Node> nodes = new TreeMap<>();
        List<Edge> edges = new ArrayList<>();
        for (Derivation part : parts) {
            DerivedFacts facts = part.finish(shared);
            facts.nodes().forEach(node -> nodes.putIfAbsent(node.id(), node));
            edges.addAll(facts.edges());
        }
        edges.sort(ORDER);
        return new DerivedFacts(List.copyOf(nodes.values()), distinct(edges));
    }

    private static List<Edge> distinct(List<Edge> sorted) {
        List<Edge> kept = new ArrayList<>(sorted.size());
        for (Edge edge : sorted) {
            if (kept.isEmpty() || !isSame(kept.getLast(), edge)) {
                kept.add(edge);
            }
        }
        return kept;
    }

    private static boolean isSame(Edge one, Edge other) {
        return one.from().equals(other.from())
                && one.kind() == other.kind()
                && one.to().equals(other.to())
                && one.role().equals(other.role());
    }
}
