package dev.quarry.rag;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the names in two questions let them ask the same in other words. */
final class NameAgreement {
    private static final Pattern PART = Pattern.compile("[^.#/:()<>,@\\s]+");

    private NameAgreement() {}

    /**
     * Whether each has a part of a name that the other lacks, or the same names stand in another order. One may say more
     * than the other, and {@code C.m()} and "m of C" have the same parts.
     */
    static boolean contradict(List<String> first, List<String> second) {
        Set<String> here = parts(first);
        Set<String> there = parts(second);
        boolean isOtherOrder = !first.equals(second) && Set.copyOf(first).equals(Set.copyOf(second));
        return isOtherOrder || !(here.containsAll(there) || there.containsAll(here));
    }

    private static Set<String> parts(List<String> names) {
        Set<String> parts = new LinkedHashSet<>();
        for (String name : names) {
            PART.matcher(name.toLowerCase(Locale.ROOT)).results().forEach(part -> parts.add(part.group()));
        }
        return parts;
    }
}
