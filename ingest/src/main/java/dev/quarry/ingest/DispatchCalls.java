package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Found;
import dev.quarry.schema.Sites;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls that may run something else than their target, in the order of the files; those of one caller side by side. */
final class DispatchCalls {
    private static final Set<String> ROLES = Set.of("virtual", "interface", "reference");

    private final IdTable ids;
    private final DispatchCandidates candidates;
    private final FunctionFlow flow;
    private final IntPairs calls = new IntPairs();
    /** For each call the type and the slot of its receiver. */
    private final IntPairs receivers = new IntPairs();

    private final List<Sites> sites = new ArrayList<>();
    private final BitSet bound = new BitSet();

    /** No calls; with the numbers of callables, types and slots. */
    DispatchCalls(IdTable ids, DispatchCandidates candidates, FunctionFlow flow) {
        this.ids = ids;
        this.candidates = candidates;
        this.flow = flow;
    }

    /** Adds the calls of a file. */
    void file(FileFacts facts, CallNotes notes) {
        Map<Integer, CallNotes.Receiver> inFile = new HashMap<>();
        notes.receivers.forEach(receiver -> inFile.put(receiver.site(), receiver));
        for (Edge edge : facts.edges()) {
            if (edge.kind() == EdgeKind.CALLS && ROLES.contains(edge.role())) {
                add(edge, inFile, notes.fixed);
            }
        }
    }

    /** Adds a call for each receiver among the edge's places, without those that run their target alone. */
    private void add(Edge edge, Map<Integer, CallNotes.Receiver> inFile, Set<Integer> fixed) {
        Map<Long, List<Integer>> byReceiver = new LinkedHashMap<>();
        for (int site : edge.sites().toPacked()) {
            if (fixed.contains(site)) {
                continue;
            }
            CallNotes.Receiver receiver = inFile.get(site);
            int type = receiver == null ? -1 : candidates.type(receiver.type());
            int slot = receiver == null ? -1 : flow.number(receiver.slot());
            byReceiver
                    .computeIfAbsent(
                            (long) type << Integer.SIZE | Integer.toUnsignedLong(slot), _ -> new ArrayList<>(1))
                    .add(site);
        }
        byReceiver.forEach((receiver, places) -> {
            if (edge.found() == Found.COMPILER) {
                bound.set(calls.size());
            }
            calls.add(ids.add(edge.from()), ids.add(edge.to()));
            receivers.add((int) (receiver >>> Integer.SIZE), receiver.intValue());
            boolean all =
                    byReceiver.size() == 1 && places.size() == edge.sites().toPacked().length;
            sites.add(
                    all
                            ? edge.sites()
                            : Sites.ofPacked(places.stream().mapToInt(i -> i).toArray()));
        });
    }

    /** The callers with a call of one of these methods, for one of these receivers, or of one of these slots. */
    BitSet callers(BitSet methods, BitSet types, BitSet slots) {
        BitSet found = new BitSet();
        for (int i = 0; i < size(); i++) {
            if (methods.get(target(i))
                    || (receiver(i) >= 0 && types.get(receiver(i)))
                    || (slot(i) >= 0 && slots.get(slot(i)))) {
                found.set(caller(i));
            }
        }
        return found;
    }

    int size() {
        return calls.size();
    }

    int caller(int call) {
        return calls.from(call);
    }

    int target(int call) {
        return calls.to(call);
    }

    /** The type of the receiver; -1 where it is the target's own. */
    int receiver(int call) {
        return receivers.from(call);
    }

    /** The slot that holds the receiver; -1 where that is not followed. */
    int slot(int call) {
        return receivers.to(call);
    }

    Sites sites(int call) {
        return sites.get(call);
    }

    Found found(int call) {
        return bound.get(call) ? Found.COMPILER : Found.SYNTAX;
    }
}
