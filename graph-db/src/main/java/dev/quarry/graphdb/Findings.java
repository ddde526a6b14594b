package dev.quarry.graphdb;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What checks of a store have found: how much was checked, and what does not hold. Of each check the first violations are
 * kept, all are counted. For one thread.
 */
public final class Findings {
    /** How many violations of one check are kept. */
    public static final int KEPT = 20;

    /**
     * Something that does not hold.
     *
     * @param subject the thing that it does not hold for
     * @param problem what is wrong with it
     */
    public record Violation(String subject, String problem) {}

    /**
     * What became of one check.
     *
     * @param checked how many things were checked
     * @param passedOver how many could not be, because nothing says what they should be
     * @param violations how many of them are wrong
     * @param kept the first of these
     */
    public record Tally(long checked, long passedOver, long violations, List<Violation> kept) {
        private static final Tally NONE = new Tally(0, 0, 0, List.of());

        /** Copies the list. */
        public Tally {
            kept = List.copyOf(kept);
        }
    }

    private final Map<StoreCheck, Tally> tallies = new EnumMap<>(StoreCheck.class);

    /** Nothing yet. */
    public Findings() {}

    /** Notes that so many more things were checked. */
    public void checked(StoreCheck check, long count) {
        Tally before = tally(check);
        tallies.put(check, new Tally(before.checked + count, before.passedOver, before.violations, before.kept));
    }

    /** Notes that so many more things could not be checked. */
    public void passedOver(StoreCheck check, long count) {
        Tally before = tally(check);
        tallies.put(check, new Tally(before.checked, before.passedOver + count, before.violations, before.kept));
    }

    /** Notes something that does not hold. */
    public void violation(StoreCheck check, String subject, String problem) {
        Tally before = tally(check);
        List<Violation> kept = before.kept;
        if (kept.size() < KEPT) {
            kept = new ArrayList<>(kept);
            kept.add(new Violation(subject, problem));
        }
        tallies.put(check, new Tally(before.checked, before.passedOver, before.violations + 1, kept));
    }

    /** Notes a violation unless something holds; counts it as checked. */
    public void check(StoreCheck check, boolean holds, String subject, String problem) {
        checked(check, 1);
        if (!holds) {
            violation(check, subject, problem);
        }
    }

    /** What became of this check. */
    public Tally tally(StoreCheck check) {
        return tallies.getOrDefault(check, Tally.NONE);
    }

    /** What became of the checks that were made, in their order. */
    public Map<StoreCheck, Tally> tallies() {
        return new EnumMap<>(tallies);
    }

    /** How many violations there are. */
    public long violations() {
        return tallies.values().stream().mapToLong(Tally::violations).sum();
    }
}
