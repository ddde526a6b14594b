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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
    private final DispatchCalls calls = new DispatchCalls(ids, candidates, flow);
    private final BitSet leaves = new BitSet();
    private final BitSet leftOut = new BitSet();
    private final Map<Long, List<DispatchCandidates.Overrider>> knownOverrides = new HashMap<>();
    private final Map<Long, List<DispatchCandidates.Code>> knownCode = new HashMap<>();
    private CallNotes inFile = new CallNotes();

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

    @Override
    public void notes(CallNotes notes) {
        candidates.notes(notes);
        flow.notes(notes);
        inFile = notes;
    }

    @Override
    public void file(FileFacts facts) {
        hierarchy.file(facts);
        candidates.file(facts);
        calls.file(facts, inFile);
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
        shared.nodes().forEach(this::leaf);
        return new DerivedFacts(List.of(), conclude(calls));
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
     * What the calls of one file lead to, after {@link #finish}, if the file says what it said of types, overrides, inline
     * code and flows ({@link DispatchInputs}).
     *
     * @param ends the leaves that the file's edges may end in
     */
    List<Edge> again(FileFacts facts, CallNotes notes, List<Node> ends) {
        DispatchCalls again = new DispatchCalls(ids, candidates, flow);
        again.file(facts, notes);
        ends.forEach(this::leaf);
        return conclude(again);
    }

    private List<Edge> conclude(DispatchCalls from) {
        List<Edge> edges = new ArrayList<>();
        Map<Choice, Reached> chosen = new LinkedHashMap<>();
        for (int i = 0; i < from.size(); i++) {
            if (!leftOut.get(from.target(i))) {
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

    /** The holders of code; that a caller holds code which it may run itself says nothing. */
    private static List<Choice> code(List<DispatchCandidates.Code> code, int caller) {
        return code.stream()
                .filter(each -> each.holder() != caller)
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
