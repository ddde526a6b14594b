package dev.quarry.search;

import dev.quarry.schema.ErrorCode;
import dev.quarry.schema.QuarryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines of files that are only appended to, by words of a text that each line stands for. It lies in a folder of its
 * own, holds nothing that the files do not, and says how far it has read them. Used by one thread at a time.
 */
public final class TextLog implements AutoCloseable {
    private static final String ID = "id";
    private static final String FILE = "file";
    private static final String OFFSET = "offset";
    private static final String LENGTH = "length";
    private static final String ORDER = "order";
    private static final String WORD = "word";
    private static final Sort NEWEST = new Sort(new SortField(ORDER, SortField.Type.LONG, true));

    /** What stands between words, and the borders between the parts of a name. */
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final Pattern HUMP = Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})");
    private static final int WORD_MAX = 200;

    private final IndexFolder folder;
    private @Nullable DirectoryReader reader;
    private boolean behind;

    /** Where a line is. */
    public record Line(String id, String file, long offset, int length) {}

    /** How far the files were read: to this byte of this file, and all files before it. An empty name is none. */
    public record Reached(String file, long offset) {}

    private TextLog(IndexFolder folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, or makes it; one that cannot be read is emptied.
     *
     * @throws QuarryException BUSY if another process writes to it, STORAGE if the disk fails
     */
    public static TextLog open(Path path) {
        return new TextLog(IndexFolder.forWriting(path, () -> WriterConfigs.text(TermWeights.DEFAULT)));
    }

    /** How far the files had been read when that was made durable last. */
    public Reached reached() {
        try (DirectoryReader committed = folder.read()) {
            return new Reached(IndexFolder.model(committed), IndexFolder.sequence(committed));
        } catch (IOException e) {
            return new Reached("", 0);
        }
    }

    /**
     * Adds a line.
     *
     * @param order lines with a greater number are newer
     */
    public void add(Line line, long order, String text) {
        Document document = new Document();
        document.add(new StringField(ID, line.id(), Field.Store.YES));
        document.add(new StringField(FILE, line.file(), Field.Store.YES));
        document.add(new StoredField(OFFSET, line.offset()));
        document.add(new StoredField(LENGTH, line.length()));
        document.add(new NumericDocValuesField(ORDER, order));
        for (String word : words(text)) {
            document.add(new StringField(WORD, word, Field.Store.NO));
        }
        write(writer -> writer.addDocument(document));
    }

    /** Forgets the lines of a file. */
    public void remove(String file) {
        write(writer -> writer.deleteDocuments(new Term(FILE, file)));
    }

    /** Makes durable what was added, and that the files have been read so far. */
    public void commit(Reached reached) {
        folder.commit(reached.offset(), reached.file());
    }

    /** The newest lines whose text has words that begin with all of these; all lines if there are none. */
    public List<Line> find(String words, int limit) {
        List<String> wanted = words(words);
        if (wanted.isEmpty()) {
            return search(MatchAllDocsQuery.INSTANCE, limit);
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        wanted.forEach(word -> all.add(new PrefixQuery(new Term(WORD, word)), BooleanClause.Occur.FILTER));
        return search(all.build(), limit);
    }

    /** The line of this id. */
    public Optional<Line> get(String id) {
        return search(new TermQuery(new Term(ID, id)), 1).stream().findFirst();
    }

    private List<Line> search(Query query, int limit) {
        List<Line> lines = new ArrayList<>();
        folder.write(writer -> {
            DirectoryReader current = current(writer);
            IndexSearcher searcher = new IndexSearcher(current);
            StoredFields fields = searcher.storedFields();
            for (ScoreDoc hit : searcher.search(query, Math.max(1, limit), NEWEST).scoreDocs) {
                Document document = fields.document(hit.doc);
                lines.add(new Line(
                        document.get(ID),
                        document.get(FILE),
                        document.getField(OFFSET).numericValue().longValue(),
                        document.getField(LENGTH).numericValue().intValue()));
            }
        });
        return lines;
    }

    private DirectoryReader current(IndexWriter writer) throws IOException {
        DirectoryReader open = reader;
        if (open == null || behind) {
            DirectoryReader newer = DirectoryReader.open(writer);
            if (open != null) {
                open.close();
            }
            reader = newer;
            behind = false;
            return newer;
        }
        return open;
    }

    private void write(IndexFolder.Writing writing) {
        behind = true;
        folder.write(writing);
    }

    /** The words of a text in lower case, each once: whole names, and the parts of those that have several. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String name : BETWEEN.split(text)) {
            words.add(name);
            words.addAll(List.of(HUMP.split(name)));
        }
        return words.stream()
                .filter(word -> !word.isEmpty())
                .map(word ->
                        word.substring(0, Math.min(WORD_MAX, word.length())).toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** Gives the folder back; what was not made durable is lost. */
    @Override
    public void close() {
        try {
            if (reader != null) {
                reader.close();
            }
        } catch (IOException e) {
            throw new QuarryException(
                    ErrorCode.STORAGE, "the list of questions cannot be closed: " + e.getMessage(), e);
        } finally {
            folder.close();
        }
    }
}
