package dev.quarry.rag;

import dev.quarry.schema.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Keeps near-duplicates apart: one that would follow its like gives way to the next hit that is no such, and as good. */
final class Diversity {
    /** How many hits may be looked at for another one. */
    private static final int AHEAD = 5;

    /** How much less the other one's score may be, in units of the cosine. */
    static final double MARGIN = 0.05;

    private Diversity() {}

    /**
     * The same hits; where two neighbours would be near-duplicates, another one of the next few stands between them, if
     * its score is hardly less.
     */
    static <T> List<T> arrange(List<T> ranked, Function<T, Node> node, ToDoubleFunction<T> score) {
        List<T> rest = new ArrayList<>(ranked);
        List<T> arranged = new ArrayList<>(ranked.size());
        while (!rest.isEmpty()) {
            arranged.add(rest.remove(arranged.isEmpty() ? 0 : next(rest, node.apply(arranged.getLast()), node, score)));
        }
        return arranged;
    }

    private static <T> int next(List<T> rest, Node last, Function<T, Node> node, ToDoubleFunction<T> score) {
        double least = score.applyAsDouble(rest.getFirst()) - MARGIN;
        for (int i = 0; i < Math.min(AHEAD, rest.size()) && score.applyAsDouble(rest.get(i)) >= least; i++) {
            if (!isLike(last, node.apply(rest.get(i)))) {
                return i;
            }
        }
        return 0;
    }

    /** Equal but for layout and comments; or of one name, and equal but for identifiers and literals. */
    static boolean isLike(Node a, Node b) {
        return a.content().equals(b.content())
                || (a.shape() != null && a.shape().equals(b.shape()) && a.name().equals(b.name()));
    }
}
