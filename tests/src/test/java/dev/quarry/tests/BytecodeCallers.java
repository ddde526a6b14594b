package dev.quarry.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * Who calls whom in a jar, read from its bytecode: the truth that the graph is held against.
 *
 * <p>A lambda's body counts for the method around it; bridges, which nobody wrote, call nothing. A callee
 * is the method that the JVM finds, not the one that the instruction names.
 */
final class BytecodeCallers {
    private final Map<String, Set<String>> callersOf = new HashMap<>();
    private final Map<String, List<String>> supertypes = new HashMap<>();
    private final Set<String> declared = new TreeSet<>();
    private final Set<String> synthetic = new TreeSet<>();

    private BytecodeCallers() {}

    /** Reads a jar. */
    static BytecodeCallers of(Path jar) {
        BytecodeCallers calls = new BytecodeCallers();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream()
                    .filter(each -> each.getName().endsWith(".class")
                            && !each.getName().startsWith("META-INF/")
                            && !each.getName().endsWith("module-info.class"))
                    .toList()) {
                try (InputStream bytes = file.getInputStream(entry)) {
                    calls.add(ClassFile.of().parse(bytes.readAllBytes()));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        calls.resolve();
        return calls;
    }

    /** The methods that call this one, each {@code a.b.C#m(int)}. */
    Set<String> callersOf(String method) {
        Set<String> found = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(callersOf.getOrDefault(method, Set.of()));
        while (!open.isEmpty()) {
            String caller = open.pop();
            if (!seen.add(caller)) {
                continue;
            }
            if (synthetic.contains(caller)) {
                open.addAll(callersOf.getOrDefault(caller, Set.of()));
            } else {
                found.add(caller);
            }
        }
        return found;
    }

    /** The methods and constructors that the jar's sources declare. */
    Set<String> declared() {
        Set<String> written = new TreeSet<>(declared);
        written.removeAll(synthetic);
        return written;
    }

    /** Puts in place of each callee the method that the JVM finds for it, where the jar declares it. */
    private void resolve() {
        Map<String, Set<String>> named = new HashMap<>(callersOf);
        callersOf.clear();
        named.forEach((callee, callers) -> {
            int member = callee.indexOf('#');
            String found =
                    find(callee.substring(0, member), callee.substring(member)).orElse(callee);
            callersOf.computeIfAbsent(found, key -> new TreeSet<>()).addAll(callers);
        });
    }

    private Optional<String> find(String type, String member) {
        if (declared.contains(type + member)) {
            return Optional.of(type + member);
        }
        return supertypes.getOrDefault(type, List.of()).stream()
                .flatMap(supertype -> find(supertype, member).stream())
                .findFirst();
    }

    private void add(ClassModel type) {
        List<String> above = new ArrayList<>();
        type.superclass().ifPresent(name -> above.add(typeName(name.asSymbol())));
        type.interfaces().forEach(name -> above.add(typeName(name.asSymbol())));
        supertypes.put(typeName(type.thisClass().asSymbol()), above);
        for (MethodModel method : type.methods()) {
            if (method.flags().has(AccessFlag.BRIDGE)) {
                continue;
            }
            String caller =
                    symbol(type.thisClass().asSymbol(), method.methodName().stringValue(), method.methodTypeSymbol());
            declared.add(caller);
            if (method.flags().has(AccessFlag.SYNTHETIC)) {
                synthetic.add(caller);
            }
            method.code()
                    .ifPresent(code -> code.forEach(element -> {
                        switch (element) {
                            case InvokeInstruction call ->
                                link(
                                        caller,
                                        symbol(
                                                call.owner().asSymbol(),
                                                call.name().stringValue(),
                                                call.typeSymbol()));
                            case InvokeDynamicInstruction call ->
                                call.bootstrapArgs().forEach(argument -> {
                                    if (argument instanceof DirectMethodHandleDesc handle) {
                                        link(
                                                caller,
                                                symbol(
                                                        handle.owner(),
                                                        handle.methodName(),
                                                        MethodTypeDesc.ofDescriptor(handle.lookupDescriptor())));
                                    }
                                });
                            default -> {}
                        }
                    }));
        }
    }

    private void link(String caller, String callee) {
        callersOf.computeIfAbsent(callee, key -> new TreeSet<>()).add(caller);
    }

    private static String symbol(ClassDesc owner, String name, MethodTypeDesc type) {
        return typeName(owner) + "#" + name
                + type.parameterList().stream()
                        .map(BytecodeCallers::typeName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static String typeName(ClassDesc type) {
        if (type.isArray()) {
            return typeName(type.componentType()) + "[]";
        }
        if (type.isPrimitive()) {
            return type.displayName();
        }
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }
}
