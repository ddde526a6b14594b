package dev.quarry.rag;

import java.util.OptionalDouble;

/**
 * How far a judge is believed. Where words agree by the lists, it must be sure that two questions ask for different things
 * to be followed; where they do not, that they ask the same.
 */
final class JudgedWords {
    /** How sure it must be, in either order, that words which do not agree ask the same. */
    private static final double SURE_MIN = 2;

    /** Less than this, and words that agree ask for different things. */
    private static final double DOUBT = -1;

    private final QuestionJudge judge;

    JudgedWords(QuestionJudge judge) {
        this.judge = judge;
    }

    /** Whether other words ask the same. */
    boolean isSame(String kept, String asked) {
        return isSure(judge.logOdds(kept, asked)) && isSure(judge.logOdds(asked, kept));
    }

    private static boolean isSure(OptionalDouble odds) {
        return odds.isPresent() && odds.getAsDouble() >= SURE_MIN;
    }

    /** Whether words that agree ask for different things. */
    boolean isOther(String kept, String asked) {
        OptionalDouble odds = judge.logOdds(kept, asked);
        return odds.isPresent() && odds.getAsDouble() < DOUBT;
    }
}
