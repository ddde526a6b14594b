package dev.quarry.rag;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether the names in a question let others ask the same in other words. */
final class NameAgreement {
    private static final Pattern PART = Pattern.compile("[^.#/:()<>,@\\s]+");

    private final List<String> names;
    private final Set<String> parts;

    NameAgreement(List<String> names) {
        this.names = names;
        this.parts = parts(names);
    }

    /**
     * Whether each has a part of a name that the other lacks, or the same names stand in another order. One may say more
     * than the other, and {@code C.m()} and "m of C" have the same parts.
     *
     * @param isAnyOrder whether one of the questions compares the names, so that their order says nothing
     */
    boolean contradicts(List<String> others, boolean isAnyOrder) {
        Set<String> there = parts(others);
        boolean isOtherOrder =
                !isAnyOrder && !names.equals(others) && Set.copyOf(names).equals(Set.copyOf(others));
        return isOtherOrder || !(parts.containsAll(there) || there.containsAll(parts));
    }

    private static Set<String> parts(List<String> names) {
        Set<String> parts = new LinkedHashSet<>();
        for (String name : names) {
            PART.matcher(name.toLowerCase(Locale.ROOT)).results().forEach(part -> parts.add(part.group()));
        }
        return parts;
    }
}
