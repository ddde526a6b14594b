package dev.quarry.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/** The hits of a text by their words, each worth more the more of its name the text says. For one search. */
final class WordHits {
    /** What a name that the text says wholly adds to its score; less than lets a prefix pass an exact name. */
    private static final double SAID_NAME_WEIGHT = 0.25;

    private final IndexSearcher searcher;
    private final NameCoverage said;
    private final Map<String, Double> shares = new HashMap<>();
    private final List<SearchHit> hits = new ArrayList<>();

    WordHits(IndexSearcher searcher, String text) {
        this.searcher = searcher;
        this.said = NameCoverage.by(text);
    }

    /** The first {@code k} of a query, in no order. */
    List<SearchHit> of(Query query, int k) throws IOException {
        ScoreDoc[] found = searcher.search(query, k).scoreDocs;
        Arrays.sort(found, Comparator.comparingInt(each -> each.doc));
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        for (int from = 0; from < found.length; ) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found[from].doc, leaves));
            int end = leaf.docBase + leaf.reader().maxDoc();
            int to = from;
            while (to < found.length && found[to].doc < end) {
                to++;
            }
            add(leaf, Arrays.asList(found).subList(from, to));
            from = to;
        }
        return hits;
    }

    private void add(LeafReaderContext leaf, List<ScoreDoc> found) throws IOException {
        Fields.Names names = new Fields.Names(leaf.reader(), Fields.NAME);
        Fields.Ids ids = new Fields.Ids(leaf.reader());
        for (ScoreDoc each : found) {
            int document = each.doc - leaf.docBase;
            double share = shares.computeIfAbsent(names.name(document), said::of);
            float score = (float) (each.score * (1 + SAID_NAME_WEIGHT * share * share));
            hits.add(new SearchHit(ids.id(document), score));
        }
    }
}
