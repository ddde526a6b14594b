package dev.quarry.rag;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What kind of text a query is; it decides how much each leg counts.
 *
 * <p>Ranks of equal weight are worse than vectors alone for questions in words, and vectors are poor at names.
 */
enum QueryShape {
    /** One name, as people write symbols: {@code isBlank}, {@code StringUtils.isBlank(CharSequence)}. */
    NAME(0.75, 0.25),
    /** Words among which there is an identifier. */
    MIXED(0.5, 0.5),
    /** Words of prose. */
    WORDS(0.3, 0.7);

    private static final double GRAPH_WEIGHT = 0.05;
    private static final Pattern SYMBOL = Pattern.compile("[\\w$.#]+(\\([^()]*\\))?");
    private static final Pattern IDENTIFIER = Pattern.compile(
            "\\p{Ll}[\\p{L}\\d]*\\p{Lu}[\\w$]*|\\p{Lu}\\w*\\p{Ll}\\w*\\p{Lu}\\w*|\\w+_\\w+|\\w+(\\.|#|::)\\w+.*|\\w+\\(.*");

    private final double textWeight;
    private final double vectorWeight;

    QueryShape(double textWeight, double vectorWeight) {
        this.textWeight = textWeight;
        this.vectorWeight = vectorWeight;
    }

    static QueryShape of(String query) {
        String text = query.strip();
        if (SYMBOL.matcher(text).matches()) {
            return NAME;
        }
        List<String> words = List.of(text.split("\\s+"));
        return words.stream().anyMatch(word -> IDENTIFIER.matcher(word).matches()) ? MIXED : WORDS;
    }

    /** How much a leg counts; the graph only refines what the others have found. */
    double weight(Leg leg) {
        return switch (leg) {
            case TEXT -> textWeight;
            case VECTOR -> vectorWeight;
            case GRAPH -> GRAPH_WEIGHT;
        };
    }

    /** The last name of a symbol: {@code isBlank} of {@code StringUtils.isBlank(CharSequence)}. */
    static String simpleName(String symbol) {
        String name = symbol.strip();
        int open = name.indexOf('(');
        name = open < 0 ? name : name.substring(0, open);
        int last = Math.max(name.lastIndexOf('.'), Math.max(name.lastIndexOf('#'), name.lastIndexOf('$')));
        return name.substring(last + 1);
    }
}
