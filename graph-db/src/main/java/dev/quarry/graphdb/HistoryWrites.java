package dev.quarry.graphdb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What changes a history: going back in it, taking states in, and forgetting some. The caller keeps other writes away. */
final class HistoryWrites {
    /** How many rows a step back writes at once. */
    private static final int ROWS_AT_ONCE = 200_000;

    private final StoreState state;
    private final GraphReads reads;
    private final ChangeLog log;

    HistoryWrites(StoreState state, GraphReads reads, ChangeLog log) {
        this.state = state;
        this.reads = reads;
        this.log = log;
    }

    void rewind(HistoryState wanted) {
        Rewind rewind = new Rewind(state, reads, ChangeLog.last(state));
        while (rewind.at() > wanted.change()) {
            rewind.step();
            if (rewind.size() > ROWS_AT_ONCE || rewind.at() == wanted.change()) {
                rewind.write();
            }
        }
        WriteBatch batch = new WriteBatch();
        log.removeAfter(batch, wanted.change(), wanted.number());
        Map<String, String> meta = new HashMap<>();
        meta.put(Meta.CHANGE, Long.toString(wanted.change()));
        meta.put(Meta.SEQUENCE, Long.toString(state.number(Meta.SEQUENCE) + 1));
        ChangeLog.note(meta, wanted);
        state.commit(batch, meta);
    }

    void forgetBefore(HistoryState first) {
        WriteBatch batch = new WriteBatch();
        log.removeBefore(batch, first);
        state.commit(batch, Map.of());
    }

    /**
     * Puts the states that a walked store has beyond those before {@code next} in their place.
     *
     * @param back what leads from {@code next} back to where the walked store is
     */
    void insert(ChangeLog walked, HistoryState next, Reversal back) {
        List<HistoryState> own = log.states();
        List<HistoryState> before = own.subList(0, own.indexOf(next));
        List<HistoryState> states = walked.states();
        if (states.size() <= before.size() || !states.subList(0, before.size()).equals(before)) {
            throw new IllegalArgumentException("the walked store did not go on from the state before " + next);
        }
        long fork = before.isEmpty() ? 0 : before.getLast().change();
        long reached = states.getLast().change();
        long joined = back.size() == 0 ? reached : reached + 1;
        long last = ChangeLog.last(state);

        WriteBatch batch = new WriteBatch();
        log.removeAfter(batch, fork, before.size() == 0 ? 0 : before.getLast().number());
        for (long number = fork + 1; number <= reached; number++) {
            ChangeLog.put(batch, number, walked.packed(number));
        }
        if (joined > reached) {
            ChangeLog.put(batch, joined, ReversalCodec.encode(back));
        }
        for (long number = next.change() + 1; number <= last; number++) {
            ChangeLog.put(batch, number - next.change() + joined, log.packed(number));
        }
        states.subList(before.size(), states.size()).forEach(added -> ChangeLog.put(batch, added));
        long shift = states.getLast().number() + 1 - next.number();
        HistoryState newest = next;
        for (HistoryState behind : own.subList(before.size(), own.size())) {
            newest = new HistoryState(behind.number() + shift, behind.change() - next.change() + joined, behind.mark());
            ChangeLog.put(batch, newest);
        }
        Map<String, String> meta = new HashMap<>();
        meta.put(Meta.CHANGE, Long.toString(last - next.change() + joined));
        ChangeLog.note(meta, newest);
        state.commit(batch, meta);
    }
}
