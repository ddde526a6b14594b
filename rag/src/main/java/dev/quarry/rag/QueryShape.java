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
    NAME(0.4, 0.02, 0, 0),
    /** Lines of a stack trace, with or without a message. */
    TRACE(0.3, 0.02, 0, 0),
    /** What is to be changed, as in the subject of a commit: its words are those of the code more than of its purpose. */
    CHANGE(0.25, 0.02, 0.2, 0.15),
    /** Words among which there is an identifier. */
    MIXED(0.1, 0.01, 0.03, 0.03),
    /** Words of prose. */
    WORDS(0.06, 0.01, 0, 0);

    /** What a name that was asked for is worth: more than all else together. */
    static final double NAMED_WEIGHT = 10;

    private static final Pattern SYMBOL = Pattern.compile("[\\w$.#]+(\\([^()]*\\))?");
    private static final Pattern IDENTIFIER = Pattern.compile(
            "\\p{Ll}[\\p{L}\\d]*\\p{Lu}[\\w$]*|\\p{Lu}\\w*\\p{Ll}\\w*\\p{Lu}\\w*|\\w+_\\w+|\\w+(\\.|#|::)\\w+.*|\\w+\\(.*");

    private final double textWeight;
    private final double graphWeight;

    private final double fileWeight;
    private final double fileNameWeight;

    QueryShape(double textWeight, double graphWeight, double fileWeight, double fileNameWeight) {
        this.textWeight = textWeight;
        this.graphWeight = graphWeight;
        this.fileWeight = fileWeight;
        this.fileNameWeight = fileNameWeight;
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

    /** What a neighbour of the best hit is worth; the graph only refines what the others have found. */
    double graphWeight() {
        return graphWeight;
    }

    /** What it is worth that the declarations of a file together hold all words of the query. */
    double fileWeight() {
        return fileWeight;
    }

    /** What it is worth that the query says the whole name of a file. */
    double fileNameWeight() {
        return fileNameWeight;
    }
}
