package dev.quarry.search;

import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104ScalarQuantizedVectorsFormat.ScalarEncoding;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.similarities.BM25Similarity;

/** How the two indexes are written: with little memory, in the caller's thread. */
final class WriterConfigs {
    private static final double TEXT_BUFFER_MIB = 16;
    private static final double VECTOR_BUFFER_MIB = 48;

    /** Neighbours of a node in the graph of vectors, and how many are looked at when one is added. */
    private static final int NEIGHBOURS = 16;

    private static final int BEAM = 100;

    /** The percentage of a file's documents that may be removed ones: a file with more is worth writing anew. */
    static final double REMOVED_MAX_PERCENT = 10;

    private WriterConfigs() {}

    static IndexWriterConfig text(TermWeights weights) {
        return common(TEXT_BUFFER_MIB).setSimilarity(new BM25Similarity(weights.k1(), weights.b()));
    }

    static IndexWriterConfig vectors() {
        KnnVectorsFormat format =
                new Lucene104HnswScalarQuantizedVectorsFormat(ScalarEncoding.UNSIGNED_BYTE, NEIGHBOURS, BEAM);
        return common(VECTOR_BUFFER_MIB).setCodec(new Lucene104Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        });
    }

    private static IndexWriterConfig common(double bufferMib) {
        return new IndexWriterConfig(new KeywordAnalyzer())
                .setRAMBufferSizeMB(bufferMib)
                .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(REMOVED_MAX_PERCENT))
                .setMergeScheduler(new SerialMergeScheduler())
                .setCommitOnClose(false);
    }
}
