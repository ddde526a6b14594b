package dev.quarry.embed;

/** Makes one vector of a declaration's two: that of its whole text and that of the text's head. */
final class Pooling {
    /** Names this way of pooling in the ids of models; to be changed with it, so that no two ways are ever mixed. */
    static final String VERSION = "head.25";

    /** Chosen on development sets, where .25 to .75 are worth the same. */
    private static final double HEAD = 0.25;

    private Pooling() {}

    /** The unit vector of the text's and a quarter of the head's. */
    static float[] leaning(float[] text, float[] head) {
        double[] sum = new double[text.length];
        double squares = 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] = text[i] + HEAD * head[i];
            squares += sum[i] * sum[i];
        }
        double length = Math.sqrt(squares);
        float[] vector = new float[text.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = length == 0 ? text[i] : (float) (sum[i] / length);
        }
        return vector;
    }
}
