package dev.quarry.search;

import dev.quarry.schema.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * What a text and a declaration's string literals say word for word: who pastes a message wants the code that makes it, and
 * neither the rarity of its words nor its meaning tells that code from other code about the same thing.
 *
 * <p>A text is compared by its runs of three words, which are terms of the index. What a format puts in, as {@code %s}, ends
 * a run.
 */
public final class Quotations {
    private static final int RUN = 3;
    private static final int ASKED_MAX = 64;
    private static final int KEPT_MAX = 4_096;

    /** A quotation of so many runs leaves no doubt. */
    private static final double SURE = 4;

    /** In a longer text, a quotation of half of so many runs counts as one of half of the text. */
    private static final int TEXT_RUNS = 12;

    private static final Pattern HOLE = Pattern.compile("%[-#+ 0,(]*[\\d.$]*[a-zA-Z]|\\{\\w*\\}");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Set<String> runs;

    private Quotations(Set<String> runs) {
        this.runs = runs;
    }

    /**
     * The nodes whose string literals say what a text says, at most {@code k}, each with its worth as a quotation: how long
     * it is, and how much of the text, 0 to 1. Three words at least make one.
     */
    public static Map<NodeId, Float> of(String text, SearchIndex index, SearchFilter filter, int k) {
        Quotations quoted = in(text);
        if (quoted.runs.isEmpty()) {
            return Map.of();
        }
        Query runs = new BooleanQuery.Builder()
                .add(quoted.query(), Occur.MUST)
                .add(FilterQueries.of(filter), Occur.FILTER)
                .build();
        Map<NodeId, Float> worths = new HashMap<>();
        index.onSnapshot(snapshot -> new WordHits(snapshot.text(), "").of(runs, k))
                .forEach(hit -> worths.put(hit.id(), quoted.worth(hit.score())));
        return worths;
    }

    private static Quotations in(String text) {
        Set<String> runs = new LinkedHashSet<>();
        addRuns(text, runs, ASKED_MAX);
        return new Quotations(runs);
    }

    /** The terms of what the literals of a declaration's source say. */
    static Set<String> terms(String source) {
        Set<String> runs = new LinkedHashSet<>();
        Literals.of(source, literal -> {
            for (String part : HOLE.split(literal)) {
                addRuns(part, runs, KEPT_MAX);
            }
        });
        return runs;
    }

    private static void addRuns(String text, Set<String> runs, int max) {
        List<String> words = new ArrayList<>();
        for (String word : NO_WORD.split(text)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        for (int i = 0; i + RUN <= words.size() && runs.size() < max; i++) {
            runs.add(String.join(" ", words.subList(i, i + RUN)));
        }
    }

    /** Finds what has some of the runs, at least two if there are several, and scores it by how many it has. */
    private Query query() {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        for (String run : runs) {
            any.add(new ConstantScoreQuery(new TermQuery(new Term(Fields.QUOTE, run))), Occur.SHOULD);
        }
        return any.setMinimumNumberShouldMatch(Math.min(2, runs.size())).build();
    }

    /** How much of a quotation it is to have so many of the runs, 0 to 1: it must be long, and make up half of the text. */
    private float worth(float found) {
        double share = found / Math.min(TEXT_RUNS, runs.size());
        return (float) (Math.min(1, found / SURE) * Math.min(1, 2 * share));
    }
}
