package dev.quarry.ingest;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which files have calls of a method, for receivers of a type, or of what gets into a slot. For one thread. */
final class CallFiles {
    private final IntRelation targets = new IntRelation();
    private final IntRelation receivers = new IntRelation();
    private final IntRelation slots = new IntRelation();
    private final List<String> paths = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /** Notes a file's calls, those from the given one on, or takes them back. */
    void file(String path, DispatchCalls calls, int first, boolean comes) {
        Integer known = numbers.putIfAbsent(path, paths.size());
        if (known == null) {
            paths.add(path);
        }
        int file = known == null ? paths.size() - 1 : known;
        BitSet called = new BitSet();
        BitSet types = new BitSet();
        BitSet values = new BitSet();
        for (int i = first; i < calls.size(); i++) {
            called.set(calls.target(i));
            types.set(calls.receiver(i) + 1);
            values.set(calls.slot(i) + 1);
        }
        called.stream().forEach(target -> note(targets, target, file, comes));
        types.stream().skip(types.get(0) ? 1 : 0).forEach(type -> note(receivers, type - 1, file, comes));
        values.stream().skip(values.get(0) ? 1 : 0).forEach(slot -> note(slots, slot - 1, file, comes));
    }

    private static void note(IntRelation relation, int from, int to, boolean comes) {
        if (comes) {
            relation.add(from, to);
        } else {
            relation.remove(from, to);
        }
    }

    /** To be called once, when all files were seen. */
    void close() {
        targets.close();
        receivers.close();
        slots.close();
    }

    /** The paths of the files with a call of one of these methods, for one of these receivers, or of one of these slots. */
    Set<String> of(BitSet methods, BitSet types, BitSet values) {
        BitSet files = new BitSet();
        methods.stream().forEach(method -> targets.forEach(method, files::set));
        types.stream().forEach(type -> receivers.forEach(type, files::set));
        values.stream().forEach(slot -> slots.forEach(slot, files::set));
        Set<String> found = new TreeSet<>();
        files.stream().forEach(file -> found.add(paths.get(file)));
        return found;
    }

    /** Forgets which pairs have changed; nobody asks. */
    void settle() {
        targets.settle();
        receivers.settle();
        slots.settle();
    }
}
