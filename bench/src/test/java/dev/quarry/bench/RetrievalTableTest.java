package dev.quarry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class RetrievalTableTest {
    private static final int WAY = 1;
    private static final int MRR = 3;
    private static final int RATIO = 9;

    private static List<RankMeasures> ranked(double... mrr) {
        return DoubleStream.of(mrr)
                .mapToObj(each -> new RankMeasures(each, 1, 1, each))
                .toList();
    }

    @Test
    void tsv_hasTheBetterLegOfEachQuestionBesideTheWays() {
        RetrievalTable table = new RetrievalTable("a set", new Bootstrap(1));
        table.add(Way.TEXT, ranked(1, 0, 0.5, 0.5));
        table.add(Way.VECTOR, ranked(0.5, 1, 0.5, 0.2));
        table.add(Way.FUSED, ranked(1, 1, 1, 0.2));

        List<List<String>> rows =
                table.tsv().stream().map(line -> List.of(line.split("\t"))).toList();

        assertThat(rows)
                .extracting(row -> row.get(WAY))
                .containsExactly("text alone", "vectors alone", "fused", "better leg of each");
        assertThat(rows).extracting(row -> row.get(MRR)).containsExactly("0.5000", "0.5500", "0.8000", "0.7500");
        assertThat(rows).extracting(row -> row.get(RATIO)).containsExactly("0.9091", "1.0000", "1.4545", "1.3636");
    }
}
