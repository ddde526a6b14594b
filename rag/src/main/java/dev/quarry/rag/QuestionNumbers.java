package dev.quarry.rag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The numbers that a question says, as digits, each as often as it is said.
 *
 * @param figures those that are written in digits, in order: they are meant exactly
 * @param words those that are written as words, in order: "twice" may be "again" in other words
 */
record QuestionNumbers(List<String> figures, List<String> words) {
    static final QuestionNumbers NONE = new QuestionNumbers(List.of(), List.of());

    QuestionNumbers {
        figures = figures.stream().sorted().toList();
        words = words.stream().sorted().toList();
    }

    /** All of them, in order. */
    List<String> all() {
        List<String> all = new ArrayList<>(figures);
        all.addAll(words);
        all.sort(null);
        return all;
    }

    /** Whether one says a figure that the other lacks, or each says a number that the other lacks. */
    boolean contradicts(QuestionNumbers other) {
        List<String> all = all();
        List<String> others = other.all();
        return !without(figures, others).isEmpty()
                || !without(other.figures, all).isEmpty()
                || (!without(all, others).isEmpty() && !without(others, all).isEmpty());
    }

    private static List<String> without(Collection<String> numbers, List<String> others) {
        List<String> left = new ArrayList<>(numbers);
        others.forEach(left::remove);
        return left;
    }
}
