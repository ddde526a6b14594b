package dev.quarry.search;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Finds the symbols that a name stands for: first those that bear it, qualified or not, then those whose names it begins,
 * abbreviates, is a part of, or misspells; the type's name before the dot may be abbreviated too ({@code SU.isB}). Of those
 * that bear it, a list of types prefers those with these parameters. For one search.
 */
final class SymbolSearch {
    private static final double EXACT = 1;
    private static final double EXACT_BUT_CASE = 0.96;
    /** Where the name fits with some of what stands before it, the last type at least, but not with all. */
    private static final double OTHER_PACKAGE = 0.95;
    /** For a type between angle brackets, if nothing bears the name before them. */
    private static final double ARGUMENT = 0.95;
    /** For the type before the last name, if none of its members fits that. */
    private static final double OWNER = 0.5;
    /** For the type whose constructor is named, where the language provides that and no text does. */
    private static final double OWNER_OF_IMPLICIT = 0.95;
    /** Where only the last name fits and not what stands before it. */
    private static final double OTHER_OWNER = 0.3;
    /** With a list of types, so that what bears the name comes first even where its parameters are others. */
    private static final double CASE_WITH_LIST = 0.9;

    private static final double LIKE_WITH_LIST = 0.8;

    private static final Comparator<SearchHit> BEST_FIRST =
            Comparator.comparingDouble(SearchHit::named).reversed().thenComparing(SearchHit::id);

    private final Snapshot snapshot;
    private final TypedName typed;
    private final Query all;
    private final Query types;
    private final double otherCase;
    private final double like;
    private final Map<NodeId, SearchHit> found = new HashMap<>();

    /** Searches what the filter lets pass. */
    SymbolSearch(Snapshot snapshot, Query filter, TypedName typed) {
        this.snapshot = snapshot;
        this.typed = typed;
        this.all = filter;
        this.types = new BooleanQuery.Builder()
                .add(FilterQueries.kinds(NodeKind.types()), Occur.FILTER)
                .add(filter, Occur.FILTER)
                .build();
        this.otherCase = EXACT_BUT_CASE * (typed.parameters().isEmpty() ? 1 : CASE_WITH_LIST);
        this.like = typed.parameters().isEmpty() ? 1 : LIKE_WITH_LIST;
    }

    /**
     * The best {@code k} symbols, best first.
     *
     * @param kinds those that the filter lets pass; empty for all
     */
    List<SearchHit> find(Set<NodeKind> kinds, int k) throws IOException {
        String name = typed.name();
        if (typed.isFile()) {
            add(exact(typed.literal(), EXACT, all));
            addFile(name);
        } else {
            addNamed(name);
        }
        boolean isOfConstructors =
                kinds.contains(NodeKind.CONSTRUCTOR) && kinds.stream().noneMatch(NodeKind::isType);
        boolean isCalledType = typed.parameters().isPresent() && TypedName.hasCapital(name);
        if (!typed.isConstructor() && isOfConstructors) {
            addNamed(name + TypedName.INIT);
        } else if (!typed.isConstructor() && isCalledType) {
            addExact(name + TypedName.INIT, EXACT, all);
        }
        return found.values().stream().sorted(BEST_FIRST).limit(k).toList();
    }

    /** Adds the type that a file is named after; the folders around its package do not count. */
    private void addFile(String name) throws IOException {
        String tail = name;
        while (!addExact(tail, EXACT, types) && tail.indexOf('.') >= 0) {
            tail = tail.substring(tail.indexOf('.') + 1);
        }
        if (found.isEmpty()) {
            add(like(snapshot.names().matches(tail), Map.of(), types));
        }
    }

    private void addNamed(String name) throws IOException {
        boolean isType = !typed.arguments().isEmpty() && TypedName.hasCapital(name);
        Query filter = isType ? types : all;
        int dot = name.lastIndexOf('.');
        String last = name.substring(dot + 1);
        if (last.startsWith("<")) {
            addSpecial(name, name.substring(0, dot));
            return;
        }
        boolean isWhole = addExact(name, EXACT, filter);
        boolean isEnd = !isWhole && addEnd(name, filter);
        if (isType && !isWhole && !isEnd) {
            for (String argument : typed.arguments()) {
                addExact(argument, ARGUMENT, types);
            }
        }
        Map<String, Double> names = snapshot.names().matches(last);
        if (dot < 0) {
            add(like(names, Map.of(), filter));
            return;
        }
        String before = name.substring(0, dot);
        addOfOwners(names, before, filter);
        boolean isNothing = found.isEmpty();
        if (!isWhole
                && (isEnd || like(names, Map.of(simple(before), EXACT), filter).isEmpty())) {
            add(exact(before, OWNER, types));
        }
        if (isNothing) {
            addExact(last, OTHER_OWNER, filter);
        }
    }

    /** Adds constructors or initializers; the type itself if it is there and its constructor is not written. */
    private void addSpecial(String name, String type) throws IOException {
        boolean isKnown = addExact(name, EXACT, all) || addExact(type, OWNER_OF_IMPLICIT, types);
        if (!isKnown) {
            addEnd(name, all);
        }
        addOfOwners(Map.of(name.substring(type.length() + 1), EXACT), type, all);
    }

    /** Adds what bears the longest end of a name that anything bears, which has its last type at least. */
    private boolean addEnd(String name, Query filter) throws IOException {
        boolean isNamed = false;
        for (String end = name; !isNamed && end.indexOf('.') < end.lastIndexOf('.'); ) {
            end = end.substring(end.indexOf('.') + 1);
            isNamed = addExact(end, OTHER_PACKAGE, filter);
        }
        return isNamed;
    }

    /** Adds what has these names and is declared in what the last name before them stands for. */
    private void addOfOwners(Map<String, Double> names, String before, Query filter) throws IOException {
        Map<String, Double> owners = snapshot.owners().matches(simple(before));
        if (!owners.isEmpty()) {
            add(like(names, owners, filter));
        }
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void add(List<SearchHit> hits) {
        hits.forEach(hit -> found.merge(hit.id(), hit, (a, b) -> a.named() >= b.named() ? a : b));
    }

    /** Adds what bears this name, in this case or another; tells whether there is any. */
    private boolean addExact(String name, double score, Query filter) throws IOException {
        Term lower = new Term(Fields.SYMBOL_LOWER, name.toLowerCase(Locale.ROOT));
        List<SearchHit> inOtherCase = bearing(lower, score * otherCase, filter);
        add(exact(name, score, filter));
        add(inOtherCase);
        return !inOtherCase.isEmpty();
    }

    private List<SearchHit> exact(String name, double score, Query filter) throws IOException {
        return bearing(new Term(Fields.SYMBOL, name), score, filter);
    }

    private List<SearchHit> bearing(Term name, double score, Query filter) throws IOException {
        List<SearchHit> hits = new ArrayList<>();
        forEach(new TermQuery(name), filter, (leaf, documents, live) -> {
            Fields.Ids ids = new Fields.Ids(leaf.reader());
            Fields.Names parameters = new Fields.Names(leaf.reader(), Fields.PARAMETERS);
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live == null || live.get(doc)) {
                    hits.add(new SearchHit(ids.id(doc), 0, score * fit(parameters, doc)));
                }
            }
        });
        return hits;
    }

    /** How well a document's parameters fit those that were written, if any were. */
    private double fit(Fields.Names parameters, int document) throws IOException {
        return typed.parameters().isEmpty()
                ? 1
                : ParameterTypes.fit(typed.parameters().get(), parameters.name(document));
    }

    /**
     * The symbols of these names, of these owners unless there are none to choose by. A constructor is found by its special
     * name and kept by that of its type; so it is exact where the latter is no name that is looked for.
     */
    private List<SearchHit> like(Map<String, Double> names, Map<String, Double> owners, Query filter)
            throws IOException {
        List<SearchHit> hits = new ArrayList<>();
        BooleanQuery.Builder query = new BooleanQuery.Builder().add(any(Fields.NAME, names.keySet()), Occur.FILTER);
        if (!owners.isEmpty()) {
            query.add(any(Fields.OWNER, owners.keySet()), Occur.FILTER);
        }
        forEach(query.build(), filter, (leaf, documents, live) -> {
            Fields.Ids ids = new Fields.Ids(leaf.reader());
            Fields.Names name = new Fields.Names(leaf.reader(), Fields.NAME);
            Fields.Names owner = new Fields.Names(leaf.reader(), Fields.OWNER);
            Fields.Names parameters = new Fields.Names(leaf.reader(), Fields.PARAMETERS);
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                if (live == null || live.get(doc)) {
                    double score = like * fit(parameters, doc) * names.getOrDefault(name.name(doc), EXACT);
                    if (!owners.isEmpty()) {
                        score *= owners.getOrDefault(owner.name(doc), 0.0);
                    }
                    if (score > 0) {
                        hits.add(new SearchHit(ids.id(doc), 0, score));
                    }
                }
            }
        });
        return hits;
    }

    private static Query any(String field, Collection<String> values) {
        return new TermInSetQuery(field, values.stream().map(BytesRef::new).toList());
    }

    private interface Documents {
        void take(LeafReaderContext leaf, DocIdSetIterator documents, @Nullable Bits live) throws IOException;
    }

    private void forEach(Query query, Query filter, Documents taker) throws IOException {
        IndexSearcher searcher = snapshot.text();
        Query filtered = new BooleanQuery.Builder()
                .add(query, Occur.FILTER)
                .add(filter, Occur.FILTER)
                .build();
        Weight weight = searcher.createWeight(searcher.rewrite(filtered), ScoreMode.COMPLETE_NO_SCORES, 1);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                taker.take(leaf, scorer.iterator(), leaf.reader().getLiveDocs());
            }
        }
    }
}
