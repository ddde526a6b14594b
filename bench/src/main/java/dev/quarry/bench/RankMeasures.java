package dev.quarry.bench;

import java.util.List;
import java.util.Set;

/**
 * How good one ranking is, each measure from 0 to 1.
 *
 * @param mrr 1 / rank of the first answer among the first ten; 0 if there is none
 * @param recall10 the share of the answers among the first ten
 * @param recall50 the same among the first fifty
 * @param ndcg10 the discounted gain of the first ten, as a share of what is possible
 */
record RankMeasures(double mrr, double recall10, double recall50, double ndcg10) {
    private static final int FIRST = 10;
    private static final int MORE = 50;

    /** Measures a ranking, best first, in which nothing is twice. */
    static RankMeasures of(List<String> ranking, Set<String> gold) {
        double mrr = 0;
        double gain = 0;
        int in10 = 0;
        int in50 = 0;
        for (int i = 0; i < Math.min(ranking.size(), MORE); i++) {
            if (gold.contains(ranking.get(i))) {
                in50++;
                if (i < FIRST) {
                    in10++;
                    gain += discount(i);
                    mrr = mrr == 0 ? 1.0 / (i + 1) : mrr;
                }
            }
        }
        double possible = 0;
        for (int i = 0; i < Math.min(gold.size(), FIRST); i++) {
            possible += discount(i);
        }
        return new RankMeasures(mrr, (double) in10 / gold.size(), (double) in50 / gold.size(), gain / possible);
    }

    private static double discount(int i) {
        return Math.log(2) / Math.log(i + 2.0);
    }
}
