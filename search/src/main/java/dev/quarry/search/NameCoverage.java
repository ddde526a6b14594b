package dev.quarry.search;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How much of a name a query says: of {@code isNotBlank}, "is blank" says two parts of three.
 *
 * <p>Words and parts are compared by their stems. No part is left out, because the small ones ({@code not}, {@code any})
 * are what tells a name from its opposite. Immutable, safe for use by several threads.
 */
public final class NameCoverage {
    private static final Words WORDS = new Words();

    /** Of a method that is asked for, the types of the parameters are not what is asked for. */
    private static final Pattern PARAMETERS = Pattern.compile("\\([^()]*\\)");

    private static final Pattern NO_NAME = Pattern.compile("[^\\w$]+");

    private final Set<String> query = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private NameCoverage(String text) {
        WORDS.parts(text, query::add);
        for (String name : NO_NAME.split(PARAMETERS.matcher(text).replaceAll(" "))) {
            names.add(name);
            names.add(name.toLowerCase(Locale.ROOT));
        }
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

    /**
     * Whether the query has this name as it is written, not only its words, and not between parentheses. Where the name has
     * several parts, small letters will do.
     */
    public boolean isVerbatim(String name) {
        if (names.contains(name)) {
            return true;
        }
        List<String> parts = new ArrayList<>();
        WORDS.parts(name, parts::add);
        return parts.size() > 1 && names.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The share of the name's parts that the query has, 0 to 1; 0 where the name has no part. */
    public double of(String name) {
        List<String> parts = new ArrayList<>();
        WORDS.parts(name, parts::add);
        long said = parts.stream().filter(query::contains).count();
        return parts.isEmpty() ? 0 : (double) said / parts.size();
    }
}
