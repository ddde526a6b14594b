package dev.quarry.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.VectorUtil;

/**
 * Finds the vectors that are closest to one. Where a filter leaves few, all of these are compared, so that none is missed;
 * else a walk through the graph of vectors finds candidates. Scores are cosines of the vectors as they were given, not as
 * they are packed for the walk.
 */
final class VectorSearch {
    /** So many vectors are compared in a few milliseconds. */
    static final int COMPARED_MAX = 10_000;

    /** How many are compared at least, and at most for each one wanted: what is packed for the walk is nearly in order. */
    private static final int CANDIDATES_MIN = 40;

    private static final double CANDIDATES_FACTOR = 1.5;

    private final Snapshot snapshot;
    private final float[] unit;

    /** Compares with this vector of length 1. */
    VectorSearch(Snapshot snapshot, float[] unit) {
        this.snapshot = snapshot;
        this.unit = unit;
    }

    /** The closest {@code k} that the filter lets pass, in no order, and maybe some more. */
    List<SearchHit> closest(SearchFilter filter, int k) throws IOException {
        if (snapshot.vectors().getIndexReader().numDocs() == 0) {
            return List.of();
        }
        int candidates = Math.max(CANDIDATES_MIN, (int) (k * CANDIDATES_FACTOR));
        if (filter.equals(SearchFilter.all())) {
            return found(new KnnFloatVectorQuery(Fields.VECTOR, unit, candidates), candidates);
        }
        BitSetQuery chosen = snapshot.vectorFilter(filter);
        int count = chosen.count();
        if (count == 0) {
            return List.of();
        }
        return count <= COMPARED_MAX
                ? found(chosen, count)
                : found(new KnnFloatVectorQuery(Fields.VECTOR, unit, candidates, chosen), candidates);
    }

    /** What a query finds, with its cosines, in no order. */
    List<SearchHit> found(Query query, int limit) throws IOException {
        ScoreDoc[] found = snapshot.vectors().search(query, limit).scoreDocs;
        Arrays.sort(found, Comparator.comparingInt(each -> each.doc));
        List<LeafReaderContext> leaves = snapshot.vectors().getIndexReader().leaves();
        List<SearchHit> hits = new ArrayList<>(found.length);
        for (int from = 0; from < found.length; ) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found[from].doc, leaves));
            int end = leaf.docBase + leaf.reader().maxDoc();
            int to = from;
            while (to < found.length && found[to].doc < end) {
                to++;
            }
            compare(leaf, Arrays.asList(found).subList(from, to), hits);
            from = to;
        }
        return hits;
    }

    private void compare(LeafReaderContext leaf, List<ScoreDoc> found, List<SearchHit> hits) throws IOException {
        FloatVectorValues values = leaf.reader().getFloatVectorValues(Fields.VECTOR);
        if (values == null) {
            return;
        }
        DocIndexIterator documents = values.iterator();
        Fields.Ids ids = new Fields.Ids(leaf.reader());
        for (ScoreDoc each : found) {
            int document = each.doc - leaf.docBase;
            if (documents.advance(document) == document) {
                float cosine = VectorUtil.dotProduct(unit, values.vectorValue(documents.index()));
                hits.add(new SearchHit(ids.id(document), cosine));
            }
        }
    }
}
