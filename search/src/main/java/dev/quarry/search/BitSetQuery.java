package dev.quarry.search;

import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorerSupplier;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/** Finds documents that were chosen before: a set for each segment, by the segment's identity. */
final class BitSetQuery extends Query {
    private final Map<Object, FixedBitSet> bits;

    BitSetQuery(Map<Object, FixedBitSet> bits) {
        this.bits = bits;
    }

    /** How many documents are chosen, deleted ones included. */
    int count() {
        return bits.values().stream().mapToInt(FixedBitSet::cardinality).sum();
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) {
        return new ConstantScoreWeight(this, boost) {
            @Override
            public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) {
                FixedBitSet chosen = bits.get(leaf.id());
                if (chosen == null) {
                    return null;
                }
                int count = chosen.cardinality();
                return ConstantScoreScorerSupplier.fromIterator(
                        new BitSetIterator(chosen, count),
                        score(),
                        scoreMode,
                        leaf.reader().maxDoc());
            }

            @Override
            public boolean isCacheable(LeafReaderContext leaf) {
                return false;
            }
        };
    }

    @Override
    public void visit(QueryVisitor visitor) {
        visitor.visitLeaf(this);
    }

    @Override
    public String toString(String field) {
        return "chosen documents";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BitSetQuery query && bits.equals(query.bits);
    }

    @Override
    public int hashCode() {
        return bits.keySet().hashCode();
    }
}
