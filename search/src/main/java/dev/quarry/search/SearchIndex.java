package dev.quarry.search;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.VectorUtil;

/**
 * The serving index: finds nodes by words and names, and by the closeness of vectors.
 *
 * <p>It is derived from a store and says which of the store's commits it has reached, for text and vectors apart. A
 * directory that is damaged, or that another version wrote, is emptied when it is opened for writing, and says that it has
 * reached 0: fill it again. Searches see what {@link #commit} published and never half an update; they may run in any
 * number of threads beside one that writes. Writing itself is for one thread at a time.
 *
 * <p>Every method throws {@link QuarryException} with {@link ErrorCode#STORAGE} where the disk fails.
 */
public final class SearchIndex implements AutoCloseable {
    private static final String TEXT = "text";
    private static final String VECTORS = "vectors";
    private static final int HITS_MAX = 10_000;
    private static final int RERANKED = 100;

    static final Comparator<SearchHit> BEST_FIRST =
            Comparator.comparingDouble(SearchHit::score).reversed().thenComparing(SearchHit::id);

    private static final Comparator<SearchHit> NAMED_FIRST =
            Comparator.comparingDouble(SearchHit::named).reversed().thenComparing(BEST_FIRST);

    private final Path path;
    private final IndexFolder text;
    private final IndexFolder vectors;
    private final Words words = new Words();
    private final TermWeights weights;
    private final Similarity similarity;
    private final TextQueries queries;
    private final InstantVectors instant = new InstantVectors(this);
    private volatile Snapshot current;
    private boolean closed;

    private SearchIndex(Path path, IndexFolder text, IndexFolder vectors, TermWeights weights) {
        this.path = path;
        this.text = text;
        this.vectors = vectors;
        this.weights = weights;
        this.similarity = new BM25Similarity(weights.k1(), weights.b());
        this.queries = new TextQueries(words);
        this.current = snapshot();
    }

    /**
     * Opens the index in this directory for writing and searching, and makes it where it is missing.
     *
     * @throws QuarryException {@link ErrorCode#BUSY} if it is open for writing already, here or in another process
     */
    public static SearchIndex open(Path directory) {
        return open(directory, TermWeights.DEFAULT);
    }

    static SearchIndex open(Path directory, TermWeights weights) {
        IndexFolder text = IndexFolder.forWriting(directory.resolve(TEXT), () -> WriterConfigs.text(weights));
        try {
            IndexFolder vectors = IndexFolder.forWriting(directory.resolve(VECTORS), WriterConfigs::vectors);
            return new SearchIndex(directory, text, vectors, weights);
        } catch (RuntimeException e) {
            text.close();
            throw e;
        }
    }

    /**
     * Opens the index in this directory for searching only; takes no lock and works beside one who writes. It stays at the
     * commit that it found. Where there is no index that can be read, it is empty, has reached 0, and says why.
     */
    public static SearchIndex openReadOnly(Path directory) {
        IndexFolder text = IndexFolder.forReading(directory.resolve(TEXT));
        IndexFolder vectors = IndexFolder.forReading(directory.resolve(VECTORS));
        return new SearchIndex(directory, text, vectors, TermWeights.DEFAULT);
    }

    /**
     * Makes an index that begins as the last commits of another one, whose files it shares where the file system has hard
     * links; writing to one never changes the other. Needs no lock. What cannot be read is left out, and is then made anew
     * as for any index that has reached 0.
     *
     * @param to a directory without an index
     */
    public static void link(Path from, Path to) {
        IndexFolder.link(from.resolve(TEXT), to.resolve(TEXT));
        IndexFolder.link(from.resolve(VECTORS), to.resolve(VECTORS));
    }

    private Snapshot snapshot() {
        try {
            return new Snapshot(text, vectors, similarity);
        } catch (IOException e) {
            throw IndexFolder.failure(path, e);
        }
    }

    /** Adds documents, in place of those with the same id, and removes others. Seen after {@link #commit}. */
    public void update(Collection<SearchDocument> puts, Collection<NodeId> removed) {
        text.write(writer -> {
            for (NodeId id : removed) {
                writer.deleteDocuments(Fields.id(id));
            }
            for (SearchDocument document : puts) {
                writer.updateDocument(Fields.id(document.id()), Fields.text(document, words, weights));
            }
        });
    }

    /** Puts these documents in place of all that stand for this file. Seen after {@link #commitText}. */
    public void replaceFile(String file, Collection<SearchDocument> documents) {
        replaceFile(file, documents, Map.of());
    }

    /** The same, with the vectors of the instant tier of those nodes that have one; one of length 0 is left out. */
    public void replaceFile(String file, Collection<SearchDocument> documents, Map<NodeId, float[]> instant) {
        text.write(writer -> {
            writer.deleteDocuments(new Term(Fields.PATH, file));
            for (SearchDocument document : documents) {
                Document fields = Fields.text(document, words, weights);
                float[] unit = instant.get(document.id());
                if (unit != null && VectorUtil.dotProduct(unit, unit) > 0) {
                    Fields.addInstant(fields, unit);
                }
                writer.addDocument(fields);
            }
        });
    }

    /**
     * Adds vectors, in place of those with the same id, and removes others. Seen after {@link #commit}. A vector need not
     * be of length 1; one of length 0 is close to nothing and is left out.
     */
    public void updateVectors(Map<NodeId, float[]> puts, Collection<NodeId> removed) {
        vectors.write(writer -> {
            for (NodeId id : removed) {
                writer.deleteDocuments(Fields.id(id));
            }
            for (Map.Entry<NodeId, float[]> put : puts.entrySet()) {
                float[] unit = VectorUtil.l2normalize(put.getValue().clone(), false);
                if (VectorUtil.dotProduct(unit, unit) > 0) {
                    writer.updateDocument(Fields.id(put.getKey()), Fields.vector(put.getKey(), unit));
                } else {
                    writer.deleteDocuments(Fields.id(put.getKey()));
                }
            }
        });
    }

    /** Removes all documents; the next {@link #commitText} publishes it. */
    public void clearText() {
        text.write(writer -> writer.deleteAll());
    }

    /** Removes all vectors; the next {@link #commitVectors} publishes it. */
    public void clearVectors() {
        vectors.write(writer -> writer.deleteAll());
    }

    /** Makes all updates durable and lets searches see them: the index has now reached these commits of the store. */
    public void commit(long textSequence, long vectorSequence) {
        text.commit(textSequence, instant.model());
        vectors.commit(vectorSequence, vectorModel());
        publish();
    }

    /** Makes the updates of documents durable and lets searches see them: the text has reached this commit. */
    public void commitText(long sequence) {
        commitText(sequence, instant.model());
    }

    /** The same; all documents that should have a vector of the instant tier have one of this model. */
    public void commitText(long sequence, String instantModel) {
        text.commit(sequence, instantModel);
        publish();
    }

    /**
     * Makes the updates of vectors durable and lets searches see them: the vectors have reached this commit, and all of them
     * are of this model.
     */
    public void commitVectors(long sequence, String model) {
        vectors.commit(sequence, model);
        publish();
    }

    /** How many entries were removed or replaced and still take space that {@link #expunge} would give back. */
    public int removedCount() {
        return current.removed();
    }

    /** Gives the space of removed entries back, where they are more than a tenth of a file; searches go on meanwhile. */
    public void expunge() {
        long textSequence = textSequence();
        long vectorSequence = vectorSequence();
        text.write(IndexWriter::forceMergeDeletes);
        vectors.write(IndexWriter::forceMergeDeletes);
        commit(textSequence, vectorSequence);
    }

    /**
     * Brings all vectors together, so that a search walks one graph of them and not one for each part that was written:
     * worth minutes after many were added. Searches go on meanwhile.
     */
    public void mergeVectors() {
        long sequence = vectorSequence();
        vectors.write(writer -> writer.forceMerge(1));
        commitVectors(sequence, vectorModel());
    }

    private void publish() {
        Snapshot old = current;
        current = snapshot();
        release(old);
    }

    /** The commit of the store that the text has reached; 0 where it is empty. */
    public long textSequence() {
        return current.textSequence();
    }

    /** The commit of the store that the vectors have reached; 0 where they are empty. */
    public long vectorSequence() {
        return current.vectorSequence();
    }

    /** The model that the vectors are of; empty where they are empty, or nobody said. */
    public String vectorModel() {
        return current.vectorModel();
    }

    /** The vectors of the instant tier. */
    public InstantVectors instant() {
        return instant;
    }

    /** How many nodes can be found by text. */
    public int textCount() {
        return current.text().getIndexReader().numDocs();
    }

    /** The nodes that can be found by text, one for each document; a node that has several is there as often. */
    public List<NodeId> textIds() {
        return ids(Snapshot::text);
    }

    /**
     * For each node that can be found by text a sum over all that is indexed of its text: of equal texts the sums are equal,
     * of others as good as never. Reads the whole index.
     */
    public Map<NodeId, Long> textSums() {
        TextSums sums = new TextSums();
        onSnapshot(snapshot -> {
            for (LeafReaderContext leaf : snapshot.text().getIndexReader().leaves()) {
                sums.add(leaf.reader());
            }
            return List.of();
        });
        return sums.sums();
    }

    /** The nodes that have a vector, one for each document. */
    public List<NodeId> vectorIds() {
        return ids(Snapshot::vectors);
    }

    /** Why nothing can be found by text, with what helps; empty where that part of the index can be read. */
    public Optional<String> textProblem() {
        return problem(TEXT, text);
    }

    /** The same of the vectors. */
    public Optional<String> vectorProblem() {
        return problem(VECTORS, vectors);
    }

    private static Optional<String> problem(String part, IndexFolder folder) {
        String problem = folder.problem();
        return problem.isEmpty()
                ? Optional.empty()
                : Optional.of("the search index of " + part + " " + problem + " ('quarry index' makes it anew)");
    }

    /**
     * Reads all files of the last commits and compares their checksums; tells what is damaged, or not there at all, in no
     * more than a line.
     */
    public Optional<String> damage() {
        if (text.isDamaged()) {
            return Optional.of("the index of " + TEXT + " " + text.problem());
        }
        if (vectors.isDamaged()) {
            return Optional.of("the index of " + VECTORS + " " + vectors.problem());
        }
        return onSnapshot(SearchIndex::unreadable).stream().findFirst();
    }

    private static List<String> unreadable(Snapshot snapshot) throws IOException {
        try {
            for (IndexSearcher part : List.of(snapshot.text(), snapshot.vectors())) {
                for (LeafReaderContext leaf : part.getIndexReader().leaves()) {
                    leaf.reader().checkIntegrity();
                }
            }
            return List.of();
        } catch (IOException | RuntimeException e) {
            if (IndexFolder.isDamage(e)) {
                return List.of(IndexFolder.said(e));
            }
            throw e;
        }
    }

    private List<NodeId> ids(Function<Snapshot, IndexSearcher> part) {
        return onSnapshot(snapshot -> Fields.ids(part.apply(snapshot).getIndexReader()));
    }

    /** How many nodes have a vector. */
    public int vectorCount() {
        return current.vectors().getIndexReader().numDocs();
    }

    /**
     * The nodes that fit some words or a name best, at most {@code k}, the best first. A text that is the name of a symbol
     * has those symbols first, whatever else fits; then follow those whose names it begins, abbreviates or misspells. Any
     * text may be given; one without letters and digits finds nothing.
     */
    public List<SearchHit> text(String query, SearchFilter filter, int k) {
        if (k <= 0) {
            return List.of();
        }
        return onSnapshot(snapshot -> {
            Query passing = FilterQueries.of(filter);
            int limit = Math.min(k, HITS_MAX);
            Map<NodeId, SearchHit> found = new HashMap<>();
            TypedName typed = TypedName.read(query);
            if (!typed.name().isEmpty()) {
                for (SearchHit named : new SymbolSearch(snapshot, passing, typed).find(filter.kinds(), limit)) {
                    found.put(named.id(), named);
                }
            }
            Query words = new BooleanQuery.Builder()
                    .add(queries.of(query), Occur.MUST)
                    .add(passing, Occur.FILTER)
                    .build();
            for (SearchHit hit : new WordHits(snapshot.text(), query).of(words, Math.max(limit, RERANKED))) {
                found.merge(hit.id(), hit, (named, said) -> new SearchHit(named.id(), said.score(), named.named()));
            }
            return found.values().stream().sorted(NAMED_FIRST).limit(limit).toList();
        });
    }

    /**
     * The nodes whose vectors are closest to one of this model, at most {@code k}, the closest first; empty if the vectors
     * are of another model, as when they were replaced while the query was embedded.
     */
    public Optional<List<SearchHit>> vectors(String model, float[] query, SearchFilter filter, int k) {
        Snapshot before = current;
        String own = before.vectorModel();
        if (!own.isEmpty() && !own.equals(model)) {
            return Optional.empty();
        }
        List<SearchHit> hits = vectors(query, filter, k);
        return current.vectorModel().equals(own) ? Optional.of(hits) : Optional.empty();
    }

    /** The nodes whose vectors are closest to this one, at most {@code k}, the closest first. */
    public List<SearchHit> vectors(float[] query, SearchFilter filter, int k) {
        float[] unit = VectorUtil.l2normalize(query.clone(), false);
        if (k <= 0 || VectorUtil.dotProduct(unit, unit) == 0) {
            return List.of();
        }
        int limit = Math.min(k, HITS_MAX);
        return onSnapshot(snapshot -> new VectorSearch(snapshot, unit)
                .closest(filter, limit).stream().sorted(BEST_FIRST).limit(limit).toList());
    }

    /** Those of these nodes that a filter lets pass; what cannot be found by text passes none. */
    public Set<NodeId> passing(Collection<NodeId> nodes, SearchFilter filter) {
        if (nodes.isEmpty()) {
            return Set.of();
        }
        Set<NodeId> asked = Set.copyOf(nodes);
        return Set.copyOf(onSnapshot(snapshot -> List.copyOf(snapshot.nodes(asked, filter))));
    }

    /** What {@link #text} would score these nodes by their words; those that share no word with the query are left out. */
    public Map<NodeId, Float> textScores(String query, Collection<NodeId> nodes) {
        if (nodes.isEmpty()) {
            return Map.of();
        }
        List<SearchHit> hits = onSnapshot(snapshot -> {
            Query words = new BooleanQuery.Builder()
                    .add(queries.of(query), Occur.MUST)
                    .add(Fields.anyOf(nodes), Occur.FILTER)
                    .build();
            return new WordHits(snapshot.text(), query).of(words, nodes.size());
        });
        return scores(hits);
    }

    /**
     * For each file that holds a term of the query, in whichever of its declarations, the share of the terms that it holds,
     * 0 to 1, of those that any file holds; the rarer a term is among files, the more it counts.
     */
    public Map<String, Float> fileCoverage(String query) {
        return onSnapshot(snapshot ->
                        List.of(new FileCoverage(snapshot.text().getIndexReader()).of(queries.terms(query))))
                .getFirst();
    }

    /** The cosines of these nodes' vectors with this one; nodes without a vector are left out. */
    public Map<NodeId, Float> cosines(float[] query, Collection<NodeId> nodes) {
        float[] unit = VectorUtil.l2normalize(query.clone(), false);
        if (nodes.isEmpty() || VectorUtil.dotProduct(unit, unit) == 0) {
            return Map.of();
        }
        return scores(
                onSnapshot(snapshot -> new VectorSearch(snapshot, unit).found(Fields.anyOf(nodes), nodes.size())));
    }

    private static Map<NodeId, Float> scores(List<SearchHit> hits) {
        Map<NodeId, Float> scores = new HashMap<>();
        hits.forEach(hit -> scores.put(hit.id(), hit.score()));
        return scores;
    }

    /** A search that may fail. */
    interface Search<T> {
        List<T> on(Snapshot snapshot) throws IOException;
    }

    <T> List<T> onSnapshot(Search<T> search) {
        Snapshot snapshot = current;
        while (!snapshot.hold()) {
            if (snapshot == current) {
                throw new IllegalStateException("the search index '" + path + "' is closed");
            }
            snapshot = current;
        }
        try {
            return search.on(snapshot);
        } catch (IOException e) {
            throw IndexFolder.failure(path, e);
        } finally {
            release(snapshot);
        }
    }

    private void release(Snapshot snapshot) {
        try {
            snapshot.release();
        } catch (IOException e) {
            throw IndexFolder.failure(path, e);
        }
    }

    /** Gives the directory back; updates that were not committed are lost. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        release(current);
        text.close();
        vectors.close();
    }
}
