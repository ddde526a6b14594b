package dev.quarry.rag;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operators and signs in a question. They are no words, and each in the place of another makes it another question.
 *
 * @param tokens in order, without what only marks sentences, names and Markdown
 * @param negations how often something named is negated, as in {@code !isBlank}
 */
record QuestionSymbols(List<String> tokens, int negations) {
    /** What is quoted: its marks say nothing, but what is nothing but marks is meant as it stands. */
    private static final Pattern QUOTED = Pattern.compile("`+([^`]+)`+|\"([^\"]+)\"|(?<!\\w)'([^']+)'(?!\\w)");

    /** Bullets and other marks in front of a line, and lines of marks. */
    private static final Pattern LINE_MARKS =
            Pattern.compile("(?m)^[ \\t]*+(?:(?:[-*+>]|#{1,6}+)[ \\t]|[-=*_]{3,}+[ \\t]*$)");

    /** In front of a measure this is short for words, which the lists know. */
    private static final Pattern MORE_OR_LESS = Pattern.compile(
            "(?<=\\s)[<>] ?(?=\\d++(?:[.,]\\d++)? ?(?:[kmgt]i?b|bytes?|[num]?s|secs?|seconds?|mins?|minutes?"
                    + "|h|hours?|d|days?)\\b)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern EMPHASIS =
            Pattern.compile("(?<![\\w*])(\\*{1,3})(?=[\\w`])([^*\\n]{1,200}+)(?<=[\\w`.?!)])\\1(?![\\w*])");

    /** What stands between angle brackets as a type argument, or as a tag. */
    private static final Pattern GENERIC =
            Pattern.compile("(?<=\\w)<((?:[\\w.?\\[\\]]|, ?| (?:extends|super) | & ){0,200}+)>|</?(\\w{1,40}+) ?/?>");

    private static final int NESTED_MAX = 4;

    /** What may be followed by three dots that are no pause. */
    private static final String TYPE = "int|long|char|byte|short|float|double|boolean|[A-Z]\\w{1,30}";

    private static final Pattern TOKEN =
            Pattern.compile("(?<skipped>[-=]{1,2}>|<-{1,2}(?!\\d)|://|&(?:amp|lt|gt|quot);)"
                    + "|(?<sign>(?<![\\w)\\]])[-+]\\.?\\d++)"
                    + "|(?<not>(?<!\\w)!++(?=[\\p{L}_(]))"
                    + "|(?<whole>\\\\.|(?<!\\w)%[a-zA-Z]\\b|\\[\\s*\\]|\\{\\s*\\}|(?<=\\b(?:" + TYPE + "))\\.{3})"
                    + "|(?<run>(?:[+*/%<>&|^~=#]|-(?!\\d)|!(?==)"
                    + "|[\\p{So}\\p{Sm}&&[^\\p{ASCII}\\u2190-\\u21ff]]){1,16}+)");

    /** What an operator may stand between where it could be a dash, a slash or the like. */
    private static final Pattern LEFT_OPERAND = Pattern.compile("(?<!\\w)(?:\\d++|[a-zA-Z]) $");

    private static final Pattern RIGHT_OPERAND = Pattern.compile("^ (?:\\d++|[a-zA-Z])(?!\\w)");

    /** What only something that is spoken of follows. */
    private static final Pattern SPOKEN_OF = Pattern.compile(
            "\\b(?:operators?|signs?|symbols?|char(?:acter)?s?|does|do|is|the|an?|of|by|between|used?|uses"
                    + "|using|with|than) $",
            Pattern.CASE_INSENSITIVE);

    private static final int CONTEXT = 24;

    QuestionSymbols {
        tokens = List.copyOf(tokens);
    }

    /** Whether what is named is negated, an odd number of times. */
    boolean isNegated() {
        return negations % 2 == 1;
    }

    /** The question with words for those that are short for words. */
    static String spelled(String question) {
        return MORE_OR_LESS
                .matcher(question)
                .replaceAll(sign -> sign.group().startsWith("<") ? "less than " : "more than ");
    }

    /** Those of a question. */
    static QuestionSymbols of(String question) {
        List<String> tokens = new ArrayList<>();
        int negations = 0;
        String text = plain(question);
        Matcher quoted = QUOTED.matcher(text);
        int end = 0;
        StringBuilder rest = new StringBuilder();
        while (quoted.find()) {
            String inside = text.substring(quoted.start() + 1, quoted.end() - 1).replace("`", "");
            rest.append(text, end, quoted.start());
            if (inside.codePoints().noneMatch(Character::isLetterOrDigit)) {
                negations += read(rest.toString(), tokens);
                rest.setLength(0);
                tokens.add(inside.replaceAll("\\s+", ""));
            } else {
                rest.append(inside);
            }
            end = quoted.end();
        }
        negations += read(rest.append(text, end, text.length()).toString(), tokens);
        return new QuestionSymbols(tokens, negations);
    }

    /** The text in one spelling, without the marks of its layout and those around type arguments. */
    private static String plain(String question) {
        String text = question.replace('−', '-')
                .replace("≤", "<=")
                .replace("≥", ">=")
                .replace("≠", "!=")
                .replaceAll("(?<=\\d) ?per ?cent\\b", "%");
        text = EMPHASIS.matcher(LINE_MARKS.matcher(text).replaceAll("")).replaceAll("$2");
        for (int depth = 0; depth < NESTED_MAX && text.indexOf('<') >= 0; depth++) {
            text = GENERIC.matcher(text).replaceAll(QuestionSymbols::bare);
        }
        return text;
    }

    private static String bare(MatchResult generic) {
        String arguments = generic.group(1);
        String inside = arguments == null ? generic.group(2) : arguments;
        return Matcher.quoteReplacement("," + inside.replace("&", ",") + ",");
    }

    /** Adds the symbols of a text; gives how often it negates. */
    private static int read(String text, List<String> tokens) {
        int negations = 0;
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String symbol = token.group();
            if (token.group("not") != null) {
                negations += symbol.length();
            } else if (token.group("run") != null) {
                run(text, token.start(), token.end(), tokens);
            } else if (token.group("skipped") == null) {
                tokens.add(symbol.replaceAll("\\s+", ""));
            }
        }
        return negations;
    }

    private static void run(String text, int start, int end, List<String> tokens) {
        String run = text.substring(start, end);
        boolean isAfterWord = start > 0 && isWord(text.charAt(start - 1));
        boolean isBeforeWord = end < text.length() && isWord(text.charAt(end));
        String before = text.substring(Math.max(0, start - CONTEXT), start);
        String after = text.substring(end, Math.min(text.length(), end + CONTEXT));
        boolean isSpokenOf = !isBeforeWord && SPOKEN_OF.matcher(before).find();
        boolean isMeant = switch (run) {
            case "-" -> isSpokenOf || isBetween(before, after, true) || (isBeforeWord && !isAfterWord);
            case "/", "&", "=" -> isSpokenOf || isBetween(before, after, false);
            case "#" -> isSpokenOf || (isAfterWord && !isBeforeWord);
            case "--" -> isSpokenOf || isAfterWord != isBeforeWord;
            default -> !run.startsWith("---");
        };
        if (isMeant) {
            // Before a name it is another operator than behind it.
            boolean isStep = run.equals("++") || run.equals("--");
            tokens.add((isStep && isAfterWord ? "x" : "") + run + (isStep && isBeforeWord ? "x" : ""));
        }
    }

    /** Whether this stands between operands: between words, and perhaps numbers, it says "and", "to" or the like. */
    private static boolean isBetween(String before, String after, boolean mayBeRange) {
        Matcher left = LEFT_OPERAND.matcher(before);
        Matcher right = RIGHT_OPERAND.matcher(after);
        return left.find()
                && right.find()
                && !(mayBeRange
                        && Character.isDigit(before.charAt(left.start()))
                        && Character.isDigit(after.charAt(1)));
    }

    private static boolean isWord(char unit) {
        return Character.isLetterOrDigit(unit) || unit == '_' || unit == '$';
    }
}
