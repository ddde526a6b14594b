package dev.quarry.rag;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kind of text a query is; it decides how much each leg counts.
 *
 * <p>The weights are in units of the cosine and were chosen on development sets: BM25 that counts as much as the cosine
 * makes questions in words worse than vectors alone, while names are what it is good at.
 */
enum QueryShape {
    /** One name, as people write symbols: {@code isBlank}, {@code StringUtils.isBlank(CharSequence)}, {@code SU.isB}. */
    NAME(0.4, 0.02),
    /** Lines of a stack trace, with or without a message. */
    TRACE(0.3, 0.02),
    /** What is to be changed, as in the subject of a commit: its words are those of the code more than of its purpose. */
    CHANGE(0.25, 0.02),
    /** Words among which there is an identifier. */
    MIXED(0.15, 0.02),
    /** Words of prose. */
    WORDS(0.08, 0.01);

    /** What a name that was asked for is worth: more than all else together. */
    static final double NAMED_WEIGHT = 10;

    private static final Pattern SYMBOL = Pattern.compile("[\\w$.#]+(\\([^()]*\\))?");
    private static final Pattern IDENTIFIER = Pattern.compile(
            "\\p{Ll}[\\p{L}\\d]*\\p{Lu}[\\w$]*|\\p{Lu}\\w*\\p{Ll}\\w*\\p{Lu}\\w*|\\w+_\\w+|\\w+(\\.|#|::)\\w+.*|\\w+\\(.*");
    private static final Pattern ISSUE = Pattern.compile("\\[?\\p{Lu}{2,}-\\d+]?:?.*|.*\\(?#\\d+\\)?", Pattern.DOTALL);
    private static final Set<String> CHANGES = Set.of(
            "allow",
            "avoid",
            "bugfix",
            "bump",
            "clean",
            "cleanup",
            "correct",
            "deprecate",
            "disable",
            "don't",
            "drop",
            "enable",
            "ensure",
            "extract",
            "fix",
            "fixed",
            "fixes",
            "handle",
            "implement",
            "improve",
            "improved",
            "introduce",
            "javadoc",
            "make",
            "migrate",
            "normalize",
            "optimize",
            "prevent",
            "refactor",
            "rename",
            "replace",
            "restore",
            "revert",
            "rework",
            "simplify",
            "support",
            "update",
            "use");
    private static final Set<String> CHANGES_OF_CODE = Set.of("add", "added", "move", "remove", "removed");
    private static final Set<String> ARTICLES = Set.of("a", "all", "an", "any", "each", "the", "this");

    private final double textWeight;
    private final double graphWeight;

    QueryShape(double textWeight, double graphWeight) {
        this.textWeight = textWeight;
        this.graphWeight = graphWeight;
    }

    static QueryShape of(String query) {
        String text = query.strip();
        if (SYMBOL.matcher(text).matches()) {
            return NAME;
        }
        if (StackTrace.isOne(text)) {
            return TRACE;
        }
        List<String> words = List.of(text.split("\\s+"));
        if (isChange(text, words)) {
            return CHANGE;
        }
        return words.stream().anyMatch(word -> IDENTIFIER.matcher(word).matches()) ? MIXED : WORDS;
    }

    /** "Add X" changes code; "Add an X" may as well say what a method does. */
    private static boolean isChange(String text, List<String> words) {
        String first = words.getFirst().toLowerCase(Locale.ROOT);
        return CHANGES.contains(first)
                || ISSUE.matcher(text).matches()
                || (CHANGES_OF_CODE.contains(first)
                        && words.size() > 1
                        && !ARTICLES.contains(words.get(1).toLowerCase(Locale.ROOT)));
    }

    /** What the best hit of BM25 is worth. */
    double textWeight() {
        return textWeight;
    }

    /** What a neighbour of the best hit is worth; the graph only refines what the others have found. */
    double graphWeight() {
        return graphWeight;
    }
}
