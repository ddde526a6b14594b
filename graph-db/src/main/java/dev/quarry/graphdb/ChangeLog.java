package dev.quarry.graphdb;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import dev.quarry.schema.Relations;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of the history: what writes replaced, and the states between them. */
final class ChangeLog {
    private static final int PART_BYTES = 1 << 20;
    private static final Script PARTS = new Script("?[part, rows] := *change{number: $number, part, rows} :order part");
    private static final Script STATES =
            new Script("?[number, change, commit, instant, kind] := *state{number, change, commit, instant, kind}"
                    + " :order number");
    private static final Script KEYS =
            new Script("?[number, part] := *change{number, part}, number > $after, number <= $last");
    private static final Script SIZES =
            new Script("?[number, part, bytes] := *change{number, part, rows}, number <= $last, bytes = length(rows)");

    private final StoreState state;

    ChangeLog(StoreState state) {
        this.state = state;
    }

    /** The number of the last change; 0 before the first. */
    static long last(StoreState state) {
        return state.number(Meta.CHANGE);
    }

    /** Adds a change to a batch. */
    static void put(WriteBatch batch, long number, byte[] rows) {
        int part = 0;
        for (int from = 0; from < rows.length; from += PART_BYTES) {
            byte[] cut = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + PART_BYTES));
            batch.puts(Relations.CHANGE).integer(number).integer(part++).bytes(cut);
        }
    }

    /** Adds a state to a batch. */
    static void put(WriteBatch batch, HistoryState added) {
        StateMark mark = added.mark();
        batch.puts(Relations.STATE)
                .integer(added.number())
                .integer(added.change())
                .text(mark.commit())
                .integer(mark.instant().toEpochMilli())
                .text(mark.kind().name());
    }

    /** A change as it is stored. */
    byte[] packed(long number) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Rows rows = state.engine().read(PARTS, new Params().integer("number", number))) {
            for (int row = 0; row < rows.count(); row++) {
                all.writeBytes(rows.bytes(1, row));
            }
        }
        if (all.size() == 0) {
            throw damaged("change " + number + " is missing", null);
        }
        return all.toByteArray();
    }

    /** What leads back over a change. */
    Reversal read(long number) {
        byte[] packed = packed(number);
        try {
            return ReversalCodec.decode(packed);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            throw damaged("change " + number + " cannot be read", e);
        }
    }

    private QuarryException damaged(String what, @Nullable Throwable cause) {
        return new QuarryException(
                ErrorCode.STORE_DAMAGED,
                "the history of the store " + state.place() + " is damaged: " + what + "; "
                        + StoreCheck.HISTORY.remedy(),
                cause);
    }

    /** All states, in their order. */
    List<HistoryState> states() {
        List<HistoryState> states = new ArrayList<>();
        try (Rows rows = state.engine().read(STATES, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                StateMark mark = new StateMark(
                        rows.text(2, row),
                        Instant.ofEpochMilli(rows.integer(3, row)),
                        StateMark.Kind.valueOf(rows.text(4, row)));
                states.add(new HistoryState(rows.integer(0, row), rows.integer(1, row), mark));
            }
        }
        return states;
    }

    /** The last change that no state of these needs, so that the next one is the first of the log. */
    static long base(List<HistoryState> states) {
        return states.isEmpty() ? 0 : states.getFirst().change();
    }

    /** Has a batch remove the changes and states behind these. */
    void removeAfter(WriteBatch batch, long change, long number) {
        removeChanges(batch, change, Long.MAX_VALUE);
        remove(
                batch,
                states().stream().filter(listed -> listed.number() > number).toList());
    }

    /** Has a batch remove the states before this one, and the changes that lead back to them. */
    void removeBefore(WriteBatch batch, HistoryState first) {
        removeChanges(batch, -1, first.change());
        remove(
                batch,
                states().stream()
                        .filter(listed -> listed.number() < first.number())
                        .toList());
    }

    private void removeChanges(WriteBatch batch, long after, long last) {
        Params range = new Params().integer("after", after).integer("last", last);
        try (Rows rows = state.engine().read(KEYS, range)) {
            for (int row = 0; row < rows.count(); row++) {
                batch.removals(Relations.CHANGE).integer(rows.integer(0, row)).integer(rows.integer(1, row));
            }
        }
    }

    private static void remove(WriteBatch batch, List<HistoryState> states) {
        states.forEach(listed -> batch.removals(Relations.STATE).integer(listed.number()));
    }

    /** How many bytes the changes up to this one take. */
    long bytes(long last) {
        long bytes = 0;
        try (Rows rows = state.engine().read(SIZES, new Params().integer("last", last))) {
            for (int row = 0; row < rows.count(); row++) {
                bytes += rows.integer(2, row);
            }
        }
        return bytes;
    }

    /** The last state, as the meta rows say. */
    static Optional<HistoryState> lastState(StoreState state) {
        String noted = state.meta().getOrDefault(Meta.STATE, "");
        if (noted.isEmpty()) {
            return Optional.empty();
        }
        String[] words = noted.split(" ", -1);
        StateMark mark = new StateMark(
                words[4], Instant.ofEpochMilli(Long.parseLong(words[2])), StateMark.Kind.valueOf(words[3]));
        return Optional.of(new HistoryState(Long.parseLong(words[0]), Long.parseLong(words[1]), mark));
    }

    /** Notes the last state and the last change in the meta rows. */
    static void note(Map<String, String> meta, HistoryState last) {
        StateMark mark = last.mark();
        meta.put(
                Meta.STATE,
                last.number() + " " + last.change() + " " + mark.instant().toEpochMilli() + " " + mark.kind() + " "
                        + mark.commit());
    }
}
