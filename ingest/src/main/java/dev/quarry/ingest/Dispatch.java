package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Found;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Leads from each call to what it may run besides its target ({@link EdgeKind#MAY_DISPATCH}).
 *
 * <p>Candidates are the methods of the repository with a body that override the target, or that a type inherits to implement
 * it, as far as the receiver's static type allows; none is left out because no code instantiates its type, as a framework
 * may. Code without a node of its own (methods of anonymous classes, lambdas) is a candidate by the callable that holds it;
 * of a method reference the method that it names is. Where the receiver's value is seen to come from such code
 * ({@link FunctionFlow}), only that code is taken; else all of it, if there is little.
 *
 * <p>Code that the receiver comes from ranks first, then overrides of instantiated types, other code, other overrides. At
 * most {@value #MAX_CANDIDATES} are kept for a call, by rank. Of a method and a receiver from outside of the repository
 * there are candidates everywhere: then more than {@value #MAX_OUTSIDE} overrides, or pieces of code, tell nothing and
 * none is taken; nor is any for the methods of {@code Object}.
 *
 * <p>Both the call and the hierarchy are the compiler's, so an edge is found as its call is; that it may and need not be
 * taken is what its kind says.
 */
final class Dispatch implements Derivation {
    static final int MAX_CANDIDATES = 64;
    static final int MAX_OUTSIDE = 16;

    private final IdTable ids = new IdTable();
    private final TypeHierarchy hierarchy = new TypeHierarchy(ids);
    private final FunctionFlow flow = new FunctionFlow(ids);
    private final DispatchCandidates candidates = new DispatchCandidates(ids, hierarchy, flow);
    private DispatchCalls calls = new DispatchCalls(ids, candidates, flow);
    private final CallFiles files = new CallFiles();
    private final boolean kept;
    private final BitSet leaves = new BitSet();
    private final BitSet leftOut = new BitSet();
    private final Map<Long, List<DispatchCandidates.Overrider>> knownOverrides = new HashMap<>();
    private final Map<Long, List<DispatchCandidates.Code>> knownCode = new HashMap<>();
    private CallNotes inFile = new CallNotes();

    /**
     * Where calls may lead.
     *
     * @param sources the callables of which these are all edges; others lead where they did
     */
    record Part(Set<NodeId> sources, List<Edge> edges) {}

    /** What may run: a callable, and how it is reached. */
    private record Choice(int to, String role) {}

    /** How a caller reaches a choice; several calls that lead to it have the best rank among them. */
    private record Reached(boolean isOnly, int rank, Sites sites, Found found) {
        Reached plus(Reached other) {
            int[] all = IntStream.concat(IntStream.of(sites.toPacked()), IntStream.of(other.sites.toPacked()))
                    .toArray();
            return new Reached(
                    isOnly || other.isOnly,
                    Math.min(rank, other.rank),
                    Sites.ofPacked(all),
                    found == Found.COMPILER ? found : other.found);
        }
    }

    /** One that sees no files yet; {@code kept} for one that follows edits after it has concluded. */
    Dispatch(boolean kept) {
        this.kept = kept;
    }

    @Override
    public void notes(CallNotes notes) {
        candidates.notes(notes, true);
        flow.notes(notes, true);
        inFile = notes;
    }

    @Override
    public void file(FileFacts facts) {
        hierarchy.file(facts, true);
        candidates.file(facts, true);
        int first = calls.size();
        calls.file(facts, inFile);
        if (kept) {
            files.file(facts.file().path(), calls, first, true);
        }
        inFile = new CallNotes();
    }

    private static long pair(int one, int other) {
        return (long) one << Integer.SIZE | Integer.toUnsignedLong(other);
    }

    @Override
    public DerivedFacts finish(SharedFacts shared) {
        hierarchy.close();
        candidates.close();
        flow.close(hierarchy);
        files.close();
        shared.nodes().forEach(this::leaf);
        List<Edge> edges = conclude(calls, _ -> true);
        calls = new DispatchCalls(ids, candidates, flow);
        return new DerivedFacts(List.of(), edges);
    }

    private void leaf(Node node) {
        int number = ids.find(node.id());
        if (number >= 0) {
            leaves.set(number);
            leftOut.set(
                    number,
                    node.kind() == NodeKind.JDK_METHOD && node.qualifiedName().startsWith("java.lang.Object#"));
        }
    }

    /**
     * Takes over what has become of files, after {@link #finish}: where calls of these, and calls of others that this bears
     * on, lead from now on.
     *
     * @param unchanged the other files, by path
     */
    Part replace(List<FileChange> changes, Function<String, AnalysedFile> unchanged) {
        Set<String> changed = new HashSet<>();
        List<DispatchCalls> own = new ArrayList<>();
        Map<NodeId, List<Edge>> before = bySource(
                changes.stream().map(FileChange::old).filter(Objects::nonNull).flatMap(file -> of(file).stream()));
        for (FileChange change : changes) {
            changed.add(change.path());
            if (change.old() != null) {
                take(change.old(), false);
            }
        }
        for (FileChange change : changes) {
            if (change.now() != null) {
                own.add(take(change.now(), true));
                change.now().trace().leaves().forEach(this::leaf);
            }
        }
        TypeHierarchy.Changes types = hierarchy.changes();
        DispatchCandidates.Changes methods = candidates.changes(types);
        BitSet slots = flow.changes(hierarchy, types.overridden());
        files.settle();
        knownOverrides.clear();
        knownCode.clear();
        Map<NodeId, List<Edge>> after = bySource(own.stream().flatMap(calls -> conclude(calls, _ -> true).stream()));
        Set<NodeId> sources = new HashSet<>();
        List<Edge> edges = new ArrayList<>();
        for (NodeId source : FileChange.ids(changes)) {
            List<Edge> now = after.getOrDefault(source, List.of());
            if (!now.equals(before.getOrDefault(source, List.of()))) {
                sources.add(source);
                edges.addAll(now);
            }
        }
        for (String path : files.of(methods.targets(), methods.receivers(), slots)) {
            if (!changed.contains(path)) {
                DispatchCalls calls = callsOf(unchanged.apply(path));
                BitSet callers = calls.callers(methods.targets(), methods.receivers(), slots);
                callers.stream().forEach(caller -> sources.add(ids.id(caller)));
                edges.addAll(conclude(calls, callers::get));
            }
        }
        return new Part(sources, edges);
    }

    private static Map<NodeId, List<Edge>> bySource(Stream<Edge> edges) {
        return edges.collect(Collectors.groupingBy(Edge::from));
    }

    private DispatchCalls take(AnalysedFile file, boolean comes) {
        candidates.notes(file.notes(), comes);
        flow.notes(file.notes(), comes);
        hierarchy.file(file.facts(), comes);
        candidates.file(file.facts(), comes);
        DispatchCalls calls = callsOf(file);
        files.file(file.path(), calls, 0, comes);
        return calls;
    }

    private DispatchCalls callsOf(AnalysedFile file) {
        DispatchCalls found = new DispatchCalls(ids, candidates, flow);
        found.file(file.facts(), file.notes());
        return found;
    }

    /** Where the calls of one file lead, after {@link #finish}. */
    List<Edge> of(AnalysedFile file) {
        return conclude(callsOf(file), _ -> true);
    }

    private List<Edge> conclude(DispatchCalls from, IntPredicate callers) {
        List<Edge> edges = new ArrayList<>();
        Map<Choice, Reached> chosen = new LinkedHashMap<>();
        for (int i = 0; i < from.size(); i++) {
            if (!leftOut.get(from.target(i)) && callers.test(from.caller(i))) {
                reach(from, i, leaves.get(from.target(i)), chosen);
            }
            if (i + 1 == from.size() || from.caller(i + 1) != from.caller(i)) {
                emit(ids.id(from.caller(i)), chosen, edges);
                chosen.clear();
            }
        }
        return edges;
    }

    private void reach(DispatchCalls from, int call, boolean isLeaf, Map<Choice, Reached> into) {
        List<Choice> choices = choices(from, call, isLeaf);
        for (int i = 0; i < Math.min(MAX_CANDIDATES, choices.size()); i++) {
            Choice choice = choices.get(i);
            boolean isOnly = choice.role().equals("only");
            into.merge(
                    isOnly ? new Choice(choice.to(), "override") : choice,
                    new Reached(isOnly, i + 1, from.sites(call), from.found(call)),
                    Reached::plus);
        }
    }

    /** What a call may run, by rank. */
    private List<Choice> choices(DispatchCalls from, int call, boolean isLeaf) {
        int target = from.target(call);
        int receiver = from.receiver(call);
        boolean isOutside = isLeaf && !candidates.isOwn(receiver);
        List<DispatchCandidates.Overrider> overrides =
                knownOverrides.computeIfAbsent(pair(target, receiver), _ -> candidates.overrides(target, receiver));
        if (isOutside && overrides.size() > MAX_OUTSIDE) {
            overrides = List.of();
        }
        List<DispatchCandidates.Code> all =
                knownCode.computeIfAbsent(pair(target, receiver), _ -> candidates.code(target, receiver));
        List<DispatchCandidates.Code> flowing = flowing(all, from.slot(call));
        boolean isSeen = !flowing.isEmpty();
        List<Choice> code = code(isSeen ? flowing : all, from.caller(call));
        if (isOutside && !isSeen && code.size() > MAX_OUTSIDE) {
            code = List.of();
        }
        boolean isOnly = overrides.size() == 1 && all.isEmpty() && (isLeaf || hierarchy.isAbstract(target));
        String role = isOnly ? "only" : "override";
        List<Choice> choices = new ArrayList<>();
        if (isSeen) {
            choices.addAll(code);
        }
        overrides.stream()
                .filter(DispatchCandidates.Overrider::isInstantiated)
                .forEach(each -> add(each, role, choices));
        if (!isSeen) {
            choices.addAll(code);
        }
        overrides.stream().filter(each -> !each.isInstantiated()).forEach(each -> add(each, role, choices));
        return choices;
    }

    private static void add(DispatchCandidates.Overrider candidate, String role, List<Choice> into) {
        Choice choice = new Choice(candidate.method(), role);
        if (!into.contains(choice)) {
            into.add(choice);
        }
    }

    private List<DispatchCandidates.Code> flowing(List<DispatchCandidates.Code> all, int slot) {
        if (slot < 0 || all.isEmpty()) {
            return List.of();
        }
        BitSet sources = flow.sourcesOf(slot);
        return all.stream()
                .filter(code -> code.slot() >= 0 && sources.get(code.slot()))
                .toList();
    }

    /** The holders of code in the repository; that a caller holds code which it may run itself says nothing. */
    private List<Choice> code(List<DispatchCandidates.Code> code, int caller) {
        return code.stream()
                .filter(each ->
                        each.holder() != caller && !ids.id(each.holder()).equals(NodeId.NONE))
                .map(each -> new Choice(each.holder(), each.isFunction() ? "function" : "anonymous"))
                .distinct()
                .toList();
    }

    private void emit(NodeId from, Map<Choice, Reached> chosen, List<Edge> into) {
        chosen.forEach((choice, reached) -> into.add(new Edge(
                from,
                EdgeKind.MAY_DISPATCH,
                reached.isOnly() ? "only" : choice.role(),
                ids.id(choice.to()),
                reached.found(),
                reached.sites(),
                Integer.toString(reached.rank()))));
    }
}
