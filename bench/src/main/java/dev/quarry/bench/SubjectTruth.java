package dev.quarry.bench;

import dev.quarry.schema.GroundTruthLines;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All edges that a subject's class files show; graphs are compared with it as long as the class pool is open. */
final class SubjectTruth {
    private final Set<String> judged;
    private final Truth calls;
    private final Truth fields;
    private final Truth supertypes;
    private final Truth overrides;
    private final Predicate<String> leavesNoTrace;

    SubjectTruth(Map<String, ClassModel> classes, ClassPool pool) throws IOException {
        judged = classes.values().stream()
                .filter(TypeTruth::isNamed)
                .map(type -> ClassNames.binary(type.thisClass().asInternalName()))
                .collect(Collectors.toSet());
        BytecodeTruth code = new BytecodeTruth(classes, pool);
        calls = code.calls();
        fields = code.fields();
        TypeTruth types = new TypeTruth(classes, pool);
        supertypes = types.supertypes();
        overrides = types.overrides();
        Set<String> constants = TypeTruth.constants(classes.values());
        leavesNoTrace = field -> constants.contains(field) || pool.mayVanish(field);
    }

    GraphScore calls(IndexedGraph graph) {
        return score(graph, GroundTruthLines.Kind.CALLS, calls, _ -> false);
    }

    GraphScore fields(IndexedGraph graph) {
        return score(graph, GroundTruthLines.Kind.FIELDS, fields, leavesNoTrace);
    }

    GraphScore supertypes(IndexedGraph graph) {
        return score(graph, GroundTruthLines.Kind.INHERITS, supertypes, _ -> false);
    }

    GraphScore overrides(IndexedGraph graph) {
        return score(graph, GroundTruthLines.Kind.OVERRIDES, overrides, _ -> false);
    }

    private GraphScore score(IndexedGraph graph, GroundTruthLines.Kind kind, Truth truth, Predicate<String> vanishing) {
        return new GraphScore(truth, graph.lines(kind), judged, vanishing);
    }
}
