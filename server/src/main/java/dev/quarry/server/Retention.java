package dev.quarry.server;

import dev.quarry.graphdb.HistoryState;
import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which states of a history stay: the newest of them, back to the oldest that one of the rules names. All stay if there is
 * no rule.
 *
 * @param states how many of the newest; at least 1
 * @param since from which instant on it is to be known what the state was
 */
public record Retention(OptionalInt states, Optional<Instant> since) {
    /** All states stay. */
    public static final Retention ALL = new Retention(OptionalInt.empty(), Optional.empty());

    /** Refuses to give up what the store holds now. */
    public Retention {
        if (states.isPresent() && states.getAsInt() < 1) {
            throw new QuarryException(
                    ErrorCode.BAD_INPUT,
                    "the number of states to keep is " + states.getAsInt() + ": give 1 or more, for 1 is what is now");
        }
    }

    /**
     * An instant as people write it.
     *
     * @throws QuarryException BAD_INPUT if it is none
     */
    public static Instant instant(String text) {
        return StateFinder.instant(text)
                .orElseThrow(() -> new QuarryException(
                        ErrorCode.BAD_INPUT, "'" + text + "' is no instant: write it as in 2030-01-31T12:00:00Z"));
    }

    /** The oldest of these states that stays; empty if there is none. */
    Optional<HistoryState> oldest(List<HistoryState> all) {
        int first = all.size();
        if (states.isPresent()) {
            first = Math.max(0, all.size() - states.getAsInt());
        }
        if (since.isPresent()) {
            first = Math.min(first, firstSince(all, since.get()));
        }
        boolean hasRule = states.isPresent() || since.isPresent();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(hasRule ? first : 0));
    }

    /** The first place that an instant since this one leads to; commits need not lie in the order of their times. */
    private static int firstSince(List<HistoryState> all, Instant instant) {
        int first = all.size() - 1;
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).mark().instant().isAfter(instant)) {
                first = i;
            }
        }
        int current = StateFinder.at(all, instant).map(all::indexOf).orElse(0);
        return Math.min(first, current);
    }
}
