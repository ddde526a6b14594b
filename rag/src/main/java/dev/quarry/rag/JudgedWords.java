package dev.quarry.rag;

import java.util.OptionalDouble;

/**
 * How far a judge is believed. Where words agree by the lists, it must be sure that two questions ask for different things
 * to be followed; where they do not, that they ask the same.
 */
final class JudgedWords {
    /** How sure it must be, in the mean of both orders, that words which do not agree ask the same. */
    private static final double SURE_MIN = 2;

    /** How much less sure it may be in the first order for the second one to be tried. */
    private static final double HOPE = 1;

    /** Less than this, and words that agree ask for different things. */
    private static final double DOUBT = -3;

    private final QuestionJudge judge;

    JudgedWords(QuestionJudge judge) {
        this.judge = judge;
    }

    /** Whether other words ask the same. */
    boolean isSame(String kept, String asked) {
        OptionalDouble first = judge.logOdds(kept, asked);
        if (first.isEmpty() || first.getAsDouble() < SURE_MIN - HOPE) {
            return false;
        }
        OptionalDouble second = judge.logOdds(asked, kept);
        return second.isPresent() && (first.getAsDouble() + second.getAsDouble()) / 2 >= SURE_MIN;
    }

    /** Whether words that agree ask for different things. */
    boolean isOther(String kept, String asked) {
        OptionalDouble odds = judge.logOdds(kept, asked);
        return odds.isPresent() && odds.getAsDouble() < DOUBT;
    }
}
