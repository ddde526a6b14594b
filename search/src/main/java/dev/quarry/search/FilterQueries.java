package dev.quarry.search;

import dev.quarry.schema.NodeKind;
import dev.quarry.search.SearchFilter.Code;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/** What lets the documents of a filter pass. */
final class FilterQueries {
    private FilterQueries() {}

    static Query of(SearchFilter filter) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        query.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        if (!filter.kinds().isEmpty()) {
            query.add(kinds(filter.kinds()), Occur.FILTER);
        }
        addPlaces(filter, query);
        if (!filter.annotations().isEmpty()) {
            query.add(Fields.annotatedBy(filter.annotations()), Occur.FILTER);
        }
        if (!filter.visibilities().isEmpty()) {
            query.add(visibilities(filter.visibilities()), Occur.FILTER);
        }
        if (filter.code() != Code.ALL) {
            query.add(new TermQuery(Fields.test()), filter.code() == Code.TEST ? Occur.FILTER : Occur.MUST_NOT);
        }
        filter.nodes().ifPresent(nodes -> query.add(Fields.anyOf(nodes), Occur.FILTER));
        return query.build();
    }

    /** What lets declarations of any of these kinds pass. */
    static Query kinds(Set<NodeKind> wanted) {
        BooleanQuery.Builder kinds = new BooleanQuery.Builder();
        for (NodeKind kind : wanted) {
            kinds.add(new TermQuery(new Term(Fields.KIND, kind.name())), Occur.SHOULD);
        }
        return kinds.build();
    }

    private static void addPlaces(SearchFilter filter, BooleanQuery.Builder query) {
        if (!filter.path().isEmpty()) {
            query.add(below(Fields.PATH, filter.path(), "/"), Occur.FILTER);
        }
        if (!filter.module().path().isEmpty()) {
            query.add(below(Fields.PATH, filter.module().path(), "/"), Occur.FILTER);
        }
        for (String nested : filter.module().nested()) {
            query.add(below(Fields.PATH, nested, "/"), Occur.MUST_NOT);
        }
        if (!filter.packageName().isEmpty()) {
            query.add(below(Fields.QUALIFIED, filter.packageName(), "."), Occur.FILTER);
        }
    }

    private static Query visibilities(Set<Visibility> wanted) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (Visibility visibility : wanted) {
            any.add(visibility == Visibility.PACKAGE ? ofPackage() : flag(visibility), Occur.SHOULD);
        }
        return any.build();
    }

    private static Query ofPackage() {
        BooleanQuery.Builder none = new BooleanQuery.Builder().add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
        for (Visibility said : Visibility.values()) {
            if (said != Visibility.PACKAGE) {
                none.add(flag(said), Occur.MUST_NOT);
            }
        }
        return none.build();
    }

    private static Query flag(Visibility visibility) {
        return new TermQuery(new Term(Fields.FLAG, Fields.flag(Integer.numberOfTrailingZeros(visibility.flag()))));
    }

    private static Query below(String field, String name, String separator) {
        return new BooleanQuery.Builder()
                .add(new TermQuery(new Term(field, name)), Occur.SHOULD)
                .add(new PrefixQuery(new Term(field, name + separator)), Occur.SHOULD)
                .build();
    }
}
