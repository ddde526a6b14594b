package dev.quarry.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quarry.bench.Bootstrap.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalMeasuresTest {
    private static final double EXACT = 1e-12;

    @Test
    void measures_answersAtSecondAndFourthPlace_areThoseOfTheDefinitions() {
        RankMeasures measures = RankMeasures.of(List.of("x", "a", "y", "b"), Set.of("a", "b", "c"));
        assertThat(measures.mrr()).isEqualTo(0.5);
        assertThat(measures.recall10()).isCloseTo(2 / 3.0, within(EXACT));
        double gain = 1 / log2(3) + 1 / log2(5);
        double possible = 1 + 1 / log2(3) + 1 / log2(4);
        assertThat(measures.ndcg10()).isCloseTo(gain / possible, within(EXACT));
    }

    @Test
    void measures_answerAtTheEleventhPlace_countsForTheFirstFiftyOnly() {
        List<String> ranking =
                IntStream.rangeClosed(1, 60).mapToObj(Integer::toString).toList();
        assertThat(RankMeasures.of(ranking, Set.of("11"))).isEqualTo(new RankMeasures(0, 0, 1, 0));
        assertThat(RankMeasures.of(ranking, Set.of("51"))).isEqualTo(new RankMeasures(0, 0, 0, 0));
    }

    @Test
    void bootstrap_sameSeed_isReproducibleAndHoldsTheMean() {
        double[] values = IntStream.range(0, 200).mapToDouble(i -> i % 4).toArray();
        Interval interval = new Bootstrap(7).mean(values);
        assertThat(interval).isEqualTo(new Bootstrap(7).mean(values));
        assertThat(interval.low()).isBetween(1.2, 1.45);
        assertThat(interval.high()).isBetween(1.55, 1.8);
    }

    @Test
    void bootstrap_pairedP_tellsADifferenceFromNone() {
        double[] base = IntStream.range(0, 200).mapToDouble(i -> i % 5).toArray();
        double[] better = Arrays.stream(base).map(value -> value + (value % 2)).toArray();
        double[] moved = base.clone();
        moved[0] += 1;
        moved[1] -= 1;
        assertThat(new Bootstrap(1).pairedP(better, base)).isLessThan(0.001);
        assertThat(new Bootstrap(1).pairedP(moved, base)).isGreaterThan(0.5);
        assertThat(new Bootstrap(1).pairedP(base, base)).isEqualTo(1);
    }

    @Test
    void bootstrap_ratio_isPairedAndHoldsTheRatioOfTheMeans() {
        double[] base = IntStream.range(0, 200).mapToDouble(i -> 1 + i % 5).toArray();
        double[] twice = Arrays.stream(base).map(value -> 2 * value).toArray();
        Interval interval = new Bootstrap(3).ratio(twice, base);
        assertThat(interval.low()).isCloseTo(2, within(EXACT));
        assertThat(interval.high()).isCloseTo(2, within(EXACT));
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
