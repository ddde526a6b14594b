package dev.quarry.ingest;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a file of tests, or that may have tests, says of them.
 *
 * @param isTested whether it is a file of tests, or has one for certain
 * @param own its callables
 * @param marked those that an annotation makes tests
 * @param bearing those that bear annotation types of the repository, which follow
 * @param composed its annotation types, and those of the repository or of tests that they bear
 * @param named those that are tests if their type, which follows, is a test case
 * @param superclasses of its classes
 * @param calls of its callables, in the order of the text
 */
record TestFile(
        boolean isTested,
        Set<NodeId> own,
        Set<NodeId> marked,
        Map<NodeId, Set<NodeId>> bearing,
        Map<NodeId, Set<NodeId>> composed,
        Map<NodeId, NodeId> named,
        Map<NodeId, NodeId> superclasses,
        Map<NodeId, List<Edge>> calls) {
    private static final String TEST_NG = "org.testng.annotations.Test";
    /** Those that make tests also what bears an annotation type that bears them. */
    private static final Set<NodeId> COMPOSABLE = ids(
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.TestTemplate",
            "org.junit.jupiter.params.ParameterizedTest");

    private static final Set<NodeId> CLASS_ANNOTATIONS = ids(TEST_NG);
    private static final Set<NodeId> ANNOTATIONS = both(COMPOSABLE, ids("org.junit.Test", TEST_NG));

    /** The types of these names, wherever they come from: a jar, the repository, or nowhere that is known. */
    static Set<NodeId> ids(String... names) {
        Set<NodeId> ids = new HashSet<>();
        for (String name : names) {
            for (NodeKind kind :
                    List.of(NodeKind.LIBRARY_TYPE, NodeKind.UNRESOLVED, NodeKind.ANNOTATION, NodeKind.CLASS)) {
                ids.add(NodeId.of(kind, name, ""));
            }
        }
        return ids;
    }

    private static Set<NodeId> both(Set<NodeId> one, Set<NodeId> other) {
        Set<NodeId> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    /**
     * Empty for a file that says nothing of tests.
     *
     * @param mayCompose the annotation types of the repository at its declarations that may make these tests
     */
    static Optional<TestFile> of(FileFacts facts, Set<NodeId> mayCompose) {
        boolean isTestFile = facts.nodes().stream()
                .anyMatch(node -> node.kind() == NodeKind.FILE && Flags.has(node.flags(), Flags.TEST));
        Set<NodeId> annotated = annotatedWith(facts, ANNOTATIONS);
        if (!isTestFile && annotated.isEmpty() && mayCompose.isEmpty()) {
            return Optional.empty();
        }
        Map<NodeId, Node> callables = facts.nodes().stream()
                .filter(node -> node.kind().isCallable())
                .collect(Collectors.toMap(Node::id, node -> node));
        Set<NodeId> marked = new HashSet<>(annotated);
        marked.retainAll(callables.keySet());
        addMethodsOf(annotatedWith(facts, CLASS_ANNOTATIONS), facts, callables, marked);
        Map<NodeId, Set<NodeId>> bearing = borne(facts, NodeKind::isCallable, mayCompose);
        Map<NodeId, Set<NodeId>> composed =
                borne(facts, kind -> kind == NodeKind.ANNOTATION, both(COMPOSABLE, mayCompose));
        boolean isTested = isTestFile || !annotated.isEmpty();
        if (!isTested && bearing.isEmpty() && composed.isEmpty()) {
            return Optional.empty();
        }
        Map<NodeId, NodeId> named = new HashMap<>();
        Map<NodeId, NodeId> superclasses = new HashMap<>();
        Map<NodeId, List<Edge>> calls = new LinkedHashMap<>();
        for (Edge edge : facts.edges()) {
            switch (edge.kind()) {
                case CALLS ->
                    calls.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge);
                case EXTENDS -> superclasses.put(edge.from(), edge.to());
                case DECLARES -> {
                    Node member = callables.get(edge.to());
                    if (isTestFile && member != null && isNamedTest(member)) {
                        named.put(member.id(), edge.from());
                    }
                }
                default -> {
                    // says nothing of tests
                }
            }
        }
        return Optional.of(
                new TestFile(isTested, callables.keySet(), marked, bearing, composed, named, superclasses, calls));
    }

    /** The annotation types that make tests because of what they bear, at any distance. */
    static Set<NodeId> composed(Collection<TestFile> files) {
        Set<NodeId> found = new HashSet<>(COMPOSABLE);
        boolean isNew = true;
        while (isNew) {
            isNew = false;
            for (TestFile file : files) {
                for (Map.Entry<NodeId, Set<NodeId>> type : file.composed.entrySet()) {
                    isNew |= !Collections.disjoint(found, type.getValue()) && found.add(type.getKey());
                }
            }
        }
        return found;
    }

    /** Whether it is a file of tests, or has a test, given the annotation types that make tests. */
    boolean isTested(Set<NodeId> making) {
        return isTested
                || bearing.values().stream().anyMatch(annotations -> !Collections.disjoint(making, annotations));
    }

    /** The callables that an annotation makes tests, given the annotation types that make tests by what they bear. */
    Set<NodeId> marked(Set<NodeId> making) {
        Set<NodeId> all = new HashSet<>(marked);
        bearing.forEach((callable, annotations) -> {
            if (!Collections.disjoint(making, annotations)) {
                all.add(callable);
            }
        });
        return all;
    }

    /** What declarations of some kinds are annotated by, as far as it is one of these. */
    private static Map<NodeId, Set<NodeId>> borne(FileFacts facts, Predicate<NodeKind> kinds, Set<NodeId> wanted) {
        Set<NodeId> bearers = facts.nodes().stream()
                .filter(node -> kinds.test(node.kind()))
                .map(Node::id)
                .collect(Collectors.toSet());
        Map<NodeId, Set<NodeId>> borne = new HashMap<>();
        if (!bearers.isEmpty()) {
            facts.edges().stream()
                    .filter(edge -> isAnnotation(edge, wanted) && bearers.contains(edge.from()))
                    .forEach(edge -> borne.computeIfAbsent(edge.from(), _ -> new HashSet<>())
                            .add(edge.to()));
        }
        return borne;
    }

    /** Whether an edge leads from a declaration to one of these that stands at it. */
    private static boolean isAnnotation(Edge edge, Set<NodeId> wanted) {
        return edge.kind() == EdgeKind.ANNOTATED_BY && edge.role().isEmpty() && wanted.contains(edge.to());
    }

    private static Set<NodeId> annotatedWith(FileFacts facts, Set<NodeId> wanted) {
        return facts.edges().stream()
                .filter(edge -> isAnnotation(edge, wanted))
                .map(Edge::from)
                .collect(Collectors.toSet());
    }

    /** TestNG's annotation at a class makes all its public methods tests. */
    private static void addMethodsOf(
            Set<NodeId> types, FileFacts facts, Map<NodeId, Node> callables, Set<NodeId> into) {
        for (Edge edge : facts.edges()) {
            Node member =
                    edge.kind() == EdgeKind.DECLARES && types.contains(edge.from()) ? callables.get(edge.to()) : null;
            if (member != null
                    && member.kind() == NodeKind.METHOD
                    && Modifier.isPublic(member.flags())
                    && !Modifier.isStatic(member.flags())) {
                into.add(member.id());
            }
        }
    }

    private static boolean isNamedTest(Node node) {
        return node.kind() == NodeKind.METHOD
                && node.name().startsWith("test")
                && node.signature().equals("()");
    }
}
