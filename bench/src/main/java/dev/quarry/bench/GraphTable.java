package dev.quarry.bench;

import dev.quarry.bench.GraphScore.Result;
import dev.quarry.bench.Truth.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The scores of one graph, row by row. */
final class GraphTable {
    /** The first line of the tab-separated form. */
    static final String HEAD = "library\tjars\tedges\tP\tR\tF1\tboth\tgraph_only\ttruth_only";

    private static final Set<Kind> ACCESSES = Set.of(Kind.READ, Kind.WRITE);

    /** Kinds that the graph's edges do not tell: of these only the recall is known. */
    private static final Set<Kind> WITHOUT_PRECISION = Set.of(Kind.LAMBDA_BODY, Kind.CHAINED, Kind.GENERIC);

    private static final Set<String> RECALL_ONLY =
            WITHOUT_PRECISION.stream().map(GraphTable::name).collect(Collectors.toSet());

    /** The suffix of rows of edges that the graph calls certain: of these only the precision is known. */
    private static final String CERTAIN = " certain";

    private final String library;
    private final String jars;
    private final Map<String, Result> rows = new LinkedHashMap<>();
    private final List<String> differences = new ArrayList<>();

    private GraphTable(String library, String jars) {
        this.library = library;
        this.jars = jars;
    }

    /** Indexes sources and scores the graph: once with the class path, once without any jar. */
    static List<GraphTable> of(Subject subject) throws IOException {
        IndexedGraph graph = IndexedGraph.of(subject.sources(), subject.libraries());
        List<Path> classPath = new ArrayList<>(subject.classes());
        classPath.addAll(subject.libraries());
        try (ClassPool pool = new ClassPool(classPath)) {
            List<Path> roots = new ArrayList<>();
            for (Path jar : subject.classes()) {
                roots.add(pool.root(jar));
            }
            SubjectTruth truth = new SubjectTruth(SubjectClasses.read(roots, graph.files()), pool);
            if (subject.libraries().isEmpty()) {
                return List.of(new GraphTable(subject.name(), "none needed").score(graph, truth));
            }
            IndexedGraph bare = IndexedGraph.of(subject.sources(), List.of());
            return List.of(
                    new GraphTable(subject.name(), "all").score(graph, truth),
                    new GraphTable(subject.name(), "none").score(bare, truth));
        }
    }

    private GraphTable score(IndexedGraph graph, SubjectTruth truth) {
        GraphScore calls = truth.calls(graph);
        rows.put("CALLS", calls.all());
        rows.put("CALLS internal", calls.internal());
        for (Kind kind : Kind.values()) {
            if (!ACCESSES.contains(kind)) {
                rows.put(name(kind), calls.ofKind(kind));
            }
        }
        rows.put("CALLS" + CERTAIN, calls.certain());
        GraphScore above = truth.supertypes(graph);
        rows.put("EXTENDS", above.ofTargets("extends "));
        rows.put("IMPLEMENTS", above.ofTargets("implements "));
        rows.put("both internal", above.internal());
        GraphScore overrides = truth.overrides(graph);
        rows.put("OVERRIDES", overrides.all());
        rows.put("OVERRIDES internal", overrides.internal());
        GraphScore fields = truth.fields(graph);
        rows.put("READS and WRITES", fields.all());
        rows.put("READS", fields.ofKind(Kind.READ));
        rows.put("WRITES", fields.ofKind(Kind.WRITE));
        rows.put("READS and WRITES" + CERTAIN, fields.certain());
        for (GraphScore sort : List.of(calls, above, overrides, fields)) {
            sort.differences().forEach(line -> differences.add(library + "\t" + jars + "\t" + line));
        }
        return this;
    }

    private static String name(Kind kind) {
        return "CALLS " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The scores by row. */
    Map<String, Result> rows() {
        return rows;
    }

    /**
     * Each edge that only one side has: library, jars, {@code graph} or {@code truth}, {@code certain} or {@code guessed},
     * source, target.
     */
    List<String> differences() {
        return differences;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder(library + ", jars: " + jars + "\n");
        text.append(format(List.of("edges", "P", "R", "F1", "both", "graph only", "truth only")));
        rows.forEach((name, result) -> text.append(format(cells(name, result, "-"))));
        return text.toString();
    }

    private static String format(List<String> cells) {
        return String.format(Locale.ROOT, "  %-24s %7s %7s %7s %9s %10s %10s%n", cells.toArray());
    }

    /** For programs: lines under {@link #HEAD}. */
    List<String> tsv() {
        List<String> lines = new ArrayList<>();
        rows.forEach(
                (name, result) -> lines.add(library + "\t" + jars + "\t" + String.join("\t", cells(name, result, ""))));
        return lines;
    }

    /** With {@code unknown} for what the row cannot tell. */
    private static List<String> cells(String name, Result result, String unknown) {
        boolean precision = !RECALL_ONLY.contains(name);
        boolean recall = !name.endsWith(CERTAIN);
        return List.of(
                name,
                precision ? share(result.precision()) : unknown,
                recall ? share(result.recall()) : unknown,
                precision && recall ? share(result.f1()) : unknown,
                Integer.toString(result.both()),
                precision ? Integer.toString(result.graphOnly()) : unknown,
                recall ? Integer.toString(result.truthOnly()) : unknown);
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }
}
