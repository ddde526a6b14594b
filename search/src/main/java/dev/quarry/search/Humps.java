package dev.quarry.search;

/**
 * How the humps of a name are abbreviated: each by its beginning, none but numbers left out before the last that is said. A
 * hump begins at a capital letter, at a digit after a letter, and behind an underscore.
 */
enum Humps {
    /** The last hump of the name is said too. */
    ALL,
    /** Some humps at the end are not said. */
    FIRST,
    /** This does not abbreviate the name. */
    NONE;

    /** What is typed begins humps with capitals, as the name does; only the first letter may differ in case. */
    static Humps match(String typed, String name) {
        if (typed.isEmpty() || name.isEmpty() || !sameButCase(typed.charAt(0), name.charAt(0))) {
            return NONE;
        }
        boolean[] reached = new boolean[name.length() + 1];
        reached[1] = true;
        for (int t = 1; t < typed.length(); t++) {
            reached = step(typed.charAt(t), name, reached);
        }
        Humps best = NONE;
        for (int n = 1; n <= name.length(); n++) {
            if (reached[n]) {
                best = next(name, n) == name.length() ? ALL : best == ALL ? ALL : FIRST;
            }
        }
        return best;
    }

    /** From the ends of what was matched so far to those with one more letter: the next one, or a next hump's first. */
    private static boolean[] step(char typed, String name, boolean[] reached) {
        boolean[] after = new boolean[reached.length];
        for (int n = 1; n < name.length(); n++) {
            if (!reached[n]) {
                continue;
            }
            int next = next(name, n);
            after[n + 1] |= isSame(typed, name.charAt(n), next == n);
            boolean isDigits = true;
            for (; next < name.length() && isDigits; next = next(name, next + 1)) {
                after[next + 1] |= isSame(typed, name.charAt(next), true);
                isDigits = Character.isDigit(name.charAt(next));
            }
        }
        return after;
    }

    /** Where the first hump at or after {@code n} begins; the length of the name if there is none. */
    private static int next(String name, int n) {
        int next = n;
        while (next < name.length() && !isStart(name, next)) {
            next++;
        }
        return next;
    }

    private static boolean isStart(String name, int i) {
        char here = name.charAt(i);
        char before = name.charAt(i - 1);
        if (before == '_') {
            return here != '_';
        }
        if (Character.isDigit(here)) {
            return !Character.isDigit(before);
        }
        if (!Character.isUpperCase(here)) {
            return false;
        }
        return !Character.isUpperCase(before) || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1)));
    }

    /** A capital stands for a hump, or for a letter inside of an acronym; a small letter never begins a hump. */
    private static boolean isSame(char typed, char name, boolean begins) {
        return begins ? typed == name : sameButCase(typed, name) && (typed == name || Character.isUpperCase(name));
    }

    private static boolean sameButCase(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}
