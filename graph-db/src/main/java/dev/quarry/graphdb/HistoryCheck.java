package dev.quarry.graphdb;

import dev.quarry.schema.QuarryException;
import java.util.List;
import java.util.Optional;

/** Checks that the rows of a history are all there and can be read; not where they lead. */
final class HistoryCheck {
    private static final Script PARTS = new Script("?[number, part] := *change{number, part} :order number, part");

    private final StoreState state;
    private final ChangeLog log;
    private final Findings findings;
    private boolean isSound = true;

    HistoryCheck(StoreState state, Findings findings) {
        this.state = state;
        this.log = new ChangeLog(state);
        this.findings = findings;
    }

    /** Whether all is well. */
    boolean run() {
        List<HistoryState> states = log.states();
        states(states);
        long base = ChangeLog.base(states);
        long last = ChangeLog.last(state);
        parts(base, last);
        for (long number = last; isSound && number > base; number--) {
            findings.checked(StoreCheck.HISTORY, 1);
            try {
                log.read(number);
            } catch (QuarryException damaged) {
                violation("change " + number, "cannot be read");
            }
        }
        return isSound;
    }

    private void violation(String subject, String problem) {
        isSound = false;
        findings.violation(StoreCheck.HISTORY, subject, problem);
    }

    private void states(List<HistoryState> states) {
        findings.checked(StoreCheck.HISTORY, states.size());
        for (int i = 1; i < states.size(); i++) {
            HistoryState before = states.get(i - 1);
            HistoryState next = states.get(i);
            if (next.number() != before.number() + 1 || next.change() < before.change()) {
                violation("state " + next.number(), "does not follow state " + before.number());
            }
        }
        Optional<HistoryState> last = states.isEmpty() ? Optional.empty() : Optional.of(states.getLast());
        if (!last.equals(ChangeLog.lastState(state))) {
            violation("the last state", "is not the one that is noted");
        }
        if (last.isPresent() && last.get().change() > ChangeLog.last(state)) {
            violation("the last state", "lies behind the last change");
        }
    }

    /** Finds the first change that is not in its place. */
    private void parts(long base, long last) {
        long number = base;
        long part = 0;
        try (Rows rows = state.engine().read(PARTS, new Params())) {
            for (int row = 0; row < rows.count(); row++) {
                long nextNumber = rows.integer(0, row);
                long nextPart = rows.integer(1, row);
                boolean isNext = nextNumber == number + 1 && nextPart == 0;
                boolean isFurther = nextNumber == number && number > base && nextPart == part + 1;
                if (!isNext && !isFurther) {
                    violation("change " + nextNumber, "does not follow change " + number);
                    return;
                }
                number = nextNumber;
                part = nextPart;
            }
        }
        if (number != last) {
            violation("change " + last, "is missing: the log ends at change " + number);
        }
    }
}
