package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All derivations of a run, put together: their results are one, sorted, so that equal sources give equal results. */
final class Derivations {
    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::from)
            .thenComparing(Edge::kind)
            .thenComparing(Edge::to)
            .thenComparing(Edge::role)
            .thenComparing(Edge::detail);

    private final Dispatch dispatch;
    private final List<Derivation> parts;
    /** Edges of dispatch that others than {@link Dispatch} conclude. */
    private final Map<NodeId, List<Edge>> furtherDispatch = new HashMap<>();
    /** The ends of all edges that others than {@link Dispatch} conclude. */
    private final Set<NodeId> furtherEnds = new HashSet<>();

    private Derivations(Dispatch dispatch, List<Derivation> further) {
        this.dispatch = dispatch;
        this.parts = new ArrayList<>(further);
        parts.addFirst(dispatch);
    }

    /** Those that an index run uses, given the module descriptors by their paths; a new derivation is added here. */
    static Derivations all(FrameworkModel frameworks, Map<String, ModuleDescriptor> descriptors) {
        return new Derivations(
                new Dispatch(),
                List.of(new TestLinks(), new FrameworkDerivation(frameworks), new ModuleServices(descriptors)));
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
            if (!Identity.same(part, dispatch)) {
                noteFurther(facts.edges());
            }
        }
        edges.sort(ORDER);
        return new DerivedFacts(List.copyOf(nodes.values()), distinct(edges));
    }

    private void noteFurther(List<Edge> edges) {
        for (Edge edge : edges) {
            furtherEnds.add(edge.from());
            furtherEnds.add(edge.to());
            if (edge.kind() == EdgeKind.MAY_DISPATCH) {
                furtherDispatch
                        .computeIfAbsent(edge.from(), _ -> new ArrayList<>(1))
                        .add(edge);
            }
        }
    }

    /**
     * Whether frameworks make of a file what they made of it before, after {@link #finish}: they see the same; or they see
     * it at other places, and nothing that was concluded has anything to do with the file.
     */
    boolean seesTheSame(AnalysedFile old, AnalysedFile now) {
        return old.frameworks().isSame(now.frameworks())
                || (old.frameworks().isMoved(now.frameworks())
                        && old.frameworks().ids().noneMatch(furtherEnds::contains));
    }

    /** Where the calls of one file may lead, after {@link #finish}; see {@link Dispatch#again}. */
    List<Edge> dispatchAgain(AnalysedFile file) {
        List<Edge> edges = new ArrayList<>(
                dispatch.again(file.facts(), file.notes(), file.trace().leaves()));
        for (Node node : file.facts().nodes()) {
            edges.addAll(furtherDispatch.getOrDefault(node.id(), List.of()));
        }
        edges.sort(ORDER);
        return distinct(edges);
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
