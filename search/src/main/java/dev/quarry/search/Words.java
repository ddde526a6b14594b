package dev.quarry.search;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Splits code and prose into terms.
 *
 * <p>An identifier gives itself in lower case, and the stems of its parts where it has several: parts end at a change of
 * case, at digits, underscores and after acronyms. Java's keywords give nothing; in prose the commonest English words
 * neither. Safe for use by several threads.
 */
final class Words {
    private static final int LONGEST = 64;
    private static final int STEMS_MAX = 1 << 16;

    private static final Set<String> KEYWORDS = Set.of(
            "abstract",
            "assert",
            "boolean",
            "break",
            "byte",
            "case",
            "catch",
            "char",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extends",
            "final",
            "finally",
            "float",
            "for",
            "goto",
            "if",
            "implements",
            "import",
            "instanceof",
            "int",
            "interface",
            "long",
            "native",
            "new",
            "package",
            "private",
            "protected",
            "public",
            "return",
            "short",
            "static",
            "strictfp",
            "super",
            "switch",
            "synchronized",
            "this",
            "throw",
            "throws",
            "transient",
            "try",
            "void",
            "volatile",
            "while",
            "var",
            "true",
            "false",
            "null");

    private static final Set<String> STOP_WORDS = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "by", "has", "have", "in", "into", "is", "it", "its", "of", "on",
            "or", "that", "the", "then", "there", "these", "they", "to", "was", "which", "will", "with");

    private final Map<String, String> stems = new ConcurrentHashMap<>();

    /** The terms of code: identifiers, and what is written in comments and string literals. */
    void code(String text, Consumer<String> terms) {
        scan(text, KEYWORDS, Set.of(), terms, terms);
    }

    /** The terms of prose, in which identifiers may stand. */
    void prose(String text, Consumer<String> terms) {
        scan(text, KEYWORDS, STOP_WORDS, terms, terms);
    }

    /**
     * The terms of a question: those of prose, and each word as it is written, because "stringutils" may stand for
     * {@code StringUtils}, which the stem of the word does not find.
     */
    void question(String text, Consumer<String> terms) {
        prose(text, terms);
        identifiers(text, word -> {
            String lower = word.toLowerCase(Locale.ROOT);
            if (!KEYWORDS.contains(word) && !STOP_WORDS.contains(lower)) {
                terms.accept(lower);
            }
        });
    }

    /** The terms of a name, none left out. */
    void name(String text, Consumer<String> terms) {
        scan(text, Set.of(), Set.of(), terms, terms);
    }

    /** The stems of all parts and words, without the names that they are parts of. */
    void parts(String text, Consumer<String> terms) {
        scan(text, Set.of(), Set.of(), terms, _ -> {});
    }

    private void scan(
            String text,
            Set<String> keywords,
            Set<String> stopWords,
            Consumer<String> partTerms,
            Consumer<String> wholeTerm) {
        identifiers(text, whole -> {
            if (!keywords.contains(whole)) {
                identifier(whole, stopWords, partTerms, wholeTerm);
            }
        });
    }

    private static void identifiers(String text, Consumer<String> identifiers) {
        int length = text.length();
        int at = 0;
        while (at < length) {
            char c = text.charAt(at);
            if (!Character.isLetterOrDigit(c) && c != '_') {
                at = c == '\\' ? at + 2 : at + 1;
                continue;
            }
            int end = at + 1;
            while (end < length && isPart(text.charAt(end))) {
                end++;
            }
            if (end - at <= LONGEST) {
                identifiers.accept(text.substring(at, end));
            }
            at = end;
        }
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void identifier(
            String whole, Set<String> stopWords, Consumer<String> partTerms, Consumer<String> wholeTerm) {
        int parts = 0;
        int from = 0;
        int length = whole.length();
        for (int i = 1; i <= length; i++) {
            if (i == length || isBoundary(whole, i)) {
                if (part(whole.substring(from, i), stopWords, partTerms)) {
                    parts++;
                }
                from = i;
            }
        }
        if (parts > 1) {
            wholeTerm.accept(whole.toLowerCase(Locale.ROOT));
        }
    }

    /** Whether a new part begins at {@code i}: {@code get|Name}, {@code HTTP|Server}, {@code utf|8}, {@code a|_b}. */
    private static boolean isBoundary(String whole, int i) {
        char before = whole.charAt(i - 1);
        char here = whole.charAt(i);
        if (here == '_' || before == '_') {
            return true;
        }
        if (Character.isDigit(before) != Character.isDigit(here)) {
            return true;
        }
        if (!Character.isUpperCase(here)) {
            return false;
        }
        boolean lowerFollows = i + 1 < whole.length() && Character.isLowerCase(whole.charAt(i + 1));
        return !Character.isUpperCase(before) || lowerFollows;
    }

    private boolean part(String part, Set<String> stopWords, Consumer<String> terms) {
        if (part.charAt(0) == '_') {
            return false;
        }
        String lower = part.toLowerCase(Locale.ROOT);
        if (!stopWords.contains(lower)) {
            terms.accept(stem(lower));
        }
        return true;
    }

    private String stem(String word) {
        if (word.length() < 3) {
            return word;
        }
        String known = stems.get(word);
        if (known != null) {
            return known;
        }
        EnglishStemmer stemmer = new EnglishStemmer();
        stemmer.setCurrent(word);
        stemmer.stem();
        String stem = stemmer.getCurrent();
        if (stems.size() < STEMS_MAX) {
            stems.put(word, stem);
        }
        return stem;
    }
}
