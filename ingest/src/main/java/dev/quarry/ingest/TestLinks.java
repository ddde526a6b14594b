package dev.quarry.ingest;

import dev.quarry.schema.DerivedFacts;
import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.FileFacts;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.SharedFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Leads from each test to the callables outside of the tests that it calls, itself or through one helper
 * ({@link EdgeKind#TESTS}).
 *
 * <p>A test is a method with an annotation of JUnit's or TestNG's that makes it one, or with one of the repository that
 * is composed of JUnit 5's, or a public one of a class with TestNG's; or, in a file of tests, a method called
 * {@code test…} without parameters whose type extends JUnit 3's {@code TestCase} at any distance within such files. All
 * callables of a file that is a file of tests, or has a test, are the tests' own.
 */
final class TestLinks implements Derivation {
    private static final Set<NodeId> TEST_CASES = TestFile.ids("junit.framework.TestCase");

    private final IdTable ids = new IdTable();
    /** From a callable to those of the tests that call it. */
    private final IntRelation callers = new IntRelation();

    private final Set<NodeId> marked = new HashSet<>();
    private final Set<NodeId> tests = new HashSet<>();
    private final Set<NodeId> own = new HashSet<>();
    private final Map<NodeId, NodeId> superclasses = new HashMap<>();
    private final Map<NodeId, NodeId> named = new HashMap<>();
    private final Map<NodeId, List<Edge>> calls = new HashMap<>();
    private final Set<NodeId> outside = new HashSet<>();
    /** The files that say something of tests, by their ids. */
    private final Map<NodeId, TestFile> files = new HashMap<>();

    private Set<NodeId> composed = Set.of();
    private CallNotes notes = new CallNotes();

    @Override
    public void notes(CallNotes next) {
        notes = next;
    }

    @Override
    public void file(FileFacts facts) {
        note(facts, notes);
    }

    private Optional<TestFile> note(FileFacts facts, CallNotes further) {
        Optional<TestFile> file = TestFile.of(facts, further.composed);
        file.ifPresent(found -> files.put(facts.file().id(), found));
        return file;
    }

    private void add(TestFile file) {
        own.addAll(file.own());
        marked.addAll(file.marked(composed));
        named.putAll(file.named());
        superclasses.putAll(file.superclasses());
        file.calls().forEach((caller, made) -> {
            calls.computeIfAbsent(caller, _ -> new ArrayList<>(made.size())).addAll(made);
            made.forEach(call -> callers.add(ids.add(call.to()), ids.add(caller)));
        });
    }

    private void remove(TestFile file) {
        own.removeAll(file.own());
        marked.removeAll(file.own());
        named.keySet().removeAll(file.named().keySet());
        superclasses.keySet().removeAll(file.superclasses().keySet());
        file.calls().forEach((caller, made) -> {
            calls.remove(caller);
            made.forEach(call -> callers.remove(ids.add(call.to()), ids.add(caller)));
        });
    }

    @Override
    public DerivedFacts finish(SharedFacts shared) {
        composed = TestFile.composed(files.values());
        files.values().stream().filter(file -> file.isTested(composed)).forEach(this::add);
        callers.close();
        tests.addAll(marked);
        named.keySet().stream().filter(this::isTest).forEach(tests::add);
        if (!files.isEmpty()) {
            shared.nodes().forEach(node -> outside.add(node.id()));
        }
        List<Edge> edges = new ArrayList<>();
        tests.forEach(test -> edges.addAll(links(test)));
        return new DerivedFacts(List.of(), edges);
    }

    private boolean isTest(NodeId callable) {
        NodeId type = named.get(callable);
        return marked.contains(callable) || (type != null && isTestCase(type));
    }

    private boolean isTestCase(NodeId type) {
        Set<NodeId> met = new HashSet<>();
        NodeId next = type;
        while (next != null && met.add(next)) {
            if (TEST_CASES.contains(next)) {
                return true;
            }
            next = superclasses.get(next);
        }
        return false;
    }

    private List<Edge> links(NodeId test) {
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
        return List.copyOf(exercised.values());
    }

    /** The place is that in the test; a helper's call is in another method. */
    private static Edge link(NodeId test, String role, Edge first, Edge last) {
        return new Edge(test, EdgeKind.TESTS, role, last.to(), last.found(), first.sites(), "");
    }

    /**
     * Takes over what has become of files, after {@link #finish}: what the tests that this bears on lead to from now on.
     *
     * @param sources takes the callables of which the result has all edges
     */
    List<Edge> replace(List<FileChange> changes, Set<NodeId> sources) {
        Changed taken = take(changes);
        List<TestFile> before = taken.before();
        List<TestFile> after = taken.after();
        if (before.isEmpty() && after.isEmpty()) {
            return List.of();
        }
        Set<NodeId> concerned = new HashSet<>();
        Map<NodeId, List<Edge>> callsBefore = new HashMap<>();
        for (TestFile file : before) {
            concerned.addAll(file.own());
            callsBefore.putAll(file.calls());
            remove(file);
        }
        Set<NodeId> ownBefore = Set.copyOf(concerned);
        for (TestFile file : after) {
            concerned.addAll(file.own());
            add(file);
        }
        callers.settle();
        boolean isLineTheSame = lines(before).equals(lines(after));
        Set<NodeId> changed = new HashSet<>(retested(isLineTheSame ? concerned : allNamed(concerned)));
        for (NodeId callable : concerned) {
            if (ownBefore.contains(callable) != own.contains(callable)) {
                changed.add(callable);
                forEachCaller(callable, changed::add);
            }
            if (!callsBefore.getOrDefault(callable, List.of()).equals(calls.getOrDefault(callable, List.of()))) {
                changed.add(callable);
            }
        }
        sources.addAll(changed);
        changed.forEach(callable -> forEachCaller(callable, sources::add));
        return sources.stream()
                .filter(tests::contains)
                .flatMap(test -> links(test).stream())
                .toList();
    }

    /** Files with tests that are to be taken back, and to be taken over. */
    private record Changed(List<TestFile> before, List<TestFile> after) {}

    /** The files with tests among those that changed; all where other annotation types make tests now. */
    private Changed take(List<FileChange> changes) {
        List<TestFile> before = new ArrayList<>();
        List<TestFile> after = new ArrayList<>();
        Set<NodeId> met = new HashSet<>();
        for (FileChange change : changes) {
            if (change.old() != null) {
                NodeId id = change.old().facts().file().id();
                met.add(id);
                Optional.ofNullable(files.remove(id)).ifPresent(before::add);
            }
            if (change.now() != null) {
                met.add(change.now().facts().file().id());
                note(change.now().facts(), change.now().notes()).ifPresent(after::add);
            }
        }
        if (!before.isEmpty() || !after.isEmpty()) {
            noteOutside(changes);
        }
        Set<NodeId> making = Stream.concat(before.stream(), after.stream())
                        .allMatch(file -> file.composed().isEmpty())
                ? composed
                : TestFile.composed(files.values());
        if (!making.equals(composed)) {
            files.forEach((id, file) -> {
                if (!met.contains(id)) {
                    before.add(file);
                    after.add(file);
                }
            });
        }
        before.removeIf(file -> !file.isTested(composed));
        after.removeIf(file -> !file.isTested(making));
        composed = making;
        return new Changed(before, after);
    }

    private void forEachCaller(NodeId callable, Consumer<NodeId> taker) {
        callers.forEach(ids.add(callable), caller -> taker.accept(ids.id(caller)));
    }

    private void noteOutside(List<FileChange> changes) {
        for (FileChange change : changes) {
            if (change.now() != null) {
                change.now().trace().leaves().stream().map(Node::id).forEach(outside::add);
            }
        }
    }

    private static Map<NodeId, NodeId> lines(List<TestFile> files) {
        Map<NodeId, NodeId> all = new HashMap<>();
        files.forEach(file -> all.putAll(file.superclasses()));
        return all;
    }

    private Set<NodeId> allNamed(Set<NodeId> concerned) {
        Set<NodeId> all = new HashSet<>(concerned);
        all.addAll(named.keySet());
        all.addAll(tests);
        return all;
    }

    /** Brings up to date whether these are tests; those that were not and are, or the other way round. */
    private Set<NodeId> retested(Set<NodeId> callables) {
        Set<NodeId> changed = new HashSet<>();
        for (NodeId callable : callables) {
            boolean isTest = isTest(callable);
            if (isTest ? tests.add(callable) : tests.remove(callable)) {
                changed.add(callable);
            }
        }
        return changed;
    }
}
