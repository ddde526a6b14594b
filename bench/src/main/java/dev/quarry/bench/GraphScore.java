package dev.quarry.bench;

import dev.quarry.bench.Truth.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Edges of a graph, compared with a truth.
 *
 * <p>Edges that start in a class outside of the truth are not judged; nor are those that the truth allows without asking
 * for them, those of members of anonymous classes, and uses of constants.
 */
final class GraphScore {
    /** How many edges are in both, in the graph only, and in the truth only. */
    record Result(int both, int graphOnly, int truthOnly) {
        double precision() {
            return ratio(both, both + graphOnly);
        }

        double recall() {
            return ratio(both, both + truthOnly);
        }

        double f1() {
            return ratio(2.0 * both, 2.0 * both + graphOnly + truthOnly);
        }

        private static double ratio(double part, double whole) {
            return whole == 0 ? Double.NaN : part / whole;
        }
    }

    private final Truth truth;
    private final Set<String> classes;
    private final Map<String, GraphEdge> graph = new TreeMap<>();

    /**
     * @param lines edges of the graph
     * @param classes the binary names of the classes that are judged
     * @param leavesNoTrace targets whose use class files need not show
     */
    GraphScore(Truth truth, Map<String, GraphEdge> lines, Set<String> classes, Predicate<String> leavesNoTrace) {
        this.truth = truth;
        this.classes = classes;
        lines.forEach((line, drawn) -> {
            if (!classes.contains(ClassNames.owner(line.substring(0, line.indexOf('\t'))))) {
                return;
            }
            String edge = truth.canonical(line);
            Truth.Entry entry = truth.edges().get(edge);
            boolean judged = entry == null
                    ? !ClassNames.isAnonymous(ClassNames.owner(target(edge))) && !leavesNoTrace.test(target(edge))
                    : entry.required();
            if (judged) {
                graph.merge(edge, drawn, GraphEdge::and);
            }
        });
    }

    private static String target(String line) {
        return line.substring(line.indexOf('\t') + 1);
    }

    private boolean isInternal(String line) {
        String target = target(line);
        return classes.contains(ClassNames.owner(target.substring(target.indexOf(' ') + 1)));
    }

    /** All edges. */
    Result all() {
        return count(_ -> true, _ -> true, _ -> true);
    }

    /** Edges between judged classes. */
    Result internal() {
        return count(this::isInternal, _ -> true, _ -> true);
    }

    /** Edges whose target's line begins so. */
    Result ofTargets(String prefix) {
        return count(line -> target(line).startsWith(prefix), _ -> true, _ -> true);
    }

    /** Edges of one kind: what is right or missing by the class files' word, what is wrong by the graph's. */
    Result ofKind(Kind kind) {
        return count(
                _ -> true,
                entry -> entry.kinds().contains(kind),
                drawn -> drawn.kinds().contains(kind));
    }

    /** Edges that the graph calls certain; none of the truth is asked for. */
    Result certain() {
        int both = 0;
        int graphOnly = 0;
        for (Map.Entry<String, GraphEdge> edge : graph.entrySet()) {
            if (edge.getValue().certain()) {
                if (truth.edges().containsKey(edge.getKey())) {
                    both++;
                } else {
                    graphOnly++;
                }
            }
        }
        return new Result(both, graphOnly, 0);
    }

    /** What differs, as lines: {@code graph} or {@code truth}, whichever has the edge; how sure the graph is; the edge. */
    List<String> differences() {
        List<String> lines = new ArrayList<>();
        graph.forEach((line, drawn) -> {
            if (!truth.edges().containsKey(line)) {
                lines.add("graph\t" + (drawn.certain() ? "certain" : "guessed") + "\t" + line);
            }
        });
        truth.edges().forEach((line, entry) -> {
            if (entry.required() && !graph.containsKey(line)) {
                lines.add("truth\t\t" + line);
            }
        });
        return lines;
    }

    private Result count(Predicate<String> lines, Predicate<Truth.Entry> required, Predicate<GraphEdge> extra) {
        int both = 0;
        int truthOnly = 0;
        for (Map.Entry<String, Truth.Entry> edge : truth.edges().entrySet()) {
            if (edge.getValue().required() && lines.test(edge.getKey()) && required.test(edge.getValue())) {
                if (graph.containsKey(edge.getKey())) {
                    both++;
                } else {
                    truthOnly++;
                }
            }
        }
        int graphOnly = (int) graph.entrySet().stream()
                .filter(edge -> !truth.edges().containsKey(edge.getKey()))
                .filter(edge -> lines.test(edge.getKey()) && extra.test(edge.getValue()))
                .count();
        return new Result(both, graphOnly, truthOnly);
    }
}
