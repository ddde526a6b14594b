package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import dev.quarry.schema.SharedFacts;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leads from each test to the callables outside of the tests that it calls, itself or through one helper
 * ({@link EdgeKind#TESTS}).
 *
 * <p>A test is a method with an annotation of JUnit's or TestNG's that makes it one, or a public one of a class with
 * TestNG's; or, in a file of tests, a method called
 * {@code test…} without parameters whose type extends JUnit 3's {@code TestCase} at any distance within such files. All
 * callables of a file that is a file of tests, or has a test, are the tests' own.
 */
final class TestLinks implements Derivation {
    private static final String TEST_CASE = "junit.framework.TestCase";
    private static final String TEST_NG = "org.testng.annotations.Test";
    private static final Set<String> ANNOTATIONS = Set.of(
            "org.junit.Test",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.TestTemplate",
            "org.junit.jupiter.params.ParameterizedTest",
            TEST_NG);

    private final Set<NodeId> annotations = ids(ANNOTATIONS);
    private final Set<NodeId> classAnnotations = ids(Set.of(TEST_NG));
    private final Set<NodeId> testCases = ids(Set.of(TEST_CASE));
    private final Set<NodeId> tests = new HashSet<>();
    private final Set<NodeId> own = new HashSet<>();
    private final Map<NodeId, NodeId> superclasses = new HashMap<>();
    private final Map<NodeId, NodeId> testNamed = new HashMap<>();
    private final Map<NodeId, List<Edge>> calls = new LinkedHashMap<>();

    /** The types of these names, wherever they come from: a jar, the repository, or nowhere that is known. */
    private static Set<NodeId> ids(Set<String> names) {
        Set<NodeId> ids = new HashSet<>();
        for (String name : names) {
            for (NodeKind kind :
                    List.of(NodeKind.LIBRARY_TYPE, NodeKind.UNRESOLVED, NodeKind.ANNOTATION, NodeKind.CLASS)) {
                ids.add(NodeId.of(kind, name, ""));
            }
        }
        return ids;
    }

    /** Whether a file has tests, or is a file of tests; others say nothing of them. */
    boolean concerns(FileFacts facts) {
        return isTestFile(facts) || !annotatedWith(facts, annotations).isEmpty();
    }

    private static boolean isTestFile(FileFacts facts) {
        return facts.nodes().stream()
                .anyMatch(node -> node.kind() == NodeKind.FILE && Flags.has(node.flags(), Flags.TEST));
    }

    @Override
    public void file(FileFacts facts) {
        boolean isTestFile = isTestFile(facts);
        Set<NodeId> annotated = annotatedWith(facts, annotations);
        if (!isTestFile && annotated.isEmpty()) {
            return;
        }
        Map<NodeId, Node> callables = facts.nodes().stream()
                .filter(node -> node.kind().isCallable())
                .collect(Collectors.toMap(Node::id, node -> node));
        own.addAll(callables.keySet());
        annotated.stream().filter(callables::containsKey).forEach(tests::add);
        addMethodsOf(annotatedWith(facts, classAnnotations), facts, callables);
        for (Edge edge : facts.edges()) {
            switch (edge.kind()) {
                case CALLS ->
                    calls.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge);
                case EXTENDS -> superclasses.put(edge.from(), edge.to());
                case DECLARES -> {
                    Node member = callables.get(edge.to());
                    if (isTestFile && member != null && isNamedTest(member)) {
                        testNamed.put(member.id(), edge.from());
                    }
                }
                default -> {
                    // says nothing of tests
                }
            }
        }
    }

    private static Set<NodeId> annotatedWith(FileFacts facts, Set<NodeId> wanted) {
        return facts.edges().stream()
                .filter(edge -> edge.kind() == EdgeKind.ANNOTATED_BY && wanted.contains(edge.to()))
                .map(Edge::from)
                .collect(Collectors.toSet());
    }

    /** TestNG's annotation at a class makes all its public methods tests. */
    private void addMethodsOf(Set<NodeId> types, FileFacts facts, Map<NodeId, Node> callables) {
        for (Edge edge : facts.edges()) {
            Node member =
                    edge.kind() == EdgeKind.DECLARES && types.contains(edge.from()) ? callables.get(edge.to()) : null;
            if (member != null
                    && member.kind() == NodeKind.METHOD
                    && Modifier.isPublic(member.flags())
                    && !Modifier.isStatic(member.flags())) {
                tests.add(member.id());
            }
        }
    }

    private static boolean isNamedTest(Node node) {
        return node.kind() == NodeKind.METHOD
                && node.name().startsWith("test")
                && node.signature().equals("()");
    }

    @Override
    public DerivedFacts finish(SharedFacts shared) {
        testNamed.forEach((method, type) -> {
            if (isTestCase(type)) {
                tests.add(method);
            }
        });
        Set<NodeId> outside = shared.nodes().stream().map(Node::id).collect(Collectors.toCollection(HashSet::new));
        List<Edge> edges = new ArrayList<>();
        for (NodeId test : tests) {
            Map<NodeId, Edge> exercised = new HashMap<>();
            List<Edge> made = calls.getOrDefault(test, List.of());
            made.stream().filter(call -> !outside.contains(call.to())).forEach(call -> {
                if (!own.contains(call.to())) {
                    exercised.putIfAbsent(call.to(), link(test, "direct", call, call));
                }
            });
            made.stream()
                    .filter(call -> own.contains(call.to()) && !tests.contains(call.to()))
                    .forEach(call -> calls.getOrDefault(call.to(), List.of()).stream()
                            .filter(inner -> !outside.contains(inner.to()) && !own.contains(inner.to()))
                            .forEach(inner -> exercised.putIfAbsent(inner.to(), link(test, "helper", call, inner))));
            edges.addAll(exercised.values());
        }
        return new DerivedFacts(List.of(), edges);
    }

    private boolean isTestCase(NodeId type) {
        Set<NodeId> met = new HashSet<>();
        NodeId next = type;
        while (next != null && met.add(next)) {
            if (testCases.contains(next)) {
                return true;
            }
            next = superclasses.get(next);
        }
        return false;
    }

    /** The place is that in the test; a helper's call is in another method. */
    private static Edge link(NodeId test, String role, Edge first, Edge last) {
        return new Edge(test, EdgeKind.TESTS, role, last.to(), last.found(), first.sites(), "");
    }
}
