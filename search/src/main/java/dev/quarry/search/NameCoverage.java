package dev.quarry.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of a name a query says: of {@code isNotBlank}, "is blank" says two parts of three.
 *
 * <p>Words and parts are compared by their stems. No part is left out, because the small ones ({@code not}, {@code any})
 * are what tells a name from its opposite. Immutable, safe for use by several threads.
 */
public final class NameCoverage {
    private static final Words WORDS = new Words();

    private final Set<String> query = new HashSet<>();

    private NameCoverage(String text) {
        WORDS.parts(text, query::add);
    }

    /** What this query says of names. */
    public static NameCoverage by(String query) {
        return new NameCoverage(query);
    }

    /** Whether the query says this name and nothing else, as "is blank" says {@code isBlank}. */
    public boolean isWhole(String name) {
        Set<String> parts = new HashSet<>();
        WORDS.parts(name, parts::add);
        return !parts.isEmpty() && parts.equals(query);
    }

    /** The share of the name's parts that the query has, 0 to 1; 0 where the name has no part. */
    public double of(String name) {
        List<String> parts = new ArrayList<>();
        WORDS.parts(name, parts::add);
        long said = parts.stream().filter(query::contains).count();
        return parts.isEmpty() ? 0 : (double) said / parts.size();
    }
}
