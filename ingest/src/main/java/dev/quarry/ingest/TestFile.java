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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a file of tests, or with tests, says of them.
 *
 * @param own its callables
 * @param marked those that an annotation makes tests
 * @param named those that are tests if their type, which follows, is a test case
 * @param superclasses of its classes
 * @param calls of its callables, in the order of the text
 */
record TestFile(
        Set<NodeId> own,
        Set<NodeId> marked,
        Map<NodeId, NodeId> named,
        Map<NodeId, NodeId> superclasses,
        Map<NodeId, List<Edge>> calls) {
    private static final String TEST_NG = "org.testng.annotations.Test";
    private static final Set<NodeId> ANNOTATIONS = ids(
            "org.junit.Test",
            "org.junit.jupiter.api.Test",
            "org.junit.jupiter.api.RepeatedTest",
            "org.junit.jupiter.api.TestFactory",
            "org.junit.jupiter.api.TestTemplate",
            "org.junit.jupiter.params.ParameterizedTest",
            TEST_NG);
    private static final Set<NodeId> CLASS_ANNOTATIONS = ids(TEST_NG);

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

    /** Empty for a file that says nothing of tests. */
    static Optional<TestFile> of(FileFacts facts) {
        boolean isTestFile = facts.nodes().stream()
                .anyMatch(node -> node.kind() == NodeKind.FILE && Flags.has(node.flags(), Flags.TEST));
        Set<NodeId> annotated = annotatedWith(facts, ANNOTATIONS);
        if (!isTestFile && annotated.isEmpty()) {
            return Optional.empty();
        }
        Map<NodeId, Node> callables = facts.nodes().stream()
                .filter(node -> node.kind().isCallable())
                .collect(Collectors.toMap(Node::id, node -> node));
        Set<NodeId> marked = new HashSet<>(annotated);
        marked.retainAll(callables.keySet());
        addMethodsOf(annotatedWith(facts, CLASS_ANNOTATIONS), facts, callables, marked);
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
        return Optional.of(new TestFile(callables.keySet(), marked, named, superclasses, calls));
    }

    private static Set<NodeId> annotatedWith(FileFacts facts, Set<NodeId> wanted) {
        return facts.edges().stream()
                .filter(edge -> edge.kind() == EdgeKind.ANNOTATED_BY
                        && edge.role().isEmpty()
                        && wanted.contains(edge.to()))
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
