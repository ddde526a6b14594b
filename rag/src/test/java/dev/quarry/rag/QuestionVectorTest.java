package dev.quarry.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuestionVectorTest {
    private static final int DIMENSION = 384;
    private static final long SEED = 5;

    @Test
    void cosine_ofRandomVectors_isTheirs() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 200; i++) {
            float[] first = random(random);
            float[] second = mixed(first, random(random), random.nextDouble());
            double cosine = cosine(first, second);
            QuestionVector one = QuestionVector.of(first);
            QuestionVector other = QuestionVector.of(second);
            assertThat(one.cosine(other)).as("seed %d", SEED).isCloseTo(cosine, within(0.01));
            assertThat(planesBetween(one, other))
                    .as("seed %d, cosine %f", SEED, cosine)
                    .isLessThanOrEqualTo(QuestionVector.planesMax(cosine));
        }
    }

    @Test
    void planesMax_growsWithTheAngle() {
        assertThat(QuestionVector.planesMax(1)).isZero();
        assertThat(QuestionVector.planesMax(0.9)).isLessThan(QuestionVector.planesMax(0.8));
        assertThat(QuestionVector.planesMax(0.86)).isLessThan(80);
    }

    @Test
    void of_noDirection_isRefused() {
        assertThatThrownBy(() -> QuestionVector.of(new float[3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> QuestionVector.of(new float[] {Float.NaN}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(QuestionVector.of(new float[] {1}).cosine(QuestionVector.of(new float[] {1, 2})))
                .isZero();
    }

    private static int planesBetween(QuestionVector one, QuestionVector other) {
        long[] sketches = new long[2 * QuestionVector.WORDS];
        other.copySketch(sketches, QuestionVector.WORDS);
        return one.planesTo(sketches, QuestionVector.WORDS);
    }

    @Test
    void planesTo_itself_isZero_andToTheOpposite_all() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int dimension : new int[] {3, 256, 384, 4_096}) {
            float[] vector = new float[dimension];
            float[] opposite = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                vector[i] = random.nextBoolean() ? 1 : -1;
                opposite[i] = -vector[i];
            }
            QuestionVector one = QuestionVector.of(vector);
            assertThat(planesBetween(one, one)).isZero();
            assertThat(planesBetween(one, QuestionVector.of(opposite)))
                    .as("seed %d, %d", SEED, dimension)
                    .isGreaterThan(QuestionVector.PLANES * 2 / 3);
        }
    }

    private static float[] random(SplittableRandom random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    private static float[] mixed(float[] first, float[] second, double share) {
        float[] mixed = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            mixed[i] = (float) (share * first[i] + (1 - share) * second[i]);
        }
        return mixed;
    }

    private static double cosine(float[] first, float[] second) {
        double dot = 0;
        double one = 0;
        double other = 0;
        for (int i = 0; i < DIMENSION; i++) {
            dot += (double) first[i] * second[i];
            one += (double) first[i] * first[i];
            other += (double) second[i] * second[i];
        }
        return dot / Math.sqrt(one * other);
    }
}
