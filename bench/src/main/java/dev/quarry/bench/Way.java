package dev.quarry.bench;

import dev.quarry.rag.Leg;
import dev.quarry.rag.Retriever;
import dev.quarry.rag.SearchRequest;
import dev.quarry.rag.SearchResult.Hit;
import dev.quarry.rag.SearchResult.LegScore;
import dev.quarry.search.SearchFilter;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A way of asking the product. */
enum Way {
    TEXT("text alone"),
    VECTOR("vectors alone"),
    WITHOUT_GRAPH("text and vectors"),
    FUSED("fused");

    private final String title;

    Way(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    private Set<Leg> legs() {
        return switch (this) {
            case TEXT -> EnumSet.of(Leg.TEXT);
            case VECTOR -> EnumSet.of(Leg.VECTOR);
            case WITHOUT_GRAPH -> EnumSet.of(Leg.TEXT, Leg.VECTOR);
            case FUSED -> EnumSet.allOf(Leg.class);
        };
    }

    /** Whether this is one leg and nothing else. */
    boolean isSingle() {
        return this == TEXT || this == VECTOR;
    }

    /** What is found, best first: by one leg in the leg's own order, else in the order of the answer. */
    List<Hit> ask(Retriever retriever, String text, SearchFilter filter) {
        Set<Leg> legs = legs();
        List<Hit> hits = retriever
                .search(new SearchRequest(text, SearchRequest.LIMIT_MAX, filter, legs))
                .hits();
        if (!isSingle()) {
            return hits;
        }
        Leg leg = legs.iterator().next();
        return hits.stream()
                .sorted(Comparator.comparingInt((Hit hit) -> rank(hit, leg)))
                .toList();
    }

    private static int rank(Hit hit, Leg leg) {
        LegScore score = hit.legs().get(leg);
        return score == null || score.rank() == 0 ? Integer.MAX_VALUE : score.rank();
    }
}
