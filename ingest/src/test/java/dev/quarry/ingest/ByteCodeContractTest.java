package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls of this module's own sources are those that the JDK's compiler writes into class files. */
class ByteCodeContractTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @TempDir
    private Path classes;

    @Test
    void calls_ofThisModule_equalThoseInTheClassFiles() throws IOException {
        List<Path> files = compile();
        Set<String> declared = declared(files);
        Set<String> notComparable = notComparable(files);
        NavigableSet<String> fromBytecode = fromBytecode(files, declared, notComparable);
        fromBytecode.removeIf(line -> !declared.contains(line.substring(line.indexOf('\t') + 1)));

        NavigableSet<String> fromSource = fromSource(notComparable);

        assertThat(fromBytecode).hasSizeGreaterThan(500);
        assertThat(without(fromBytecode, fromSource))
                .as("in the class files only")
                .isEmpty();
        assertThat(without(fromSource, fromBytecode)).as("in the graph only").isEmpty();
    }

    private static List<String> without(Set<String> lines, Set<String> others) {
        return lines.stream().filter(line -> !others.contains(line)).toList();
    }

    private List<Path> compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::toString)
                    .forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    /** Types with anonymous classes, whose bodies count as their host's, and enums, whose constructors take two more. */
    private static Set<String> notComparable(List<Path> files) {
        Set<String> found = new HashSet<>();
        for (Path file : files) {
            ClassModel model = parse(file);
            String name = model.thisClass().asInternalName().replace('/', '.');
            if (name.matches(".*\\$\\d.*")) {
                found.add(name.substring(0, name.indexOf('$')));
            }
            if (model.flags().has(AccessFlag.ENUM)) {
                found.add(name);
            }
        }
        return found;
    }

    private static Set<String> declared(List<Path> files) {
        Set<String> methods = new HashSet<>();
        for (Path file : files) {
            ClassModel model = parse(file);
            for (MethodModel method : model.methods()) {
                methods.add(callee(
                        model.thisClass().asInternalName(),
                        method.methodName().stringValue(),
                        method.methodTypeSymbol()));
            }
        }
        return methods;
    }

    private static NavigableSet<String> fromBytecode(
            List<Path> files, Set<String> declared, Set<String> notComparable) {
        Map<String, List<String>> supertypes = supertypes(files);
        NavigableSet<String> calls = new TreeSet<>();
        for (Path file : files) {
            ClassModel model = parse(file);
            String owner = model.thisClass().asInternalName().replace('/', '.');
            for (MethodModel method : model.methods()) {
                String caller = owner + "#" + host(method.methodName().stringValue());
                method.code().ifPresent(code -> code.forEach(element -> addCallee(element, caller, calls)));
            }
        }
        return calls.stream()
                .map(line -> {
                    int tab = line.indexOf('\t') + 1;
                    return line.substring(0, tab) + declaration(line.substring(tab), declared, supertypes);
                })
                .filter(line -> isComparable(line, notComparable))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A class file names the type that a method is called on: this is the one that declares it, if it is of this module. */
    private static String declaration(String callee, Set<String> declared, Map<String, List<String>> supertypes) {
        if (declared.contains(callee)) {
            return callee;
        }
        int end = callee.indexOf('#');
        return supertypes.getOrDefault(callee.substring(0, end), List.of()).stream()
                .map(type -> declaration(type + callee.substring(end), declared, supertypes))
                .filter(declared::contains)
                .findFirst()
                .orElse(callee);
    }

    private static Map<String, List<String>> supertypes(List<Path> files) {
        Map<String, List<String>> supertypes = new HashMap<>();
        for (Path file : files) {
            ClassModel model = parse(file);
            supertypes.put(
                    model.thisClass().asInternalName().replace('/', '.'),
                    Stream.concat(model.superclass().stream(), model.interfaces().stream())
                            .map(type -> type.asInternalName().replace('/', '.'))
                            .toList());
        }
        return supertypes;
    }

    private static void addCallee(CodeElement element, String caller, NavigableSet<String> calls) {
        if (element instanceof InvokeInstruction call) {
            calls.add(caller + "\t"
                    + callee(call.owner().asInternalName(), call.name().stringValue(), call.typeSymbol()));
        } else if (element instanceof InvokeDynamicInstruction dynamic) {
            for (ConstantDesc argument : dynamic.bootstrapArgs()) {
                if (argument instanceof DirectMethodHandleDesc handle
                        && handle.lookupDescriptor().startsWith("(")
                        && !handle.methodName().startsWith("lambda$")) {
                    String owner = handle.owner().descriptorString();
                    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(handle.lookupDescriptor());
                    calls.add(
                            caller + "\t" + callee(owner.substring(1, owner.length() - 1), handle.methodName(), type));
                }
            }
        }
    }

    /** The method whose text holds a lambda's body. */
    private static String host(String method) {
        if (!method.startsWith("lambda$")) {
            return method;
        }
        String host = method.substring("lambda$".length(), method.lastIndexOf('$'));
        return switch (host) {
            case "new" -> "<init>";
            case "static" -> "<clinit>";
            default -> host;
        };
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String callee(String owner, String name, MethodTypeDesc type) {
        String parameters = type.parameterList().stream()
                .map(ByteCodeContractTest::typeName)
                .collect(Collectors.joining(",", "(", ")"));
        return owner.replace('/', '.') + "#" + name + parameters;
    }

    /** The name of a type as signatures in the graph spell it. */
    static String typeName(ClassDesc type) {
        if (type.isArray()) {
            return typeName(type.componentType()) + "[]";
        }
        String descriptor = type.descriptorString();
        return type.isPrimitive()
                ? type.displayName()
                : descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    /** Calls between top-level types of this module: for these the class file adds no parameters and hides nothing. */
    private static boolean isComparable(String line, Set<String> notComparable) {
        String caller = line.substring(0, line.indexOf('#'));
        String target = line.substring(line.indexOf('\t') + 1);
        return caller.startsWith("dev.quarry.ingest.")
                && target.startsWith("dev.quarry.ingest.")
                && line.indexOf('$') < 0
                && !notComparable.contains(caller)
                && !notComparable.contains(target.substring(0, target.indexOf('#')));
    }

    private static NavigableSet<String> fromSource(Set<String> notComparable) {
        Graph graph = Graph.of(SOURCES, withTestClassPath());
        NavigableSet<String> calls = new TreeSet<>();
        for (Edge edge : graph.edges) {
            if (edge.kind() == EdgeKind.CALLS) {
                String from = graph.symbol(edge.from());
                String line = from.substring(0, from.indexOf('(')) + "\t" + graph.symbol(edge.to());
                if (isComparable(line, notComparable)) {
                    calls.add(line);
                }
            }
        }
        return calls;
    }

    private static IngestOptions withTestClassPath() {
        List<Path> jars = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(path -> Files.exists(path) && !path.endsWith(Path.of("ingest", "target", "classes")))
                .filter(path -> !path.endsWith("test-classes"))
                .toList();
        return IngestOptions.defaults().withoutPoms().withExtraClassPath(jars);
    }
}
