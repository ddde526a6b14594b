package dev.quarry.rag;

/** A question with its vector. Immutable. */
public final class CacheQuestion {
    private final String text;
    private final CacheScope scope;
    private final long sequence;
    private final float[] vector;
    private final QuestionGate gate;

    /**
     * A question.
     *
     * @param sequence the commit sequence of the graph that it is asked of
     * @param vector its embedding; need not be of length 1
     */
    public CacheQuestion(String text, CacheScope scope, long sequence, float[] vector) {
        this.text = text.strip();
        this.scope = scope;
        this.sequence = sequence;
        this.vector = vector.clone();
        this.gate = QuestionGate.of(this.text);
    }

    /** The question as it was asked. */
    public String text() {
        return text;
    }

    /** What must be the same. */
    public CacheScope scope() {
        return scope;
    }

    /** The commit sequence of the graph that it is asked of. */
    public long sequence() {
        return sequence;
    }

    float[] vector() {
        return vector;
    }

    QuestionGate gate() {
        return gate;
    }
}
