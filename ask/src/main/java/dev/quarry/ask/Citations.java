package dev.quarry.ask;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers in square brackets by which a text cites pieces, each once, in ascending order.
 *
 * @param known those that there are pieces for
 * @param unknown those that point to nothing: the statement behind them has no ground
 */
public record Citations(List<Integer> known, List<Integer> unknown) {
    /** Nothing is cited. */
    public static final Citations NONE = new Citations(List.of(), List.of());

    private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\n]*`");

    /** Numbers in brackets that do not stand behind a name, as those of an array's element do. */
    private static final Pattern CITATION =
            Pattern.compile("(?<![\\w)])\\[(\\d{1,4}(?:\\s*[,;–-]\\s*\\d{1,4})*+)](?!\\()");

    private static final Pattern PART = Pattern.compile("(\\d+)\\s*[–-]\\s*(\\d+)|(\\d+)");
    private static final int RANGE_MAX = 100;

    /** Copies the lists. */
    public Citations {
        known = List.copyOf(known);
        unknown = List.copyOf(unknown);
    }

    /** What a text cites of so many pieces; what stands in code is no citation. */
    static Citations of(String text, int pieces) {
        List<Integer> numbers = numbers(text);
        return new Citations(
                numbers.stream().filter(number -> isPiece(number, pieces)).toList(),
                numbers.stream().filter(number -> !isPiece(number, pieces)).toList());
    }

    /** The numbers that a text cites, each once, in ascending order. */
    public static List<Integer> numbers(String text) {
        TreeSet<Integer> numbers = new TreeSet<>();
        Matcher citation = CITATION.matcher(CODE.matcher(text).replaceAll(" "));
        while (citation.find()) {
            Matcher part = PART.matcher(citation.group(1));
            while (part.find()) {
                add(part, numbers);
            }
        }
        return List.copyOf(numbers);
    }

    private static void add(Matcher part, TreeSet<Integer> numbers) {
        if (part.group(3) != null) {
            numbers.add(Integer.parseInt(part.group(3)));
            return;
        }
        int first = Integer.parseInt(part.group(1));
        int last = Integer.parseInt(part.group(2));
        numbers.add(first);
        for (int number = first + 1; number <= Math.min(last, first + RANGE_MAX); number++) {
            numbers.add(number);
        }
    }

    private static boolean isPiece(int number, int pieces) {
        return number >= 1 && number <= pieces;
    }

    /** A text without its citations: their numbers mean nothing beside other pieces. */
    static String removed(String text) {
        return CITATION.matcher(text).replaceAll("");
    }
}
