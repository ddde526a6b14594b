package dev.quarry.bench;

import dev.quarry.bench.GraphScore.Result;
import dev.quarry.bench.Truth.Kind;
import dev.quarry.schema.GroundTruthLines;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The scores of one repository, row by row. */
final class GraphTable {
    /** The first line of the tab-separated form. */
    static final String HEAD = "library\tedges\tP\tR\tF1\tboth\tgraph_only\ttruth_only";

    private static final Set<Kind> ACCESSES = Set.of(Kind.READ, Kind.WRITE);

    /** Kinds that the graph's edges do not tell: of these only the recall is known. */
    private static final Set<Kind> WITHOUT_PRECISION = Set.of(Kind.LAMBDA_BODY, Kind.CHAINED, Kind.GENERIC);

    private final String library;
    private final Map<String, Result> rows = new LinkedHashMap<>();
    private final Set<String> recallOnly =
            WITHOUT_PRECISION.stream().map(GraphTable::name).collect(Collectors.toSet());

    private GraphTable(String library) {
        this.library = library;
    }

    /**
     * Indexes sources and scores the graph.
     *
     * @param jars what was compiled from the sources: jars or directories of classes
     * @param libraries the class path of the sources
     */
    static GraphTable of(String library, Path sources, List<Path> jars, List<Path> libraries) throws IOException {
        IndexedGraph graph = IndexedGraph.of(sources, libraries);
        GraphTable table = new GraphTable(library);
        List<Path> classPath = new ArrayList<>(jars);
        classPath.addAll(libraries);
        try (ClassPool pool = new ClassPool(classPath)) {
            List<Path> roots = new ArrayList<>();
            for (Path jar : jars) {
                roots.add(pool.root(jar));
            }
            table.score(graph, SubjectClasses.read(roots, graph.files()), pool);
        }
        return table;
    }

    private void score(IndexedGraph graph, Map<String, ClassModel> classes, ClassPool pool) throws IOException {
        Set<String> judged = classes.values().stream()
                .filter(TypeTruth::isNamed)
                .map(type -> ClassNames.binary(type.thisClass().asInternalName()))
                .collect(Collectors.toSet());
        BytecodeTruth code = new BytecodeTruth(classes, pool);
        Predicate<String> nothing = _ -> false;
        GraphScore calls = new GraphScore(code.calls(), graph.lines(GroundTruthLines.Kind.CALLS), judged, nothing);
        rows.put("CALLS", calls.all());
        rows.put("CALLS internal", calls.internal());
        for (Kind kind : Kind.values()) {
            if (!ACCESSES.contains(kind)) {
                rows.put(name(kind), calls.ofKind(kind));
            }
        }
        TypeTruth types = new TypeTruth(classes, pool);
        GraphScore above =
                new GraphScore(types.supertypes(), graph.lines(GroundTruthLines.Kind.INHERITS), judged, nothing);
        rows.put("EXTENDS", above.ofTargets("extends "));
        rows.put("IMPLEMENTS", above.ofTargets("implements "));
        rows.put("both internal", above.internal());
        GraphScore overrides =
                new GraphScore(types.overrides(), graph.lines(GroundTruthLines.Kind.OVERRIDES), judged, nothing);
        rows.put("OVERRIDES", overrides.all());
        rows.put("OVERRIDES internal", overrides.internal());
        Set<String> constants = TypeTruth.constants(classes.values());
        GraphScore fields = new GraphScore(
                code.fields(),
                graph.lines(GroundTruthLines.Kind.FIELDS),
                judged,
                field -> constants.contains(field) || pool.mayVanish(field));
        rows.put("READS and WRITES", fields.all());
        rows.put("READS", fields.ofKind(Kind.READ));
        rows.put("WRITES", fields.ofKind(Kind.WRITE));
    }

    private static String name(Kind kind) {
        return "CALLS " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The scores by row. */
    Map<String, Result> rows() {
        return rows;
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder(library + "\n");
        text.append(String.format(
                Locale.ROOT,
                "  %-24s %7s %7s %7s %9s %10s %10s%n",
                "edges",
                "P",
                "R",
                "F1",
                "both",
                "graph only",
                "truth only"));
        rows.forEach((name, result) -> text.append(String.format(
                Locale.ROOT,
                "  %-24s %7s %7s %7s %9d %10s %10d%n",
                name,
                recallOnly.contains(name) ? "-" : share(result.precision()),
                share(result.recall()),
                recallOnly.contains(name) ? "-" : share(result.f1()),
                result.both(),
                recallOnly.contains(name) ? "-" : Integer.toString(result.graphOnly()),
                result.truthOnly())));
        return text.toString();
    }

    /** For programs: lines under {@link #HEAD}. */
    List<String> tsv() {
        List<String> lines = new ArrayList<>();
        rows.forEach((name, result) -> {
            boolean recall = recallOnly.contains(name);
            lines.add(String.join(
                    "\t",
                    library,
                    name,
                    recall ? "" : share(result.precision()),
                    share(result.recall()),
                    recall ? "" : share(result.f1()),
                    Integer.toString(result.both()),
                    recall ? "" : Integer.toString(result.graphOnly()),
                    Integer.toString(result.truthOnly())));
        });
        return lines;
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4f", value);
    }
}
