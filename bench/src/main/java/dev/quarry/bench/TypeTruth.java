package dev.quarry.bench;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The supertypes and overridden methods that the source of some class files must hold. */
final class TypeTruth {
    private static final Set<String> ROOTS = Set.of("java/lang/Object", "java/lang/Enum", "java/lang/Record");
    private static final int NOT_OVERRIDING =
            ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_BRIDGE;

    private final Collection<ClassModel> classes;
    private final ClassPool pool;

    TypeTruth(Map<String, ClassModel> classes, ClassPool pool) {
        this.classes = classes.values().stream().filter(TypeTruth::isNamed).toList();
        this.pool = pool;
    }

    /** Whether the source gives the class a name. */
    static boolean isNamed(ClassModel type) {
        return (type.flags().flagsMask() & ClassFile.ACC_SYNTHETIC) == 0
                && !ClassNames.isAnonymous(ClassNames.binary(type.thisClass().asInternalName()));
    }

    /** {@code extends} and {@code implements}; of interfaces all are {@code extends}. */
    Truth supertypes() {
        Truth truth = new Truth();
        for (ClassModel model : classes) {
            ClassHeader type = new ClassHeader(model);
            String from = ClassNames.binary(type.name);
            String above = type.superName;
            if (above != null && !type.isInterface()) {
                truth.add(from, List.of("extends " + ClassNames.binary(above)), !ROOTS.contains(above), Set.of());
            }
            String verb = type.isInterface() ? "extends " : "implements ";
            for (String itf : type.interfaces) {
                boolean implicit = itf.equals("java/lang/annotation/Annotation") && type.has(ClassFile.ACC_ANNOTATION);
                truth.add(from, List.of(verb + ClassNames.binary(itf)), !implicit, Set.of());
            }
        }
        return truth;
    }

    /** Methods to those that they override: required for the nearest, optional for those above them. */
    Truth overrides() {
        Truth truth = new Truth();
        for (ClassModel model : classes) {
            ClassHeader type = new ClassHeader(model);
            List<ClassHeader> above = new ArrayList<>(pool.superclasses(type, false));
            for (String itf : pool.superInterfaces(type)) {
                ClassHeader found = pool.find(itf);
                if (found != null) {
                    above.add(found);
                }
            }
            for (MethodModel method : model.methods()) {
                String name = method.methodName().stringValue();
                if (!name.startsWith("<") && (method.flags().flagsMask() & NOT_OVERRIDING) == 0) {
                    overrides(truth, model, type, above, method);
                }
            }
        }
        return truth;
    }

    private void overrides(
            Truth truth, ClassModel model, ClassHeader type, List<ClassHeader> above, MethodModel method) {
        String name = method.methodName().stringValue();
        Map<ClassHeader, String> overridden = new LinkedHashMap<>();
        Map<String, String> forms = forms(model, method);
        for (ClassHeader supertype : above) {
            forms.forEach((key, parameters) -> {
                if (supertype.isOverridableIn(type.packageName(), key)) {
                    overridden.putIfAbsent(supertype, parameters);
                }
            });
        }
        String from = pool.method(type.name, name, method.methodTypeSymbol()).getFirst();
        boolean implicit = type.isRecord() && isMadeByTheCompiler(method);
        overridden.forEach((supertype, parameters) -> {
            boolean nearest = overridden.keySet().stream()
                    .noneMatch(other -> other != supertype && pool.isSubtype(other.name, supertype.name));
            String to = ClassNames.binary(supertype.name) + "#" + name + parameters;
            truth.add(from, List.of(to), nearest && !implicit, Set.of());
        });
    }

    /** The erasures under which supertypes can know a method: its own, and those of its bridges. */
    private static Map<String, String> forms(ClassModel model, MethodModel method) {
        Set<MethodModel> all = new LinkedHashSet<>(List.of(method));
        for (MethodModel bridge : model.methods()) {
            if ((bridge.flags().flagsMask() & ClassFile.ACC_BRIDGE) != 0
                    && bridge.methodName().equals(method.methodName())
                    && calls(bridge, method)) {
                all.add(bridge);
            }
        }
        Map<String, String> forms = new LinkedHashMap<>();
        for (MethodModel one : all) {
            forms.put(
                    ClassNames.key(one.methodName().stringValue(), one.methodTypeSymbol()),
                    ClassNames.parameters(one.methodTypeSymbol().parameterList()));
        }
        return forms;
    }

    private static boolean calls(MethodModel bridge, MethodModel method) {
        return bridge.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeInstruction call
                        && call.name().equalsString(method.methodName().stringValue())
                        && call.type().equalsString(method.methodType().stringValue()));
    }

    private static boolean isMadeByTheCompiler(MethodModel method) {
        return method.code().stream().flatMap(code -> code.elementStream()).anyMatch(TypeTruth::isObjectMethod);
    }

    private static boolean isObjectMethod(CodeElement element) {
        return element instanceof InvokeDynamicInstruction dynamic
                && ClassNames.internal(dynamic.bootstrapMethod().owner()).equals("java/lang/runtime/ObjectMethods");
    }

    /** Constants and enum constants of the classes, whose uses leave no trace. */
    static Set<String> constants(Collection<ClassModel> classes) {
        Set<String> names = new LinkedHashSet<>();
        for (ClassModel type : classes) {
            if (isNamed(type)) {
                type.fields().stream()
                        .filter(field ->
                                field.findAttribute(Attributes.constantValue()).isPresent()
                                        || (field.flags().flagsMask() & ClassFile.ACC_ENUM) != 0)
                        .forEach(field ->
                                names.add(ClassNames.binary(type.thisClass().asInternalName()) + "#"
                                        + field.fieldName().stringValue()));
            }
        }
        return names;
    }
}
