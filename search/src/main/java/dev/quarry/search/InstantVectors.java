package dev.quarry.search;

import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of the instant tier in a serving index. They are written with the text, document by document, and so are
 * always of the commit that the text has reached. All vectors must be of length 1. Safe for use by several threads.
 */
public final class InstantVectors {
    private static final int COMPARED_MIN = 1_000;
    private static final int COMPARED_FACTOR = 5;

    private final SearchIndex index;

    InstantVectors(SearchIndex index) {
        this.index = index;
    }

    /** The model that they are of; empty if there are none, or not for all documents that should have one. */
    public String model() {
        return index.onSnapshot(snapshot -> List.of(snapshot.instantModel())).getFirst();
    }

    /** How many nodes have one. */
    public int count() {
        return index.onSnapshot(snapshot ->
                        List.of(snapshot.text().count(new TermQuery(new Term(Fields.INSTANT, Fields.PRESENT)))))
                .getFirst();
    }

    /** The nodes whose vectors are closest to this one, at most {@code k}, the closest first, with their cosines. */
    public List<SearchHit> closest(float[] unit, SearchFilter filter, int k) {
        if (k <= 0) {
            return List.of();
        }
        return index.onSnapshot(snapshot -> {
            FixedBitSet chosen =
                    filter.equals(SearchFilter.all()) ? null : documents(snapshot.text(), FilterQueries.of(filter));
            int[] near = snapshot.instantCodes().nearest(unit, chosen, Math.max(COMPARED_MIN, COMPARED_FACTOR * k));
            return compared(snapshot.text().getIndexReader(), near, unit).stream()
                    .sorted(SearchIndex.BEST_FIRST)
                    .limit(k)
                    .toList();
        });
    }

    /** The cosines of these nodes' vectors with this one; nodes without one are left out. */
    public Map<NodeId, Float> cosines(float[] unit, Collection<NodeId> nodes) {
        if (nodes.isEmpty()) {
            return Map.of();
        }
        Map<NodeId, Float> cosines = new HashMap<>();
        index.onSnapshot(snapshot -> {
                    ScoreDoc[] found = snapshot.text().search(Fields.anyOf(nodes), nodes.size()).scoreDocs;
                    int[] documents = Arrays.stream(found)
                            .sorted(Comparator.comparingInt(each -> each.doc))
                            .mapToInt(each -> each.doc)
                            .toArray();
                    return compared(snapshot.text().getIndexReader(), documents, unit);
                })
                .forEach(hit -> cosines.put(hit.id(), hit.score()));
        return cosines;
    }

    /** The documents that have a vector, with their cosines; they must come in rising order. */
    private static List<SearchHit> compared(IndexReader reader, int[] documents, float[] unit) throws IOException {
        List<SearchHit> hits = new ArrayList<>(documents.length);
        List<LeafReaderContext> leaves = reader.leaves();
        int leafNumber = -1;
        @Nullable BinaryDocValues values = null;
        Fields.@Nullable Ids ids = null;
        for (int document : documents) {
            int number = ReaderUtil.subIndex(document, leaves);
            LeafReaderContext leaf = leaves.get(number);
            if (number != leafNumber) {
                leafNumber = number;
                values = leaf.reader().getBinaryDocValues(Fields.INSTANT);
                ids = new Fields.Ids(leaf.reader());
            }
            int own = document - leaf.docBase;
            if (values != null && ids != null && values.advanceExact(own)) {
                hits.add(new SearchHit(ids.id(own), InstantCodes.cosine(unit, values.binaryValue())));
            }
        }
        return hits;
    }

    private static FixedBitSet documents(IndexSearcher searcher, Query query) throws IOException {
        FixedBitSet documents = new FixedBitSet(searcher.getIndexReader().maxDoc());
        var weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                DocIdSetIterator passing = scorer.iterator();
                for (int own = passing.nextDoc(); own != DocIdSetIterator.NO_MORE_DOCS; own = passing.nextDoc()) {
                    documents.set(leaf.docBase + own);
                }
            }
        }
        return documents;
    }
}
