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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Leads from each call of a method that is overridden to the overrides that it may run ({@link EdgeKind#MAY_DISPATCH}).
 *
 * <p>The candidates of a call are the methods of the repository with a body that override its target, as the class hierarchy
 * says; none is left out because no code instantiates its type, as a framework may. The rank puts those of instantiated
 * types first. At most {@value #MAX_CANDIDATES} are kept for a call, by rank. Calls of the methods of {@code Object}
 * are left out: their overrides are everywhere and tell nothing.
 *
 * <p>Both the call and the hierarchy are the compiler's, so an edge is found as its call is; that it may and need not be
 * taken is what its kind says.
 */
final class Dispatch implements Derivation {
    static final int MAX_CANDIDATES = 64;

    private static final Set<String> ROLES = Set.of("virtual", "interface", "reference");

    private final IdTable ids = new IdTable();
    private final TypeHierarchy hierarchy = new TypeHierarchy(ids);
    private final IntPairs calls = new IntPairs();
    private final List<Sites> sites = new ArrayList<>();
    private final BitSet bound = new BitSet();

    /** What a caller may run; a caller whose several calls lead to it has the best rank among them. */
    private record Candidate(boolean isOnly, int rank, Sites sites, Found found) {
        Candidate plus(Candidate other) {
            int[] all = IntStream.concat(IntStream.of(sites.toPacked()), IntStream.of(other.sites.toPacked()))
                    .toArray();
            return new Candidate(
                    isOnly || other.isOnly,
                    Math.min(rank, other.rank),
                    Sites.ofPacked(all),
                    found == Found.COMPILER ? found : other.found);
        }
    }

    @Override
    public void file(FileFacts facts) {
        hierarchy.file(facts);
        for (Edge edge : facts.edges()) {
            if (edge.kind() == EdgeKind.CALLS && ROLES.contains(edge.role())) {
                if (edge.found() == Found.COMPILER) {
                    bound.set(calls.size());
                }
                calls.add(ids.add(edge.from()), ids.add(edge.to()));
                sites.add(edge.sites());
            }
        }
    }

    @Override
    public DerivedFacts finish(SharedFacts shared) {
        hierarchy.close();
        BitSet leftOut = new BitSet();
        BitSet leaves = new BitSet();
        for (Node node : shared.nodes()) {
            int number = ids.find(node.id());
            if (number >= 0) {
                leaves.set(number);
                leftOut.set(
                        number,
                        node.kind() == NodeKind.JDK_METHOD
                                && node.qualifiedName().startsWith("java.lang.Object#"));
            }
        }
        List<Edge> edges = new ArrayList<>();
        Map<Integer, List<Integer>> known = new HashMap<>();
        Map<Integer, Candidate> candidates = new TreeMap<>();
        for (int i = 0; i < calls.size(); i++) {
            int target = calls.to(i);
            if (hierarchy.isOverridden(target) && !leftOut.get(target)) {
                List<Integer> overriders = known.computeIfAbsent(target, hierarchy::overridersOf);
                boolean mustBeOverridden = leaves.get(target) || hierarchy.isAbstract(target);
                add(i, overriders, mustBeOverridden, candidates);
            }
            if (i + 1 == calls.size() || calls.from(i + 1) != calls.from(i)) {
                emit(ids.id(calls.from(i)), candidates, edges);
                candidates.clear();
            }
        }
        return new DerivedFacts(List.of(), edges);
    }

    private void add(int call, List<Integer> overriders, boolean mustBeOverridden, Map<Integer, Candidate> into) {
        boolean isOnly = mustBeOverridden && overriders.size() == 1;
        Found found = bound.get(call) ? Found.COMPILER : Found.SYNTAX;
        for (int i = 0; i < Math.min(MAX_CANDIDATES, overriders.size()); i++) {
            into.merge(overriders.get(i), new Candidate(isOnly, i + 1, sites.get(call), found), Candidate::plus);
        }
    }

    private void emit(NodeId from, Map<Integer, Candidate> candidates, List<Edge> into) {
        candidates.forEach((to, candidate) -> into.add(new Edge(
                from,
                EdgeKind.MAY_DISPATCH,
                candidate.isOnly() ? "only" : "override",
                ids.id(to),
                candidate.found(),
                candidate.sites(),
                Integer.toString(candidate.rank()))));
    }
}
