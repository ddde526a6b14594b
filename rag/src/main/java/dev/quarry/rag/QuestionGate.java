package dev.quarry.rag;

import dev.quarry.schema.ContentHash;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be the same in two questions for one to have the other's answer. Embeddings do not see these: a question and its
 * negation, or the same question of another method, lie closer together than two ways of asking one thing.
 *
 * @param kind what is asked
 * @param names identifiers, file names and quoted words, each once; what does something before what it is done to, and in
 *     the order of the alphabet where they are compared
 * @param numbers the numbers that it says
 * @param isNegated whether the count of negations is odd
 * @param words the other words that carry meaning, of which one may differ, and who does what to whom
 * @param symbols operators and signs, in order
 * @param sole names the text where only the same may have its answer, since its words cannot be compared; else empty
 */
record QuestionGate(
        QuestionKind kind,
        List<String> names,
        QuestionNumbers numbers,
        boolean isNegated,
        Set<String> words,
        List<String> symbols,
        String sole) {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`|\"([^\"]+)\"|(?<!\\w)'([^']+)'(?!\\w)");
    private static final Pattern CODE = Pattern.compile("[\\w$]++(?:(?:[.#/:$-]|::)[\\w$]++)*+(?:\\([^()]*\\))?|@\\w+");
    private static final Pattern SHAPE = Pattern.compile(
            "\\p{Ll}[\\p{L}\\d]*\\p{Lu}[\\w$]*|\\p{Lu}\\w*\\p{Ll}\\w*\\p{Lu}\\w*|\\w+_\\w+|@\\w+|\\w*\\d+\\p{L}\\w*|\\p{L}+\\d+\\w*"
                    + "|[\\w$]++(?:(?:[.#/]|::)[\\w$]++)++|\\p{Lu}{2,}s?");
    private static final Pattern NUMBER = Pattern.compile("\\d++(?:[.,:/-]\\d++)*+");
    private static final Pattern MEASURE = Pattern.compile("(\\d++(?:[.,]\\d++)*+)([A-Za-z]++)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}']+");
    private static final String END_MARKS = " .?!…。？！";

    /** Units that are written right behind their number. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("ns", "nanosecond"),
            Map.entry("ms", "millisecond"),
            Map.entry("s", "second"),
            Map.entry("sec", "second"),
            Map.entry("min", "minute"),
            Map.entry("h", "hour"),
            Map.entry("d", "day"),
            Map.entry("kb", "kilobyte"),
            Map.entry("mb", "megabyte"),
            Map.entry("gb", "gigabyte"));

    private static final Map<String, String> NUMBER_WORDS = numberWords();
    private static final Pattern PASSIVE = Pattern.compile("…[^…]*\\bby …");
    private static final Pattern LAST_AGENT = Pattern.compile("\\b(?:is|are|was|were|be|been|being)\\b.*\\bby …[^…]*$");
    private static final Pattern ORDINAL = Pattern.compile("\\bthe (second|third)\\b");

    /** Verbs that say of another one that it does not happen. */
    private static final Pattern PREVENTED =
            Pattern.compile("\\b(?:prevent(?:s|ed|ing)?|avoid(?:s|ed|ing)?|forbid(?:s|den)?|disallow(?:s|ed)?)\\b"
                    + "|\\b(?:keeps?|kept|keeping|stop|stops|stopped|stopping)\\b(?=[^,.;?]*\\b(?:from|being)\\b)");

    private static final Set<String> NEGATIONS = Set.of(
            "not",
            "no",
            "never",
            "none",
            "nothing",
            "nobody",
            "neither",
            "nor",
            "cannot",
            "without",
            "non",
            "except",
            "excluding",
            "unless",
            "hardly");
    private static final Set<String> OPENERS = Set.of(
            "what",
            "how",
            "why",
            "where",
            "who",
            "which",
            "when",
            "is",
            "are",
            "does",
            "do",
            "can",
            "could",
            "explain",
            "describe",
            "show",
            "tell",
            "list",
            "find",
            "give",
            "in",
            "i",
            "the",
            "a",
            "an",
            "and",
            "please",
            "java",
            "api");

    QuestionGate {
        names = List.copyOf(names);
        words = Set.copyOf(words);
        symbols = List.copyOf(symbols);
    }

    static QuestionGate of(String question) {
        Set<String> names = new LinkedHashSet<>();
        List<String> figures = new ArrayList<>();
        StringBuilder prose = new StringBuilder();
        String plain = QuestionSymbols.spelled(FrontedClause.behind(question));
        String text = unquoted(BareNames.quoted(plain), names);
        Matcher token = CODE.matcher(text);
        int end = 0;
        boolean isFirst = true;
        while (token.find()) {
            prose.append(text, end, token.start());
            end = token.end();
            String word = token.group();
            Matcher measure = MEASURE.matcher(word);
            String unit = measure.matches() ? UNITS.get(measure.group(2).toLowerCase(Locale.ROOT)) : null;
            if (unit != null) {
                figures.add(measure.group(1).replace(",", ""));
                prose.append(" … ").append(unit);
            } else if (NUMBER.matcher(word).matches()) {
                figures.add(word.replace(",", ""));
                prose.append(" … ");
            } else if (isName(word, isFirst)) {
                names.add(normalized(word));
                prose.append(" … ");
            } else {
                prose.append(word);
            }
            isFirst = startsSentence(text, end);
        }
        prose.append(text.substring(end));
        String words = QuestionFrames.plain(prose.toString());
        QuestionNumbers numbers = new QuestionNumbers(figures, written(words));
        QuestionKind kind = QuestionKind.of(words);
        Set<String> meaning = new TreeSet<>(ContentWords.of(words));
        meaning.addAll(QuestionRoles.of(words, names.size()));
        QuestionSymbols symbols = QuestionSymbols.of(plain);
        boolean isComparable = EnglishWords.suffice(prose.toString(), text)
                && !(names.isEmpty() && meaning.stream().allMatch(ContentWords::isQuiet));
        return new QuestionGate(
                kind,
                ordered(names, kind, words),
                numbers,
                isNegated(words) != symbols.isNegated(),
                meaning,
                kind == QuestionKind.COMPARE
                        ? symbols.tokens().stream().sorted().toList()
                        : symbols.tokens(),
                isComparable ? "" : sole(question));
    }

    /** What texts share that differ in case, blanks and marks at their end alone. */
    private static String sole(String question) {
        String folded = question.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        int end = folded.length();
        while (end > 0 && END_MARKS.indexOf(folded.charAt(end - 1)) >= 0) {
            end--;
        }
        return ContentHash.ofText(end == 0 ? folded : folded.substring(0, end)).toString();
    }

    /** The numbers that are written as words. */
    private static List<String> written(String words) {
        List<String> numbers = new ArrayList<>();
        Matcher word = WORD.matcher(words);
        while (word.find()) {
            String number = NUMBER_WORDS.get(word.group());
            if (number != null) {
                numbers.add(number);
            }
        }
        Matcher ordinal = ORDINAL.matcher(words);
        while (ordinal.find()) {
            numbers.add(ordinal.group(1).equals("second") ? "2" : "3");
        }
        return numbers;
    }

    private static boolean isNegated(String words) {
        long negations = WORD.matcher(words)
                .results()
                .map(MatchResult::group)
                .filter(word -> NEGATIONS.contains(word) || word.endsWith("n't"))
                .count();
        return (negations + PREVENTED.matcher(words).results().count()) % 2 == 1;
    }

    /** All but the words, as one text. */
    String key() {
        return String.join("|", kind.name(), String.join(" ", names), String.join(" ", numbers.all()), looseKey());
    }

    /** Whether it is negated, its symbols, and which it is where only the same may have its answer; as a text. */
    String looseKey() {
        return String.join(" ", isNegated ? "not" : "", String.join(" ", symbols), sole)
                .strip();
    }

    /** The names in the order that matters: none where they are compared, and first by which something is done. */
    private static List<String> ordered(Set<String> names, QuestionKind kind, String words) {
        List<String> ordered = new ArrayList<>(names);
        if (kind == QuestionKind.COMPARE) {
            ordered.sort(null);
        } else if (ordered.size() == 2 && PASSIVE.matcher(words).find()) {
            return ordered.reversed();
        } else if (ordered.size() > 2 && LAST_AGENT.matcher(words).find()) {
            ordered.addFirst(ordered.removeLast());
        }
        return ordered;
    }

    /** The text with what is quoted taken out into {@code names}. */
    private static String unquoted(String question, Set<String> names) {
        Matcher quoted = QUOTED.matcher(question);
        StringBuilder rest = new StringBuilder();
        while (quoted.find()) {
            for (int group = 1; group <= 3; group++) {
                if (quoted.group(group) != null) {
                    names.add(normalized(quoted.group(group)));
                }
            }
            quoted.appendReplacement(rest, " … ");
        }
        return quoted.appendTail(rest).toString();
    }

    /** Whether this is written as code is, or as a proper name in the middle of a sentence. */
    private static boolean isName(String word, boolean isFirst) {
        if (word.endsWith(")") || (SHAPE.matcher(word).matches() && !OPENERS.contains(word.toLowerCase(Locale.ROOT)))) {
            return true;
        }
        return Character.isUpperCase(word.charAt(0))
                && word.length() > 1
                && !OPENERS.contains(word.toLowerCase(Locale.ROOT))
                && (!isFirst || word.chars().skip(1).anyMatch(Character::isUpperCase));
    }

    private static boolean startsSentence(String text, int end) {
        String rest = text.substring(end).stripLeading();
        return !rest.isEmpty() && ".?!:;".indexOf(rest.charAt(0)) >= 0;
    }

    /** One spelling of a name: {@code C#m()}, {@code C::m} and {@code C.m} are the same; parameters tell overloads apart. */
    private static String normalized(String name) {
        String plain = name.strip().replace("::", ".").replace('#', '.').replace('$', '.');
        return (plain.endsWith("()") ? plain.substring(0, plain.length() - 2) : plain).replaceAll("\\s+", "");
    }

    private static Map<String, String> numberWords() {
        Map<String, String> words = new TreeMap<>();
        String[] cardinals = {
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"
        };
        for (int i = 2; i < cardinals.length; i++) {
            words.put(cardinals[i], Integer.toString(i));
        }
        words.put("zero", "0");
        words.put("twice", "2");
        words.put("thrice", "3");
        words.put("hundred", "100");
        words.put("thousand", "1000");
        return words;
    }
}
