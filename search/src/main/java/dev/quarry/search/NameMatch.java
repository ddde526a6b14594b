package dev.quarry.search;

import java.util.Locale;

/**
 * How well what was typed stands for a name: the name itself, its beginning, the beginnings of its humps ({@code isB} for
 * {@code isBlank}, {@code SU} for {@code StringUtils}), a part of it, or the name with a typing error.
 */
final class NameMatch {
    private static final double EXACT = 0.9;
    private static final double EXACT_BUT_CASE = 0.88;
    private static final double ALL_HUMPS = 0.75;
    private static final double FIRST_HUMPS = 0.6;
    private static final double ONE_ERROR = 0.72;
    private static final double TWO_ERRORS = 0.5;
    private static final double BEGINNING = 0.55;
    private static final double INSIDE = 0.35;
    private static final double OTHER_CASE = 0.03;
    private static final double OTHER_CASE_BEGUN = 0.06;
    private static final double SAID_SHARE = 0.12;
    private static final int ONE_ERROR_MIN = 4;
    private static final int TWO_ERRORS_MIN = 9;
    private static final int INSIDE_MIN = 3;

    private final String typed;
    private final String lower;
    private final long letters;
    private final int errors;

    NameMatch(String typed) {
        this.typed = typed;
        this.lower = typed.toLowerCase(Locale.ROOT);
        this.letters = letters(typed);
        this.errors = typed.length() >= TWO_ERRORS_MIN ? 2 : typed.length() >= ONE_ERROR_MIN ? 1 : 0;
    }

    /** The letters that a text has, a bit for each, whatever their case; several rare ones share a bit. */
    static long letters(String text) {
        long letters = 0;
        for (int i = 0; i < text.length(); i++) {
            letters |= 1L << (Character.toLowerCase(text.charAt(i)) & 63);
        }
        return letters;
    }

    /**
     * From 0, not at all, to {@value #EXACT}.
     *
     * @param lettersOfName {@link #letters} of the name
     */
    double of(String name, long lettersOfName) {
        int missing = Long.bitCount(letters & ~lettersOfName);
        if (missing > errors || name.length() < typed.length() - errors) {
            return 0;
        }
        if (name.equals(typed)) {
            return EXACT;
        }
        if (name.equalsIgnoreCase(typed)) {
            return EXACT_BUT_CASE;
        }
        double said = SAID_SHARE * Math.min(1, (double) typed.length() / name.length());
        double best = missing == 0 ? abbreviated(name, said) : 0;
        if (best > 0 && isOtherCase(name)) {
            best -= OTHER_CASE_BEGUN;
        }
        if (best < ONE_ERROR && errors > 0 && Math.abs(name.length() - typed.length()) <= errors) {
            int wrong = TypingErrors.between(lower, name.toLowerCase(Locale.ROOT), errors);
            double worth = wrong > errors ? 0 : wrong == 1 ? ONE_ERROR : TWO_ERRORS;
            best = Math.max(best, typed.charAt(0) == name.charAt(0) ? worth : Math.max(0, worth - OTHER_CASE));
        }
        return best;
    }

    /** Whether a name that was typed with capitals has others at its beginning: {@code Pred} stands for a type. */
    private boolean isOtherCase(String name) {
        if (typed.equals(lower)) {
            return false;
        }
        return typed.charAt(0) != name.charAt(0)
                || (name.regionMatches(true, 0, typed, 0, typed.length()) && !name.startsWith(typed));
    }

    private double abbreviated(String name, double said) {
        return switch (Humps.match(typed, name)) {
            case ALL -> ALL_HUMPS + said;
            case FIRST -> FIRST_HUMPS + said;
            case NONE -> {
                int at = name.toLowerCase(Locale.ROOT).indexOf(lower);
                yield at < 0 || typed.length() < INSIDE_MIN ? 0 : (at == 0 ? BEGINNING : INSIDE) + said;
            }
        };
    }
}
