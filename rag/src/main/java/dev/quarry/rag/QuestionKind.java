package dev.quarry.rag;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a question wants to know. Answers of one kind do not answer another, however alike the words are. */
enum QuestionKind {
    /** How many there are. */
    COUNT(true, "^how (many|much)\\b|^((what|which) (is )?)?(the )?(number|amount) of\\b|^count\\b"),
    /** How one thing differs from another. */
    COMPARE(
            false,
            "\\bdiffer(s|ence|ences|ent)?\\b|\\bvs\\b|\\bcompared? (to|with)\\b|\\bin"
                    + " common\\b|\\bbetter\\b|^should (i|we|one) .*\\bor\\b"),
    /** Whether something must be so, or be done; that it may is another question. */
    NECESSITY(false, "^must\\b|^(do|does|did) .*\\b(have|need) to\\b|^is it (necessary|required|mandatory|needed)\\b"),
    /** Whether something is so. */
    WHETHER(false, "^(is|are|was|were|does|do|did|can|could|will|would|has|have|should|may|must)\\b(?! (you|i|we) )"),
    /** All of some sort: what uses something, or is of a kind. */
    LIST(
            true,
            "^who\\b|\\bcallers?\\b|\\bcall"
                    + " sites?\\b|\\busages?\\b|\\bdependents?\\b|\\b(called|invoked|used|referenced) from\\b|^where"
                    + " .*\\b(called|used|invoked|referenced)\\b|^(what|which)( \\w+){0,2}"
                    + " (calls?|uses?|invokes?|references?|depends?)\\b|\\bimpact of\\b|\\baffected by\\b|\\b(would|will)"
                    + " break\\b|\\bbreaks? if\\b|^(list|enumerate|name|all|every|each)\\b|^(what|which) are"
                    + " (all|the)\\b(?! differences?)|^what (\\w+ )?are there\\b|^(which|what)"
                    + " (tests|classes|methods|types|files|modules|packages|fields|places|implementations"
                    + "|subclasses|routes|beans)\\b"),
    /** Why something is so. */
    REASON(false, "^why\\b"),
    /** Where something is. */
    PLACE(
            false,
            "^where\\b|^in (which|what) (?!way|order|format|case)|^(which|what)"
                    + " (file|class|package|place|location)\\b|^(the )?(location|place) (of|where)"),
    /** When something is. */
    TIME(false, "^when\\b"),
    /** What something is, how it works, how to do it; also what has no other sign. */
    EXPLAIN(false, "$^");

    private static final Set<QuestionKind> EXCLUSIVE =
            EnumSet.of(COUNT, COMPARE, NECESSITY, WHETHER, LIST, REASON, PLACE);

    private final boolean ofWholeGraph;
    private final Pattern signs;

    QuestionKind(boolean ofWholeGraph, String signs) {
        this.ofWholeGraph = ofWholeGraph;
        this.signs = Pattern.compile(signs);
    }

    /** Whether something new anywhere may change the answer, so that it holds for one state of the graph alone. */
    boolean isOfWholeGraph() {
        return ofWholeGraph;
    }

    /**
     * Whether one answer cannot serve both kinds: why something is so is not where, and neither is who does it. What is
     * asked without a sign of its kind may be any.
     */
    boolean contradicts(QuestionKind other) {
        return this != other && EXCLUSIVE.contains(this) && EXCLUSIVE.contains(other);
    }

    /** The first kind whose signs are in a plain question. */
    static QuestionKind of(String plain) {
        for (QuestionKind kind : List.of(values())) {
            if (kind.signs.matcher(plain).find()) {
                return kind;
            }
        }
        return EXPLAIN;
    }
}
