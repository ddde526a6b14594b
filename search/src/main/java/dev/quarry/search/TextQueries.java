package dev.quarry.search;

import dev.quarry.schema.NodeKind;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** Makes queries of what people type. No text is a syntax error: it is split into terms. */
final class TextQueries {
    private static final int TERMS_MAX = 256;
    private static final int TEXT_MAX_CHARS = 20_000;

    private final Words words;

    TextQueries(Words words) {
        this.words = words;
    }

    /** The query for a text; it finds nothing where the text has no letter and no digit. */
    Query of(String text) {
        String bounded = text.length() <= TEXT_MAX_CHARS ? text : text.substring(0, TEXT_MAX_CHARS);
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String term : terms(bounded)) {
            query.add(new TermQuery(new Term(Fields.TERMS, term)), Occur.SHOULD);
        }
        return query.build();
    }

    private Set<String> terms(String text) {
        Set<String> terms = new LinkedHashSet<>();
        words.prose(text, terms::add);
        if (terms.isEmpty()) {
            words.name(text, terms::add);
        }
        if (terms.size() <= TERMS_MAX) {
            return terms;
        }
        Set<String> first = new LinkedHashSet<>();
        terms.stream().limit(TERMS_MAX).forEach(first::add);
        return first;
    }

    /** What lets the documents of a filter pass. */
    static Query of(SearchFilter filter) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        if (!filter.kinds().isEmpty()) {
            BooleanQuery.Builder kinds = new BooleanQuery.Builder();
            for (NodeKind kind : filter.kinds()) {
                kinds.add(new TermQuery(new Term(Fields.KIND, kind.name())), Occur.SHOULD);
            }
            query.add(kinds.build(), Occur.FILTER);
        }
        if (!filter.path().isEmpty()) {
            query.add(below(Fields.PATH, filter.path(), "/"), Occur.FILTER);
        }
        if (!filter.packageName().isEmpty()) {
            query.add(below(Fields.QUALIFIED, filter.packageName(), "."), Occur.FILTER);
        }
        if (!filter.tests()) {
            query.add(new TermQuery(Fields.test()), Occur.MUST_NOT);
        }
        for (int bits = filter.flags(); bits != 0; bits &= bits - 1) {
            String flag = Fields.flag(Integer.numberOfTrailingZeros(bits));
            query.add(new TermQuery(new Term(Fields.FLAG, flag)), Occur.FILTER);
        }
        return query.build();
    }

    private static Query below(String field, String name, String separator) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(field, name)), Occur.SHOULD)
                .add(new PrefixQuery(new Term(field, name + separator)), Occur.SHOULD)
                .build();
    }
}
