package dev.quarry.search;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
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
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String term : terms(text)) {
            query.add(new TermQuery(new Term(Fields.TERMS, term)), Occur.SHOULD);
        }
        return query.build();
    }

    /** The terms that the query for a text looks for. */
    Set<String> terms(String text) {
        String bounded = text.length() <= TEXT_MAX_CHARS ? text : text.substring(0, TEXT_MAX_CHARS);
        Set<String> terms = new LinkedHashSet<>();
        words.question(bounded, terms::add);
        if (terms.isEmpty()) {
            words.name(bounded, terms::add);
        }
        if (terms.size() <= TERMS_MAX) {
            return terms;
        }
        Set<String> first = new LinkedHashSet<>();
        terms.stream().limit(TERMS_MAX).forEach(first::add);
        return first;
    }
}
