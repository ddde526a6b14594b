package dev.quarry.bench;

import dev.quarry.bench.Bootstrap.Interval;
import dev.quarry.bench.ContextWay.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How much of what is needed each way of packing holds, on one set; the first way is compared with the others. */
final class ContextTable {
    /** The first line of the tab-separated form. */
    static final String HEAD = "set\tway\tquestions\trecall\trecall_low\trecall_high\tmean_tokens\tmean_declarations"
            + "\tratio_of_first\tratio_low\tratio_high";

    private final String set;
    private final Bootstrap bootstrap;
    private final Map<String, List<Measured>> ways = new LinkedHashMap<>();

    private record Measured(double recall, int tokens, int declarations) {}

    ContextTable(String set, Bootstrap bootstrap) {
        this.set = set;
        this.bootstrap = bootstrap;
    }

    /** Adds what a way has made of the next question. */
    void add(String way, double recall, Content content) {
        ways.computeIfAbsent(way, _ -> new ArrayList<>())
                .add(new Measured(recall, content.tokens(), content.documents().size()));
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder("%n%s%n".formatted(set));
        text.append(
                "%-18s %-21s %7s %6s  %s%n".formatted("", "recall", "tokens", "decls", "the first way is better by"));
        for (Row row : rows()) {
            text.append("%-18s %.3f (%.3f – %.3f) %7.0f %6.0f  × %.3f (%.3f – %.3f)%n"
                    .formatted(
                            row.way,
                            row.recall,
                            row.interval.low(),
                            row.interval.high(),
                            row.tokens,
                            row.declarations,
                            row.ratio,
                            row.ratios.low(),
                            row.ratios.high()));
        }
        return text.toString();
    }

    /** For programs: a line for each way. */
    List<String> tsv() {
        return rows().stream()
                .map(row -> String.format(
                        Locale.ROOT,
                        "%s\t%s\t%d\t%.4f\t%.4f\t%.4f\t%.0f\t%.0f\t%.4f\t%.4f\t%.4f",
                        set,
                        row.way,
                        row.questions,
                        row.recall,
                        row.interval.low(),
                        row.interval.high(),
                        row.tokens,
                        row.declarations,
                        row.ratio,
                        row.ratios.low(),
                        row.ratios.high()))
                .toList();
    }

    private record Row(
            String way,
            int questions,
            double recall,
            Interval interval,
            double tokens,
            double declarations,
            double ratio,
            Interval ratios) {}

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        double[] first = {};
        for (Map.Entry<String, List<Measured>> way : ways.entrySet()) {
            List<Measured> measured = way.getValue();
            double[] recalls = measured.stream().mapToDouble(Measured::recall).toArray();
            first = rows.isEmpty() ? recalls : first;
            rows.add(new Row(
                    way.getKey(),
                    recalls.length,
                    mean(recalls),
                    bootstrap.mean(recalls),
                    measured.stream().mapToInt(Measured::tokens).average().orElse(0),
                    measured.stream().mapToInt(Measured::declarations).average().orElse(0),
                    mean(first) / mean(recalls),
                    bootstrap.ratio(first, recalls)));
        }
        return rows;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
