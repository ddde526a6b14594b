package dev.quarry.rag;

/**
 * How close a question must be to an entry, learnt from verdicts on this entry alone: entries differ, because some questions
 * have many that are close and mean something else.
 *
 * <p>A wrong answer at some similarity raises the threshold above it for good. Right answers below the common threshold
 * lower it step by step towards them, but never to where a wrong one was. Immutable.
 *
 * @param wrong the highest similarity of a wrong answer; 0 if there was none
 * @param right the lowest similarity of a right answer; 1 if there was none
 * @param rights how many right answers there were above {@code wrong}
 */
record LearntThreshold(double wrong, double right, int rights) {
    static final LearntThreshold NONE = new LearntThreshold(0, 1, 0);

    /** How far above a wrong answer a question must be. */
    private static final double MARGIN = 0.01;

    /** How far, at most, an entry's threshold may fall below the common one. */
    private static final double FALL_MAX = 0.05;

    /** After how many right answers half of the way is gone. */
    private static final double RIGHTS_HALF = 3;

    /** With one more verdict. */
    LearntThreshold with(double similarity, boolean isRight) {
        if (!isRight) {
            double highest = Math.max(wrong, similarity);
            return new LearntThreshold(highest, right > highest ? right : 1, right > highest ? rights : 0);
        }
        return similarity <= wrong ? this : new LearntThreshold(wrong, Math.min(right, similarity), rights + 1);
    }

    /** The similarity from which this entry is served, where others are from {@code common}. */
    double value(double common) {
        double low = Math.max(common - FALL_MAX, Math.min(common, right));
        double trusted = common - (common - low) * rights / (rights + RIGHTS_HALF);
        return Math.min(1, wrong > 0 ? Math.max(trusted, wrong + MARGIN) : trusted);
    }
}
