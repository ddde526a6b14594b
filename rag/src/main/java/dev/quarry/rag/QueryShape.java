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
    /** Lines of a stack trace, with or without a message. */
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

    private static final Pattern SYMBOL = Pattern.compile("[\\w$.#]+(\\([^()]*\\))?");
    private static final Pattern IDENTIFIER = Pattern.compile(
            "\\p{Ll}[\\p{L}\\d]*\\p{Lu}[\\w$]*|\\p{Lu}\\w*\\p{Ll}\\w*\\p{Lu}\\w*|\\w+_\\w+|\\w+(\\.|#|::)\\w+.*|\\w+\\(.*");

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
        if (SYMBOL.matcher(text).matches()) {
            return NAME;
        }
        if (StackTrace.isOne(text)) {
            return TRACE;
        }
        List<String> words = List.of(text.split("\\s+"));
        if (ChangeWords.begin(text, words)) {
            return CHANGE;
        }
        return words.stream().anyMatch(word -> IDENTIFIER.matcher(word).matches()) ? MIXED : WORDS;
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
