package dev.quarry.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;

/**
 * The different names that a field of an index has, to be looked through for what was typed; without those of constructors,
 * which nobody types. Immutable.
 */
final class NameList {
    private static final double USE_WEIGHT = 0.008;
    private static final double USE_MAX = 0.05;
    private static final int MATCHES_MAX = 1_000;

    private final List<String> names = new ArrayList<>();
    private final long[] letters;
    private final double[] use;

    private NameList(Map<String, Integer> counts) {
        letters = new long[counts.size()];
        use = new double[counts.size()];
        counts.forEach((name, count) -> {
            int at = names.size();
            names.add(name);
            letters[at] = NameMatch.letters(name);
            use[at] = Math.min(USE_MAX, USE_WEIGHT * Math.log(count));
        });
    }

    static NameList of(IndexReader reader, String field) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms(field);
            if (terms == null) {
                continue;
            }
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                String name = term.utf8ToString();
                if (!name.startsWith("<")) {
                    counts.merge(name, each.docFreq(), Integer::sum);
                }
            }
        }
        return new NameList(counts);
    }

    /**
     * The names that this may stand for, with how well it does; of equally good ones those that more symbols bear count a
     * little more, since they are more likely to be meant.
     */
    Map<String, Double> matches(String typed) {
        NameMatch match = new NameMatch(typed);
        Map<String, Double> scores = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            double score = match.of(names.get(i), letters[i]);
            if (score > 0) {
                scores.put(names.get(i), score + use[i]);
            }
        }
        if (scores.size() > MATCHES_MAX) {
            List<String> worst = scores.entrySet().stream()
                    .sorted(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                    .limit(scores.size() - MATCHES_MAX)
                    .map(Map.Entry::getKey)
                    .toList();
            worst.forEach(scores::remove);
        }
        return scores;
    }
}
