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
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All derivations of a run, put together: their results are one, sorted, so that equal sources give equal results.
 *
 * <p>After the first conclusion they follow edits: dispatch and tests by what an edit bears on, the rest by concluding it
 * again where an edit changes what it looks at.
 */
final class Derivations {
    private static final Comparator<Edge> ORDER = Comparator.comparing(Edge::from)
            .thenComparing(Edge::kind)
            .thenComparing(Edge::to)
            .thenComparing(Edge::role)
            .thenComparing(Edge::detail);

    private final Dispatch dispatch;
    private final TestLinks tests = new TestLinks();
    private final FrameworkDerivation frameworks;
    private final ModuleServices services;
    private final boolean kept;
    private FurtherFacts further = new FurtherFacts(List.of());
    private @Nullable SharedFacts shared;

    /**
     * Those that an index run uses, given the module descriptors by their paths.
     *
     * @param kept whether edits will follow
     */
    Derivations(FrameworkModel model, Map<String, ModuleDescriptor> descriptors, boolean kept) {
        this.dispatch = new Dispatch(kept);
        this.frameworks = new FrameworkDerivation(model);
        this.services = new ModuleServices(descriptors);
        this.kept = kept;
    }

    void file(FileFacts facts, CallNotes notes) {
        for (Derivation part : List.of(dispatch, tests, services)) {
            part.notes(notes);
            part.file(facts);
        }
    }

    /** What all of them conclude; a node or an edge that several name is the first one's. */
    DerivedFacts finish(SharedFacts facts) {
        further = new FurtherFacts(List.of(frameworks.finish(facts), services.finish(facts)));
        List<Edge> edges = new ArrayList<>(dispatch.finish(facts).edges());
        edges.addAll(tests.finish(facts).edges());
        edges.addAll(further.edges());
        shared = kept ? facts : null;
        return new DerivedFacts(further.nodes(), sorted(edges));
    }

    /**
     * Takes over what has become of files, after {@link #finish}: what follows from all files otherwise than before.
     *
     * @param after all files as they are now
     * @param facts what they share now; null for the same as before
     */
    DerivedFacts replace(List<FileChange> changes, Analysis after, @Nullable SharedFacts facts) {
        if (facts != null) {
            shared = facts;
        }
        Map<EdgeKind, Set<NodeId>> sources = new EnumMap<>(EdgeKind.class);
        Set<NodeId> tested = new HashSet<>();
        List<Edge> edges = new ArrayList<>(tests.replace(changes, tested));
        sources.put(EdgeKind.TESTS, tested);
        Dispatch.Part part = dispatch.replace(
                changes, path -> Objects.requireNonNull(after.files().get(path)));
        edges.addAll(part.edges());
        Set<NodeId> dispatched = new HashSet<>(part.sources());
        sources.put(EdgeKind.MAY_DISPATCH, dispatched);
        FurtherFacts before = further;
        if (facts != null || changes.stream().anyMatch(this::matters) || changesServices(changes, after)) {
            further = concludeFurther(after);
        }
        further.forEachChange(before, (source, kind) -> {
            if (kind == EdgeKind.MAY_DISPATCH) {
                if (dispatched.add(source)) {
                    edges.addAll(dispatchOf(source, after));
                }
            } else {
                sources.computeIfAbsent(kind, _ -> new HashSet<>()).add(source);
                edges.addAll(further.edges(source, kind));
            }
        });
        dispatched.forEach(source -> edges.addAll(further.edges(source, EdgeKind.MAY_DISPATCH)));
        return new DerivedFacts(
                further.nodesSince(before), sorted(edges), new DerivedFacts.Part(sources, before.nodesNotIn(further)));
    }

    /** Whether frameworks may make something else of the repository because of what has become of a file. */
    private boolean matters(FileChange change) {
        FrameworkNotes old =
                change.old() == null ? new FrameworkNotes() : change.old().frameworks();
        FrameworkNotes now =
                change.now() == null ? new FrameworkNotes() : change.now().frameworks();
        return !old.isSame(now) && !(old.isMoved(now) && old.ids().noneMatch(further::hasEnd));
    }

    private static boolean changesServices(List<FileChange> changes, Analysis after) {
        return !after.descriptors().isEmpty()
                && changes.stream().anyMatch(change -> !types(change.old()).equals(types(change.now())));
    }

    private static Set<NodeId> types(@Nullable AnalysedFile file) {
        return file == null
                ? Set.of()
                : file.facts().nodes().stream()
                        .filter(node -> node.kind().isType())
                        .map(Node::id)
                        .collect(Collectors.toSet());
    }

    private FurtherFacts concludeFurther(Analysis after) {
        SharedFacts outside = Objects.requireNonNull(shared, "only what is kept follows edits");
        FrameworkModel model = new FrameworkModel(after.tools().resources());
        after.descriptors().values().forEach(model::registers);
        ModuleServices again = new ModuleServices(after.descriptors());
        for (AnalysedFile file : after.files().values()) {
            model.add(file.frameworks());
            again.file(file.facts());
        }
        return new FurtherFacts(List.of(new FrameworkDerivation(model).finish(outside), again.finish(outside)));
    }

    /** Where the calls of one callable may lead, those of frameworks left out. */
    private List<Edge> dispatchOf(NodeId callable, Analysis after) {
        return after.files().values().stream()
                .filter(file ->
                        file.facts().nodes().stream().anyMatch(node -> node.id().equals(callable)))
                .flatMap(file -> dispatch.of(file).stream())
                .filter(edge -> edge.from().equals(callable))
                .toList();
    }

    /** Sorted; of edges that are the same but for their details the first one. */
    static List<Edge> sorted(List<Edge> edges) {
        List<Edge> sorted = edges.stream().sorted(ORDER).toList();
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
