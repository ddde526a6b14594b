package dev.quarry.search;

import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Finds the symbols that a name stands for: first those that bear it, qualified or not, then those whose names it begins,
 * abbreviates, is a part of, or misspells; the type's name before the dot may be abbreviated too ({@code SU.isB}).
 */
final class SymbolSearch {
    private static final double EXACT = 1;
    private static final double EXACT_BUT_CASE = 0.96;
    /** Where only the last name fits and not what stands before it. */
    private static final double OTHER_OWNER = 0.3;

    private static final Comparator<SearchHit> BEST_FIRST =
            Comparator.comparingDouble(SearchHit::named).reversed().thenComparing(SearchHit::id);

    private final Snapshot snapshot;
    private final Query filter;

    /** Searches what the filter lets pass. */
    SymbolSearch(Snapshot snapshot, Query filter) {
        this.snapshot = snapshot;
        this.filter = filter;
    }

    /** The best {@code k} symbols for a name with dots between its parts, best first. */
    List<SearchHit> find(String symbol, int k) throws IOException {
        Map<NodeId, SearchHit> found = new HashMap<>();
        add(exact(symbol, EXACT), found);
        add(exact(symbol.toLowerCase(Locale.ROOT), EXACT_BUT_CASE), found);
        int dot = symbol.lastIndexOf('.');
        String name = symbol.substring(dot + 1);
        String owner = dot < 0 ? "" : symbol.substring(symbol.lastIndexOf('.', dot - 1) + 1, dot);
        Map<String, Double> names = snapshot.names().matches(name);
        if (owner.isEmpty()) {
            add(like(names, Map.of(), 1), found);
        } else {
            add(like(names, snapshot.owners().matches(owner), 1), found);
            if (found.isEmpty()) {
                add(like(names, Map.of(), OTHER_OWNER), found);
            }
        }
        return found.values().stream().sorted(BEST_FIRST).limit(k).toList();
    }

    private static void add(List<SearchHit> hits, Map<NodeId, SearchHit> found) {
        hits.forEach(hit -> found.merge(hit.id(), hit, (a, b) -> a.named() >= b.named() ? a : b));
    }

    private List<SearchHit> exact(String symbol, double score) throws IOException {
        List<SearchHit> hits = new ArrayList<>();
        forEach(new TermQuery(new Term(Fields.SYMBOL, symbol)), (leaf, documents, live) -> {
            Fields.Ids ids = new Fields.Ids(leaf.reader());
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live == null || live.get(doc)) {
                    hits.add(new SearchHit(ids.id(doc), 0, score));
                }
            }
        });
        return hits;
    }

    /** The symbols of these names, of these owners unless there are none to choose by. */
    private List<SearchHit> like(Map<String, Double> names, Map<String, Double> owners, double factor)
            throws IOException {
        List<SearchHit> hits = new ArrayList<>();
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(any(Fields.NAME, names.keySet()), Occur.FILTER);
        if (!owners.isEmpty()) {
            query.add(any(Fields.OWNER, owners.keySet()), Occur.FILTER);
        }
        forEach(query.build(), (leaf, documents, live) -> {
            Fields.Ids ids = new Fields.Ids(leaf.reader());
            Fields.Names name = new Fields.Names(leaf.reader(), Fields.NAME);
            Fields.Names owner = new Fields.Names(leaf.reader(), Fields.OWNER);
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live == null || live.get(doc)) {
                    double score = factor * names.getOrDefault(name.name(doc), 0.0);
                    if (!owners.isEmpty()) {
                        score *= owners.getOrDefault(owner.name(doc), 0.0);
                    }
                    if (score > 0) {
                        hits.add(new SearchHit(ids.id(doc), 0, score));
                    }
                }
            }
        });
        return hits;
    }

    private static Query any(String field, Collection<String> values) {
        return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }

    private interface Documents {
        void take(LeafReaderContext leaf, DocIdSetIterator documents, @Nullable Bits live) throws IOException;
    }

    private void forEach(Query query, Documents taker) throws IOException {
        IndexSearcher searcher = snapshot.text();
        Query filtered = new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(filter, Occur.FILTER)
                .build();
        Weight weight = searcher.createWeight(searcher.rewrite(filtered), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                taker.take(leaf, scorer.iterator(), leaf.reader().getLiveDocs());
            }
        }
    }
}
