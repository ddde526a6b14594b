package dev.quarry.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;

/** Tells which files hold the terms of a query, in whichever of their declarations. */
final class FileCoverage {
    private final IndexReader reader;

    FileCoverage(IndexReader reader) {
        this.reader = reader;
    }

    /** For each file that holds a term, the share of the terms that it holds, each by how rare it is among files. */
    Map<String, Float> of(Set<String> terms) throws IOException {
        List<Set<String>> holders = new ArrayList<>();
        for (String term : terms) {
            holders.add(holders(new Term(Fields.TERMS, term)));
        }
        int files = files();
        Map<String, Float> shares = new HashMap<>();
        double all = 0;
        for (Set<String> paths : holders) {
            double rarity = Math.log(1 + (files - paths.size() + 0.5) / (paths.size() + 0.5));
            all += paths.isEmpty() ? 0 : rarity;
            paths.forEach(path -> shares.merge(path, (float) rarity, Float::sum));
        }
        float sum = (float) all;
        shares.replaceAll((_, share) -> share / sum);
        return shares;
    }

    /** How many files there are; counted twice where their documents lie in two segments, which is rare. */
    private int files() throws IOException {
        int files = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            files += DocValues.getSorted(leaf.reader(), Fields.PATH).getValueCount();
        }
        return files;
    }

    private Set<String> holders(Term term) throws IOException {
        Set<String> paths = new HashSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum documents = leaf.reader().postings(term, PostingsEnum.NONE);
            if (documents == null) {
                continue;
            }
            SortedDocValues path = DocValues.getSorted(leaf.reader(), Fields.PATH);
            FixedBitSet found = new FixedBitSet(path.getValueCount());
            Bits live = leaf.reader().getLiveDocs();
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if ((live == null || live.get(doc)) && path.advanceExact(doc)) {
                    found.set(path.ordValue());
                }
            }
            BitSetIterator ords = new BitSetIterator(found, 0);
            for (int ord = ords.nextDoc(); ord != DocIdSetIterator.NO_MORE_DOCS; ord = ords.nextDoc()) {
                paths.add(path.lookupOrd(ord).utf8ToString());
            }
        }
        return paths;
    }
}
