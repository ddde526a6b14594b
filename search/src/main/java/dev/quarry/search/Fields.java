package dev.quarry.search;

import dev.quarry.schema.Flags;
import dev.quarry.schema.NodeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;

/** The fields of the two indexes. */
final class Fields {
    /** Changes whenever an index written before cannot be read as one written now. */
    static final String FORMAT = "5";

    static final String ID = "id";
    static final String TERMS = "terms";
    static final String QUOTE = "quote";
    static final String SYMBOL = "symbol";
    static final String SYMBOL_LOWER = "symbol_lower";
    static final String NAME = "name";
    static final String OWNER = "owner";
    static final String PARAMETERS = "parameters";
    static final String KIND = "kind";
    static final String PATH = "path";
    static final String QUALIFIED = "qualified";
    static final String FLAG = "flag";
    static final String ANNOTATION = "annotation";
    static final String VECTOR = "vector";
    static final String INSTANT = "instant";

    /** The term of the documents that have a vector of the instant tier. */
    static final String PRESENT = "1";

    private static final String ID_HIGH = "high";
    private static final String ID_LOW = "low";
    private static final FieldType WEIGHTED = new FieldType();

    static {
        WEIGHTED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        WEIGHTED.setTokenized(true);
        WEIGHTED.freeze();
    }

    private Fields() {}

    static Document text(SearchDocument from, Words words, TermWeights weights) {
        Document document = identified(from.id());
        document.add(new Field(TERMS, WeightedTerms.of(from, words, weights).stream(), WEIGHTED));
        for (String run : Quotations.terms(from.body())) {
            document.add(new StringField(QUOTE, run, Field.Store.NO));
        }
        for (String name : Symbols.namesOf(from)) {
            document.add(new StringField(SYMBOL, name, Field.Store.NO));
            document.add(new StringField(SYMBOL_LOWER, name.toLowerCase(Locale.ROOT), Field.Store.NO));
        }
        // The name of a constructor, which is read as that of its type, finds the type alone.
        document.add(new StringField(NAME, from.name(), Field.Store.NO));
        document.add(
                new SortedDocValuesField(NAME, new BytesRef(Symbols.parts(from).name())));
        String owner = Symbols.owner(from);
        document.add(new StringField(OWNER, owner, Field.Store.NO));
        document.add(new SortedDocValuesField(OWNER, new BytesRef(owner)));
        if (from.kind().isCallable()) {
            ParameterTypes.declared(from.declaration())
                    .ifPresent(types -> document.add(new SortedDocValuesField(PARAMETERS, new BytesRef(types))));
        }
        document.add(new StringField(KIND, from.kind().name(), Field.Store.NO));
        document.add(new StringField(PATH, from.path(), Field.Store.NO));
        document.add(new SortedDocValuesField(PATH, new BytesRef(from.path())));
        document.add(new StringField(QUALIFIED, from.qualifiedName(), Field.Store.NO));
        for (int bits = from.flags(); bits != 0; bits &= bits - 1) {
            document.add(new StringField(FLAG, flag(Integer.numberOfTrailingZeros(bits)), Field.Store.NO));
        }
        for (NodeId annotation : from.annotations()) {
            document.add(new StringField(ANNOTATION, new BytesRef(annotation.toBytes()), Field.Store.NO));
        }
        return document;
    }

    static Document vector(NodeId id, float[] vector) {
        Document document = identified(id);
        document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
        return document;
    }

    /** Adds a document's vector of the instant tier. */
    static void addInstant(Document document, float[] unit) {
        document.add(new BinaryDocValuesField(INSTANT, new BytesRef(InstantCodes.bytes(unit))));
        document.add(new StringField(INSTANT, PRESENT, Field.Store.NO));
    }

    private static Document identified(NodeId id) {
        Document document = new Document();
        document.add(new StringField(ID, new BytesRef(id.toBytes()), Field.Store.NO));
        document.add(new NumericDocValuesField(ID_HIGH, id.high()));
        document.add(new NumericDocValuesField(ID_LOW, id.low()));
        return document;
    }

    static Term id(NodeId id) {
        return new Term(ID, new BytesRef(id.toBytes()));
    }

    /** Finds the documents of these nodes. */
    static Query anyOf(Collection<NodeId> ids) {
        return anyOf(ID, ids);
    }

    /** Finds the documents of what bears an annotation of one of these types. */
    static Query annotatedBy(Collection<NodeId> types) {
        return anyOf(ANNOTATION, types);
    }

    private static Query anyOf(String field, Collection<NodeId> ids) {
        return new TermInSetQuery(
                field, ids.stream().map(id -> new BytesRef(id.toBytes())).toList());
    }

    /** The term of the flag with this number. */
    static String flag(int bit) {
        return Integer.toString(bit);
    }

    static Term test() {
        return new Term(FLAG, flag(Integer.numberOfTrailingZeros(Flags.TEST)));
    }

    /** The ids of all documents that are not deleted, in the order of the documents. */
    static List<NodeId> ids(IndexReader reader) throws IOException {
        List<NodeId> all = new ArrayList<>(reader.numDocs());
        for (LeafReaderContext leaf : reader.leaves()) {
            Ids ids = new Ids(leaf.reader());
            Bits live = leaf.reader().getLiveDocs();
            for (int document = 0; document < leaf.reader().maxDoc(); document++) {
                if (live == null || live.get(document)) {
                    all.add(ids.id(document));
                }
            }
        }
        return all;
    }

    /** Reads the ids of a segment's documents, which must be asked for in rising order. */
    static final class Ids {
        private final NumericDocValues high;
        private final NumericDocValues low;

        Ids(LeafReader reader) throws IOException {
            high = reader.getNumericDocValues(ID_HIGH);
            low = reader.getNumericDocValues(ID_LOW);
        }

        NodeId id(int document) throws IOException {
            if (!high.advanceExact(document) || !low.advanceExact(document)) {
                throw new IOException("a document of the search index has no id");
            }
            return new NodeId(high.longValue(), low.longValue());
        }
    }

    /** Reads the names, or the types of parameters, of a segment's documents, which must be asked for in rising order. */
    static final class Names {
        private final SortedDocValues names;

        Names(LeafReader reader, String field) throws IOException {
            names = DocValues.getSorted(reader, field);
        }

        /** The name, empty if there is none; a constructor has that of its type. */
        String name(int document) throws IOException {
            return names.advanceExact(document)
                    ? names.lookupOrd(names.ordValue()).utf8ToString()
                    : "";
        }
    }
}
