package dev.quarry.search;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.jspecify.annotations.Nullable;

/**
 * The terms of one document, each once with its weighted number of occurrences (BM25F: the fields are weighted before the
 * repetition of a term is damped).
 */
final class WeightedTerms {
    private static final int BODY_MAX_CHARS = 40_000;

    private final Map<String, int[]> counts = new HashMap<>();

    private WeightedTerms() {}

    static WeightedTerms of(SearchDocument document, Words words, TermWeights weights) {
        WeightedTerms terms = new WeightedTerms();
        Symbols.Parts parts = Symbols.parts(document);
        words.name(parts.name(), term -> terms.add(term, weights.name()));
        words.name(parts.owner(), term -> terms.add(term, weights.owner()));
        words.name(parts.qualifier(), term -> terms.add(term, weights.qualifier()));
        words.code(document.declaration(), term -> terms.add(term, weights.declaration()));
        words.prose(document.doc(), term -> terms.add(term, weights.doc()));
        String body = document.body();
        words.code(
                body.length() <= BODY_MAX_CHARS ? body : body.substring(0, BODY_MAX_CHARS),
                term -> terms.add(term, weights.body()));
        return terms;
    }

    private void add(String term, int weight) {
        if (weight > 0) {
            counts.computeIfAbsent(term, key -> new int[1])[0] += weight;
        }
    }

    /** These terms as an indexer takes them. */
    TokenStream stream() {
        return new Stream(counts);
    }

    private static final class Stream extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
        private final Map<String, int[]> counts;
        private @Nullable Iterator<Map.Entry<String, int[]>> rest;

        private Stream(Map<String, int[]> counts) {
            this.counts = counts;
        }

        @Override
        public void reset() {
            rest = counts.entrySet().iterator();
        }

        @Override
        public boolean incrementToken() {
            if (rest == null || !rest.hasNext()) {
                return false;
            }
            clearAttributes();
            Map.Entry<String, int[]> next = rest.next();
            term.append(next.getKey());
            frequency.setTermFrequency(next.getValue()[0]);
            return true;
        }
    }
}
