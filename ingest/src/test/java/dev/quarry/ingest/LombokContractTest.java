package dev.quarry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quarry.schema.Edge;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Node;
import dev.quarry.schema.NodeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The members that the graph has of sources with Lombok are those that Lombok itself, run by the JDK's compiler in a
 * process of its own, leaves in the class files: no more, no fewer, and with the same modifiers.
 */
class LombokContractTest {
    private static final int COMPARED =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE | Modifier.STATIC | Modifier.ABSTRACT;

    @TempDir
    private Path folder;

    @Test
    void members_ofAllFixtures_equalThoseInTheClassFiles() throws Exception {
        Path sources = folder.resolve("src");
        LombokFixtures.files().forEach((path, text) -> Graph.write(sources, path, text));
        NavigableMap<String, Integer> compiled = compiled(sources);

        NavigableMap<String, Integer> known = known(Graph.of(sources));

        assertThat(compiled).hasSizeGreaterThan(300);
        List<String> otherwise = known.entrySet().stream()
                .filter(entry ->
                        entry.getValue() >= 0 && !entry.getValue().equals(compiled.getOrDefault(entry.getKey(), -1)))
                .map(entry -> entry.getKey() + ": " + Modifier.toString(entry.getValue()) + " instead of "
                        + Modifier.toString(compiled.getOrDefault(entry.getKey(), -1)))
                .toList();
        SoftAssertions.assertSoftly(all -> {
            all.assertThat(without(compiled, known))
                    .as("in the class files only")
                    .isEmpty();
            all.assertThat(without(known, compiled)).as("in the graph only").isEmpty();
            all.assertThat(otherwise).as("with other modifiers").isEmpty();
        });
    }

    @Test
    void creations_inGeneratedBodies_equalThoseInTheClassFiles() throws Exception {
        Path sources = folder.resolve("src");
        LombokFixtures.files().forEach((path, text) -> Graph.write(sources, path, text));
        NavigableMap<String, Integer> members = compiled(sources);
        Graph graph = Graph.of(sources);
        NavigableSet<String> known = new TreeSet<>();
        NavigableSet<String> generated = new TreeSet<>();
        for (Node node : graph.nodes.values()) {
            if (Flags.has(node.flags(), Flags.IMPLICIT) && node.kind() == NodeKind.METHOD) {
                generated.add(node.symbol());
            }
        }
        for (Edge edge : graph.edges) {
            if (edge.kind() == EdgeKind.CALLS
                    && edge.role().equals("new")
                    && generated.contains(graph.symbol(edge.from()))) {
                known.add(graph.symbol(edge.from()) + " " + graph.symbol(edge.to()));
            }
        }

        NavigableSet<String> compiled = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder.resolve("classes"))) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> creations(file, compiled));
        }
        compiled.removeIf(line -> !generated.contains(line.substring(0, line.indexOf(' ')))
                || !members.containsKey(line.substring(line.indexOf(' ') + 1)));

        assertThat(compiled).hasSizeGreaterThan(30);
        assertThat(known).isEqualTo(compiled);
    }

    /** The constructors that each method of a class file calls. */
    private static void creations(Path file, Set<String> found) {
        ClassModel model;
        try {
            model = ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String owner = model.thisClass().asInternalName().replace('/', '.');
        for (MethodModel method : model.methods()) {
            String from = owner + "#" + method.methodName().stringValue() + parameters(method.methodTypeSymbol());
            method.code()
                    .ifPresent(code -> code.forEach(element -> {
                        if (element instanceof InvokeInstruction call
                                && call.name().stringValue().equals("<init>")) {
                            String type = call.owner().asInternalName().replace('/', '.');
                            found.add(from + " " + type + "#<init>" + parameters(call.typeSymbol()));
                        }
                    }));
        }
    }

    private static String parameters(MethodTypeDesc type) {
        return type.parameterList().stream()
                .map(ByteCodeContractTest::typeName)
                .collect(Collectors.joining(",", "(", ")"));
    }

    private static List<String> without(Map<String, Integer> some, Map<String, Integer> others) {
        return some.keySet().stream().filter(name -> !others.containsKey(name)).toList();
    }

    /** Members by symbol; those that are written in the text have -1, since their modifiers are the text's. */
    private static NavigableMap<String, Integer> known(Graph graph) {
        NavigableMap<String, Integer> found = new TreeMap<>();
        List<String> enums = graph.nodes.values().stream()
                .filter(node -> node.kind() == NodeKind.ENUM)
                .map(Node::qualifiedName)
                .toList();
        for (Node node : graph.nodes.values()) {
            boolean ofEnum =
                    enums.stream().anyMatch(name -> node.qualifiedName().equals(name + "#<init>"));
            boolean compared = switch (node.kind()) {
                case METHOD,
                        CONSTRUCTOR,
                        FIELD,
                        ENUM_CONSTANT,
                        RECORD_COMPONENT,
                        CLASS,
                        ENUM,
                        RECORD,
                        INTERFACE,
                        ANNOTATION -> true;
                default -> false;
            };
            if (compared && !ofEnum) {
                boolean generated = Flags.has(node.flags(), Flags.IMPLICIT) && node.kind() != NodeKind.ENUM;
                found.put(node.symbol(), generated ? node.flags() & COMPARED : -1);
            }
        }
        return found;
    }

    private NavigableMap<String, Integer> compiled(Path sources) throws Exception {
        Path lombok = Path.of(lombok.Lombok.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path classes = folder.resolve("classes");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-nowarn",
                "-proc:full",
                "-processorpath",
                lombok.toString(),
                "-cp",
                lombok.toString(),
                "-d",
                classes.toString()));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .sorted()
                    .forEach(command::add);
        }
        Path output = folder.resolve("javac.txt");
        Process javac = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(javac.waitFor()).as(Files.readString(output)).isZero();
        NavigableMap<String, Integer> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(file -> read(file, found));
        }
        return found;
    }

    private static void read(Path file, Map<String, Integer> found) {
        ClassModel model;
        try {
            model = ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String owner = model.thisClass().asInternalName().replace('/', '.');
        if (owner.matches(".*\\$\\d+(\\$.*)?")) {
            return;
        }
        int flags = model.attributes().stream()
                .filter(java.lang.classfile.attribute.InnerClassesAttribute.class::isInstance)
                .flatMap(each -> ((java.lang.classfile.attribute.InnerClassesAttribute) each).classes().stream())
                .filter(each -> each.innerClass().equals(model.thisClass()))
                .map(each -> each.flagsMask())
                .findFirst()
                .orElse(model.flags().flagsMask());
        found.put(owner, flags & COMPARED);
        for (FieldModel field : model.fields()) {
            if (!field.flags().has(AccessFlag.SYNTHETIC)) {
                found.put(
                        owner + "#" + field.fieldName().stringValue(),
                        field.flags().flagsMask() & COMPARED);
            }
        }
        boolean ofEnum = model.flags().has(AccessFlag.ENUM);
        for (MethodModel method : model.methods()) {
            String name = method.methodName().stringValue();
            boolean hidden = method.flags().has(AccessFlag.SYNTHETIC) || name.equals("<clinit>");
            if (!hidden && !(ofEnum && name.equals("<init>"))) {
                String parameters = parameters(method.methodTypeSymbol());
                found.put(owner + "#" + name + parameters, method.flags().flagsMask() & COMPARED);
            }
        }
    }
}
