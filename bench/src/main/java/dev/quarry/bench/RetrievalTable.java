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
import java.util.stream.Stream;

/** How good each way of asking is on one set. */
final class RetrievalTable {
    /** The first line of the tab-separated form. */
    static final String HEAD = "set\tway\tqueries\tMRR@10\tMRR@10_low\tMRR@10_high\tR@10\tR@50\tnDCG@10"
            + "\tratio_to_best_leg\tp_of_difference_to_best_leg";

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
                .max(Comparator.comparingDouble(way -> mean(way, RankMeasures::mrr)))
                .orElseThrow();
    }

    /** For people. */
    String text() {
        Way best = bestLeg();
        StringBuilder text = new StringBuilder("\n%s, %d questions; compared with %s%n"
                .formatted(set, values(best, RankMeasures::mrr).length, best.title()));
        text.append("%-17s %-21s %6s %6s %7s  %s%n".formatted("", "MRR@10", "R@10", "R@50", "nDCG@10", "MRR@10"));
        for (Way way : measures.keySet()) {
            Row row = row(way, best);
            text.append("%-17s %.3f (%.3f – %.3f) %6.3f %6.3f %7.3f  × %.3f, p %.4f%n"
                    .formatted(
                            way.title(),
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

    /** For programs: a line for each way. */
    List<String> tsv() {
        Way best = bestLeg();
        List<String> lines = new ArrayList<>();
        for (Way way : measures.keySet()) {
            Row row = row(way, best);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f\t%.4f",
                    set,
                    way.title(),
                    values(way, RankMeasures::mrr).length,
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
            double mrr, Interval interval, double recall10, double recall50, double ndcg10, double ratio, double p) {}

    private Row row(Way way, Way best) {
        double[] mrr = values(way, RankMeasures::mrr);
        return new Row(
                mean(way, RankMeasures::mrr),
                bootstrap.mean(mrr),
                mean(way, RankMeasures::recall10),
                mean(way, RankMeasures::recall50),
                mean(way, RankMeasures::ndcg10),
                mean(way, RankMeasures::mrr) / mean(best, RankMeasures::mrr),
                bootstrap.pairedP(mrr, values(best, RankMeasures::mrr)));
    }

    private double[] values(Way way, ToDoubleFunction<RankMeasures> measure) {
        return measures.getOrDefault(way, List.of()).stream()
                .mapToDouble(measure)
                .toArray();
    }

    private double mean(Way way, ToDoubleFunction<RankMeasures> measure) {
        return Arrays.stream(values(way, measure)).average().orElse(0);
    }
}
