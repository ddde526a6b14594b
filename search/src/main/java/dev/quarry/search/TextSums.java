package dev.quarry.search;

import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/**
 * Sums up what an index says of each document: its terms with their frequencies, and its names. Whether it has a vector of
 * the instant tier beside it is no part of its text.
 */
final class TextSums {
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private final Map<NodeId, Long> sums = new HashMap<>();

    Map<NodeId, Long> sums() {
        return sums;
    }

    /** Adds a segment's documents; those of one node are added up. */
    void add(LeafReader segment) throws IOException {
        long[] byDocument = new long[segment.maxDoc()];
        for (FieldInfo field : segment.getFieldInfos()) {
            if (field.getIndexOptions() != IndexOptions.NONE && !field.name.equals(Fields.INSTANT)) {
                addTerms(field.name, segment.terms(field.name), byDocument);
            }
            SortedDocValues names = segment.getSortedDocValues(field.name);
            if (names != null) {
                addNames(field.name, names, byDocument);
            }
        }
        Bits live = segment.getLiveDocs();
        Fields.Ids ids = new Fields.Ids(segment);
        for (int document = 0; document < byDocument.length; document++) {
            if (live == null || live.get(document)) {
                sums.merge(ids.id(document), 1 + byDocument[document], Long::sum);
            }
        }
    }

    private static void addTerms(String field, Terms terms, long[] byDocument) throws IOException {
        TermsEnum each = terms.iterator();
        PostingsEnum postings = null;
        for (BytesRef term = each.next(); term != null; term = each.next()) {
            long hash = hash(field, term);
            postings = each.postings(postings, PostingsEnum.FREQS);
            while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                byDocument[postings.docID()] += hash * (2L * postings.freq() + 1);
            }
        }
    }

    private static void addNames(String field, SortedDocValues names, long[] byDocument) throws IOException {
        while (names.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            byDocument[names.docID()] += hash(field, names.lookupOrd(names.ordValue())) * PRIME;
        }
    }

    private static long hash(String field, BytesRef value) {
        long high = StringHelper.murmurhash3_x86_32(value, field.hashCode());
        return (high << Integer.SIZE) ^ StringHelper.murmurhash3_x86_32(value, ~field.hashCode());
    }
}
