package dev.quarry.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.FSDirectory;

/** Vectors in Lucene as it comes: its default format, one segment. */
final class RawLucene implements AutoCloseable {
    private static final String VECTOR = "vector";
    private static final String NUMBER = "number";

    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private RawLucene(DirectoryReader reader) {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
    }

    /** The index of these vectors in a folder; made where it is missing. */
    static RawLucene open(Path folder, List<float[]> vectors) throws IOException {
        FSDirectory directory = FSDirectory.open(folder);
        if (!DirectoryReader.indexExists(directory)) {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
                for (int i = 0; i < vectors.size(); i++) {
                    Document document = new Document();
                    document.add(new KnnFloatVectorField(VECTOR, vectors.get(i), VectorSimilarityFunction.DOT_PRODUCT));
                    document.add(new NumericDocValuesField(NUMBER, i));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
        }
        return new RawLucene(DirectoryReader.open(directory));
    }

    /** The numbers of the closest, of so many candidates of the walk. */
    List<Integer> closest(float[] query, int candidates) throws IOException {
        ScoreDoc[] found =
                searcher.search(new KnnFloatVectorQuery(VECTOR, query, candidates), VectorsBench.K).scoreDocs;
        int[] documents =
                Arrays.stream(found).mapToInt(each -> each.doc).sorted().toArray();
        NumericDocValues numbers = MultiDocValues.getNumericValues(reader, NUMBER);
        List<Integer> ids = new ArrayList<>();
        for (int document : documents) {
            if (numbers.advanceExact(document)) {
                ids.add((int) numbers.longValue());
            }
        }
        return ids;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        reader.directory().close();
    }
}
