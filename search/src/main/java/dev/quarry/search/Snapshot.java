package dev.quarry.search;

import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The two indexes as one commit left them. Those who search hold it; the last to let go closes its files. Safe for use by
 * several threads.
 */
final class Snapshot {
    private static final int FILTERS_MAX = 16;

    private final @Nullable DirectoryReader textReader;
    private final @Nullable DirectoryReader vectorReader;
    private final IndexSearcher text;
    private final IndexSearcher vectors;
    private final Map<SearchFilter, BitSetQuery> vectorFilters = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SearchFilter, BitSetQuery> eldest) {
            return size() > FILTERS_MAX;
        }
    };
    private @Nullable NameList names;
    private @Nullable NameList owners;
    private @Nullable InstantCodes instantCodes;
    private int holders = 1;

    Snapshot(IndexFolder textFolder, IndexFolder vectorFolder, Similarity similarity) throws IOException {
        textReader = textFolder.read();
        vectorReader = vectorFolder.read();
        text = new IndexSearcher(textReader == null ? new MultiReader() : textReader);
        vectors = new IndexSearcher(vectorReader == null ? new MultiReader() : vectorReader);
        text.setSimilarity(similarity);
        text.setQueryCache(null);
        vectors.setQueryCache(null);
    }

    IndexSearcher text() {
        return text;
    }

    IndexSearcher vectors() {
        return vectors;
    }

    /** The simple names of all symbols; read when they are first asked for. */
    synchronized NameList names() throws IOException {
        if (names == null) {
            names = NameList.of(text.getIndexReader(), Fields.NAME);
        }
        return names;
    }

    /** The simple names of all that declares symbols; read when they are first asked for. */
    synchronized NameList owners() throws IOException {
        if (owners == null) {
            owners = NameList.of(text.getIndexReader(), Fields.OWNER);
        }
        return owners;
    }

    /** The vectors of the instant tier; read when they are first asked for. */
    synchronized InstantCodes instantCodes() throws IOException {
        if (instantCodes == null) {
            instantCodes = InstantCodes.of(text.getIndexReader());
        }
        return instantCodes;
    }

    /** The model that the vectors of the instant tier are of. */
    String instantModel() {
        return IndexFolder.model(textReader);
    }

    long textSequence() {
        return IndexFolder.sequence(textReader);
    }

    long vectorSequence() {
        return IndexFolder.sequence(vectorReader);
    }

    String vectorModel() {
        return IndexFolder.model(vectorReader);
    }

    /** How many documents were deleted and are still in files that are worth writing anew for it. */
    int removed() {
        return removed(text) + removed(vectors);
    }

    private static int removed(IndexSearcher searcher) {
        int removed = 0;
        for (LeafReaderContext part : searcher.getIndexReader().leaves()) {
            int inPart = part.reader().numDeletedDocs();
            boolean isWorthIt = 100.0 * inPart / part.reader().maxDoc() > WriterConfigs.REMOVED_MAX_PERCENT;
            removed += isWorthIt ? inPart : 0;
        }
        return removed;
    }

    /** Takes hold, unless the files are closed already. */
    synchronized boolean hold() {
        if (holders == 0) {
            return false;
        }
        holders++;
        return true;
    }

    /** Lets go. */
    void release() throws IOException {
        synchronized (this) {
            if (--holders > 0) {
                return;
            }
        }
        if (textReader != null) {
            textReader.close();
        }
        if (vectorReader != null) {
            vectorReader.close();
        }
    }

    /**
     * A filter's documents in the index of vectors. What a filter asks for is known to the index of text only, so the
     * nodes are looked up there, once for each filter.
     */
    BitSetQuery vectorFilter(SearchFilter filter) throws IOException {
        synchronized (vectorFilters) {
            BitSetQuery known = vectorFilters.get(filter);
            if (known == null) {
                known = new BitSetQuery(bits(nodes(FilterQueries.of(filter))));
                vectorFilters.put(filter, known);
            }
            return known;
        }
    }

    /** Those of these nodes that a filter lets pass. */
    Set<NodeId> nodes(Set<NodeId> asked, SearchFilter filter) throws IOException {
        return nodes(new BooleanQuery.Builder()
                .add(Fields.anyOf(asked), Occur.FILTER)
                .add(FilterQueries.of(filter), Occur.FILTER)
                .build());
    }

    private Set<NodeId> nodes(Query query) throws IOException {
        Set<NodeId> nodes = new HashSet<>();
        var weight = text.createWeight(text.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : text.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer == null) {
                continue;
            }
            Fields.Ids ids = new Fields.Ids(leaf.reader());
            var live = leaf.reader().getLiveDocs();
            DocIdSetIterator documents = scorer.iterator();
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live == null || live.get(doc)) {
                    nodes.add(ids.id(doc));
                }
            }
        }
        return nodes;
    }

    private Map<Object, FixedBitSet> bits(Set<NodeId> nodes) throws IOException {
        Map<Object, FixedBitSet> bits = new LinkedHashMap<>();
        for (LeafReaderContext leaf : vectors.getIndexReader().leaves()) {
            Fields.Ids ids = new Fields.Ids(leaf.reader());
            FixedBitSet wanted = new FixedBitSet(leaf.reader().maxDoc());
            for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
                if (nodes.contains(ids.id(doc))) {
                    wanted.set(doc);
                }
            }
            bits.put(leaf.id(), wanted);
        }
        return bits;
    }
}
