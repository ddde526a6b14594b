package dev.quarry.bench;

import dev.quarry.bench.Bootstrap.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How good each way of asking is on one set. */
final class RetrievalTable {
    /** The first line of the tab-separated form. */
    static final String HEAD = "set\tway\tqueries\tMRR@10\tMRR@10_low\tMRR@10_high\tR@10\tR@50\tnDCG@10"
            + "\tratio_to_best_leg\tp_of_difference_to_best_leg";

    /**
     * Not a way of asking: for each question the better of the legs, as if it were known beforehand. What only chooses
     * between the legs cannot be better; what weighs them can be where both nearly have the answer.
     */
    private static final String ORACLE = "better leg of each";

    private final String set;
    private final Bootstrap bootstrap;
    private final Map<Way, List<RankMeasures>> measures = new EnumMap<>(Way.class);

    RetrievalTable(String set, Bootstrap bootstrap) {
        this.set = set;
        this.bootstrap = bootstrap;
    }

    void add(Way way, List<RankMeasures> ofQueries) {
        measures.put(way, List.copyOf(ofQueries));
    }

    /** The leg that is best without the others. */
    private Way bestLeg() {
        return Stream.of(Way.values())
                .filter(Way::isSingle)
                .max(Comparator.comparingDouble(way -> mean(mrr(way))))
                .orElseThrow();
    }

    /** For people. */
    String text() {
        Way best = bestLeg();
        StringBuilder text = new StringBuilder(
                "\n%s, %d questions; compared with %s%n".formatted(set, mrr(best).length, best.title()));
        text.append("%-18s %-21s %6s %6s %7s  %s%n".formatted("", "MRR@10", "R@10", "R@50", "nDCG@10", "MRR@10"));
        for (Row row : rows(best)) {
            text.append("%-18s %.3f (%.3f – %.3f) %6.3f %6.3f %7.3f  × %.3f, p %.4f%n"
                    .formatted(
                            row.title,
                            row.mrr,
                            row.interval.low(),
                            row.interval.high(),
                            row.recall10,
                            row.recall50,
                            row.ndcg10,
                            row.ratio,
                            row.p));
        }
        return text.toString();
    }

    /** For programs: a line for each way, and one for {@value #ORACLE}. */
    List<String> tsv() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows(bestLeg())) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f",
                    set,
                    row.title,
                    row.queries,
                    row.mrr,
                    row.interval.low(),
                    row.interval.high(),
                    row.recall10,
                    row.recall50,
                    row.ndcg10,
                    row.ratio,
                    row.p));
        }
        return lines;
    }

    private record Row(
            String title,
            int queries,
            double mrr,
            Interval interval,
            double recall10,
            double recall50,
            double ndcg10,
            double ratio,
            double p) {}

    private List<Row> rows(Way best) {
        double[] ofBest = mrr(best);
        List<Row> rows = new ArrayList<>();
        measures.forEach((way, ofQueries) -> rows.add(row(way.title(), ofQueries, ofBest)));
        rows.add(row(ORACLE, betterLegs(), ofBest));
        return rows;
    }

    private Row row(String title, List<RankMeasures> ofQueries, double[] ofBest) {
        double[] mrr = values(ofQueries, RankMeasures::mrr);
        return new Row(
                title,
                mrr.length,
                mean(mrr),
                bootstrap.mean(mrr),
                mean(values(ofQueries, RankMeasures::recall10)),
                mean(values(ofQueries, RankMeasures::recall50)),
                mean(values(ofQueries, RankMeasures::ndcg10)),
                mean(mrr) / mean(ofBest),
                bootstrap.pairedP(mrr, ofBest));
    }

    /** Of each question the leg that ranks its answer higher. */
    private List<RankMeasures> betterLegs() {
        List<List<RankMeasures>> legs = measures.entrySet().stream()
                .filter(way -> way.getKey().isSingle())
                .map(Map.Entry::getValue)
                .toList();
        return IntStream.range(0, legs.getFirst().size())
                .mapToObj(query -> legs.stream()
                        .map(leg -> leg.get(query))
                        .max(Comparator.comparingDouble(RankMeasures::mrr))
                        .orElseThrow())
                .toList();
    }

    private double[] mrr(Way way) {
        return values(measures.getOrDefault(way, List.of()), RankMeasures::mrr);
    }

    private static double[] values(List<RankMeasures> ofQueries, ToDoubleFunction<RankMeasures> measure) {
        return ofQueries.stream().mapToDouble(measure).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
