package dev.quarry.rag;

import dev.quarry.schema.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Keeps near-duplicates apart: one that would follow its like gives way to the next hit that is no such. */
final class Diversity {
    /** How many hits may be looked at for another one. */
    private static final int AHEAD = 5;

    private Diversity() {}

    /** The same hits; where two neighbours would be near-duplicates, another one of the next few stands between them. */
    static <T> List<T> arrange(List<T> ranked, Function<T, Node> node) {
        List<T> rest = new ArrayList<>(ranked);
        List<T> arranged = new ArrayList<>(ranked.size());
        while (!rest.isEmpty()) {
            arranged.add(arranged.isEmpty() ? rest.removeFirst() : next(rest, node.apply(arranged.getLast()), node));
        }
        return arranged;
    }

    private static <T> T next(List<T> rest, Node last, Function<T, Node> node) {
        for (int i = 0; i < Math.min(AHEAD, rest.size()); i++) {
            if (!isLike(last, node.apply(rest.get(i)))) {
                return rest.remove(i);
            }
        }
        return rest.removeFirst();
    }

    /** Equal but for layout and comments; or of one name, and equal but for identifiers and literals. */
    static boolean isLike(Node a, Node b) {
        return a.content().equals(b.content())
                || (a.shape() != null && a.shape().equals(b.shape()) && a.name().equals(b.name()));
    }
}
