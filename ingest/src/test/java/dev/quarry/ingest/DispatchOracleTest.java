package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a call may run equals what the virtual machine selects for each class that the receiver can have, over random
 * hierarchies of classes and interfaces with abstract, concrete and default methods.
 */
class DispatchOracleTest {
    private static final int HIERARCHIES = 120;
    private static final int METHODS = 2;

    @TempDir
    private Path root;

    @TempDir
    private Path classes;

    /** A type of a hierarchy: its text, and the types above it. */
    private record Type(String name, boolean isInterface, Set<Integer> methods, List<Type> above, String text) {
        boolean has(int method) {
            return methods.contains(method) || above.stream().anyMatch(type -> type.has(method));
        }
    }

    @Test
    void dispatch_ofRandomHierarchies_isWhatTheMachineSelects() throws Exception {
        long seed = Long.getLong("quarry.seed", new Random().nextLong());
        Random random = new Random(seed);
        Map<String, List<Type>> hierarchies = new TreeMap<>();
        for (int i = 0; i < HIERARCHIES; i++) {
            hierarchies.put("h" + i, hierarchy(random));
        }
        failing(hierarchies).forEach(hierarchies::remove);
        assertThat(failing(hierarchies)).as("seed " + seed).isEmpty();
        assertThat(hierarchies).as("seed " + seed).hasSizeGreaterThan(HIERARCHIES / 8);

        hierarchies.forEach((name, types) -> Graph.write(root, name + "/All.java", text(name, types)));
        Graph graph = Graph.of(root);

        Map<String, Set<String>> expected = selected(hierarchies, targets(graph));
        Map<String, Set<String>> found = found(graph);
        assertThat(expected).as("seed " + seed).isNotEmpty();
        for (Map.Entry<String, List<Type>> each : hierarchies.entrySet()) {
            assertThat(of(each.getKey(), found))
                    .as("seed " + seed + "\n" + text(each.getKey(), each.getValue()))
                    .isEqualTo(of(each.getKey(), expected));
        }
    }

    private static List<Type> hierarchy(Random random) {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            boolean isInterface = i < 4;
            List<Type> above = new ArrayList<>();
            List<Type> superinterfaces = types.stream()
                    .filter(type -> type.isInterface() && random.nextInt(3) == 0)
                    .toList();
            List<Type> superclasses = types.stream()
                    .filter(type -> !type.isInterface() && random.nextInt(2) == 0)
                    .limit(1)
                    .toList();
            above.addAll(superinterfaces);
            StringBuilder head = new StringBuilder();
            boolean isAbstract = !isInterface && random.nextInt(3) == 0;
            if (!isInterface && !superclasses.isEmpty()) {
                above.addAll(superclasses);
                head.append(" extends ").append(superclasses.getFirst().name());
            }
            if (!superinterfaces.isEmpty()) {
                head.append(isInterface ? " extends " : " implements ")
                        .append(superinterfaces.stream().map(Type::name).collect(Collectors.joining(", ")));
            }
            String name = "T" + i;
            Set<Integer> methods = new HashSet<>();
            StringBuilder body = new StringBuilder();
            for (int method = 0; method < METHODS; method++) {
                if (random.nextInt(5) < 2) {
                    methods.add(method);
                    body.append(method(random, method, isInterface, isAbstract));
                }
            }
            String kind = isInterface ? "interface " : isAbstract ? "abstract class " : "class ";
            types.add(new Type(name, isInterface, methods, above, kind + name + head + " {" + body + "}\n"));
        }
        return types;
    }

    private static String method(Random random, int method, boolean isInterface, boolean mayBeAbstract) {
        String head = "void m" + method + "()";
        if (isInterface) {
            return random.nextBoolean() ? " " + head + ";" : " default " + head + " {}";
        }
        return mayBeAbstract && random.nextInt(3) == 0 ? " public abstract " + head + ";" : " public " + head + " {}";
    }

    private static String text(String hierarchy, List<Type> types) {
        StringBuilder text = new StringBuilder("package " + hierarchy + ";\n");
        types.forEach(type -> text.append(type.text()));
        text.append("class Use {\n");
        for (Type type : types) {
            for (int method = 0; method < METHODS; method++) {
                if (type.has(method)) {
                    text.append("    void u%d(%s t) { t.m%d(); }%n".formatted(method, type.name(), method));
                }
            }
        }
        return text.append("}\n").toString();
    }

    /** The hierarchies that the compiler refuses; class files of the others, if it refuses none. */
    private Set<String> failing(Map<String, List<Type>> hierarchies) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Path sources = classes.resolve("sources");
        hierarchies.forEach((name, types) -> Graph.write(sources, name + "/All.java", text(name, types)));
        List<Path> files = hierarchies.keySet().stream()
                .map(name -> sources.resolve(name).resolve("All.java"))
                .toList();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(problems, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-Xmaxerrs", "100000", "-d", classes.toString());
            compiler.getTask(null, manager, problems, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem ->
                        new File(problem.getSource().toUri()).getParentFile().getName())
                .collect(Collectors.toSet());
    }

    private static Map<String, Set<String>> of(String hierarchy, Map<String, Set<String>> callees) {
        return callees.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(hierarchy + "."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, TreeMap::new));
    }

    private static Map<String, Set<String>> found(Graph graph) {
        return byCaller(graph, EdgeKind.MAY_DISPATCH);
    }

    private static Map<String, Set<String>> targets(Graph graph) {
        return byCaller(graph, EdgeKind.CALLS);
    }

    private static Map<String, Set<String>> byCaller(Graph graph, EdgeKind kind) {
        Map<String, Set<String>> callees = new TreeMap<>();
        for (Edge edge : graph.edges) {
            if (edge.kind() == kind && graph.symbol(edge.from()).contains(".Use#u")) {
                callees.computeIfAbsent(graph.symbol(edge.from()), _ -> new TreeSet<>())
                        .add(graph.symbol(edge.to()));
            }
        }
        return callees;
    }

    private Map<String, Set<String>> selected(Map<String, List<Type>> hierarchies, Map<String, Set<String>> targets)
            throws Exception {
        Map<String, Set<String>> selected = new TreeMap<>();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
            for (Map.Entry<String, List<Type>> hierarchy : hierarchies.entrySet()) {
                List<Class<?>> types = new ArrayList<>();
                for (Type type : hierarchy.getValue()) {
                    types.add(loader.loadClass(hierarchy.getKey() + "." + type.name()));
                }
                for (Type type : hierarchy.getValue()) {
                    for (int method = 0; method < METHODS; method++) {
                        if (type.has(method)) {
                            String caller = hierarchy.getKey() + ".Use#u" + method + "(" + hierarchy.getKey() + "."
                                    + type.name() + ")";
                            Class<?> receiver = loader.loadClass(hierarchy.getKey() + "." + type.name());
                            Set<String> callees = selected(types, receiver, "m" + method);
                            callees.removeAll(targets.getOrDefault(caller, Set.of()));
                            if (!callees.isEmpty()) {
                                selected.put(caller, callees);
                            }
                        }
                    }
                }
            }
        }
        return selected;
    }

    private static Set<String> selected(List<Class<?>> types, Class<?> receiver, String name) throws Exception {
        Set<String> callees = new TreeSet<>();
        for (Class<?> type : types) {
            if (receiver.isAssignableFrom(type)) {
                Method method = type.getMethod(name);
                if (!Modifier.isAbstract(method.getModifiers())) {
                    callees.add(method.getDeclaringClass().getName() + "#" + name + "()");
                }
            }
        }
        return callees;
    }
}
