package dev.quarry.rag;

import java.util.List;
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
    /** A stack trace with or without a message, or the line that one begins with. */
    TRACE(0.3, 0.02),
    /** What is to be changed, as in the subject of a commit: its words are those of the code more than of its purpose. */
    CHANGE(0.4, 0),
    /** Words among which there is an identifier. */
    MIXED(0.1, 0.01),
    /** Words of prose. */
    WORDS(0.05, 0.01);

    /** What a name that was asked for is worth: more than all else together. */
    static final double NAMED_WEIGHT = 10;

    /** What it is worth that a literal has all of a query of some length: more than cosines differ among the best hits. */
    static final double QUOTED_WEIGHT = 0.5;

    private static final Pattern SYMBOL = Pattern.compile("[\\w$.#]++(?:::[\\w$]++)?+(\\([^():]*\\))?");

    /** What stands around a name that was quoted, or that ends a sentence. */
    private static final Pattern QUOTES = Pattern.compile("^[`'\"‘“«(]++|(?<![`'\"’”».,;:?!])[`'\"’”».,;:?!]++$");

    private static final Pattern BEFORE_WORD = Pattern.compile("^[^\\p{L}\\p{N}_$]++");
    private static final Pattern BEHIND_WORD =
            Pattern.compile("(?:['’]s)?(?:(?<=[\\p{L}\\p{N}_$])[^\\p{L}\\p{N}_$]+)?$");

    /** A word in camel case, or with an underscore. */
    private static final Pattern COMPOUND =
            Pattern.compile("\\p{Ll}[\\p{L}\\d]*\\p{Lu}[\\w$]*|\\p{Lu}\\w*\\p{Ll}\\w*\\p{Lu}\\w*|\\w+_\\w+");

    /** A name behind another one, and not "e.g." or a number; or a call, and not a plural in parentheses. */
    private static final Pattern QUALIFIED = Pattern.compile(
            "(?!(?:\\p{L}\\.)++\\p{L}?+(?![\\w$#:(]))[\\p{L}_$][\\w$]*+(?:(?:\\.|#|::)[\\p{L}_$<]|\\((?!e?s\\))).*");

    private final double textWeight;
    private final double graphWeight;

    QueryShape(double textWeight, double graphWeight) {
        this.textWeight = textWeight;
        this.graphWeight = graphWeight;
    }

    /**
     * What speaks for all declarations of a file.
     *
     * @param coverage what it is worth that they together hold all words of the query
     * @param name what it is worth that the query says all words of the file's name
     * @param verbatim what it is worth that the query has the name as it is written
     * @param type how much the cosine of the type that the file declares counts
     */
    record FileWeights(double coverage, double name, double verbatim, double type) {
        private static final FileWeights NONE = new FileWeights(0, 0, 0, 0);
        private static final FileWeights OF_MIXED = new FileWeights(0.03, 0.03, 0, 0);
        private static final FileWeights OF_CHANGE = new FileWeights(0.3, 0.15, 0.05, 0.3);
    }

    static QueryShape of(String query) {
        String text = query.strip();
        if (SYMBOL.matcher(bare(text)).matches()) {
            return NAME;
        }
        if (StackTrace.isOne(text)) {
            return TRACE;
        }
        List<String> words = List.of(text.split("\\s+"));
        if (ChangeWords.begin(text, words)) {
            return CHANGE;
        }
        return words.stream().anyMatch(QueryShape::isIdentifier) ? MIXED : WORDS;
    }

    /** A name without the quotes around it and the mark that ends a sentence. */
    static String bare(String name) {
        String bare = QUOTES.matcher(name.strip()).replaceAll("");
        return bare.endsWith(")") && bare.indexOf('(') < 0 ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** Whether a word is a name of code, whatever punctuation stands around it. */
    private static boolean isIdentifier(String word) {
        String begun = BEFORE_WORD.matcher(word).replaceFirst("");
        return QUALIFIED.matcher(begun).matches()
                || COMPOUND.matcher(BEHIND_WORD.matcher(begun).replaceFirst("")).matches();
    }

    /** What the best hit of BM25 is worth. */
    double textWeight() {
        return textWeight;
    }

    /** What a neighbour of the best hit is worth; the graph only refines what the others have found. 0 has it not asked. */
    double graphWeight() {
        return graphWeight;
    }

    /** What its whole file counts for a declaration. */
    FileWeights fileWeights() {
        return switch (this) {
            case CHANGE -> FileWeights.OF_CHANGE;
            case MIXED -> FileWeights.OF_MIXED;
            case NAME, TRACE, WORDS -> FileWeights.NONE;
        };
    }
}
