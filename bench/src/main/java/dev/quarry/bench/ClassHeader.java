package dev.quarry.bench;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A class file without its code: what look-ups of members and the walk of supertypes need. */
final class ClassHeader {
    /** Flags of a declared method; {@code real} ones were written in source, {@code open} ones are native with varargs. */
    record Method(boolean real, boolean isStatic, boolean isAbstract, boolean generic, boolean open, int access) {
        Method or(Method other) {
            return real ? this : other;
        }
    }

    /** Whether a field's uses may leave no trace: it is a constant, or one of an enum. */
    record Field(boolean constant, boolean enumConstant) {}

    /** Where a local or anonymous class lies; the method is empty in initializers. */
    record Enclosing(String owner, String method, @Nullable MethodTypeDesc type) {}

    private static final int OPEN = ClassFile.ACC_NATIVE | ClassFile.ACC_VARARGS;

    final String name;
    final int flags;
    final @Nullable String superName;
    final List<String> interfaces;
    final Map<String, Method> methods = new HashMap<>();
    final Map<String, Field> fields = new HashMap<>();
    final @Nullable Enclosing enclosing;
    private final @Nullable InnerClassInfo inner;
    private int captured;

    ClassHeader(ClassModel model) {
        name = model.thisClass().asInternalName();
        flags = model.flags().flagsMask();
        superName = model.superclass().map(ClassEntry::asInternalName).orElse(null);
        interfaces = model.interfaces().stream().map(ClassEntry::asInternalName).toList();
        inner = model.findAttribute(Attributes.innerClasses()).stream()
                .flatMap(attribute -> attribute.classes().stream())
                .filter(info -> info.innerClass().asInternalName().equals(name))
                .findFirst()
                .orElse(null);
        enclosing = model.findAttribute(Attributes.enclosingMethod())
                .map(ClassHeader::enclosing)
                .orElse(null);
        model.methods().forEach(this::add);
        model.fields().forEach(this::add);
    }

    private static Enclosing enclosing(EnclosingMethodAttribute attribute) {
        String method =
                attribute.enclosingMethodName().map(Utf8Entry::stringValue).orElse("");
        Optional<MethodTypeDesc> type = attribute.enclosingMethodTypeSymbol();
        return new Enclosing(attribute.enclosingClass().asInternalName(), method, type.orElse(null));
    }

    private void add(MethodModel method) {
        int mask = method.flags().flagsMask();
        boolean real = (mask & (ClassFile.ACC_SYNTHETIC | ClassFile.ACC_BRIDGE)) == 0;
        Method found = new Method(
                real,
                real && (mask & ClassFile.ACC_STATIC) != 0,
                real && (mask & ClassFile.ACC_ABSTRACT) != 0,
                method.findAttribute(Attributes.signature()).isPresent(),
                (mask & OPEN) == OPEN,
                mask & (ClassFile.ACC_PUBLIC | ClassFile.ACC_PROTECTED | ClassFile.ACC_PRIVATE));
        methods.merge(ClassNames.key(method.methodName().stringValue(), method.methodTypeSymbol()), found, Method::or);
    }

    private void add(FieldModel field) {
        int mask = field.flags().flagsMask();
        String fieldName = field.fieldName().stringValue();
        boolean constant = field.findAttribute(Attributes.constantValue()).isPresent();
        fields.put(fieldName, new Field(constant, (mask & ClassFile.ACC_ENUM) != 0));
        if ((mask & ClassFile.ACC_SYNTHETIC) != 0 && fieldName.startsWith("val$")) {
            captured++;
        }
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean isInterface() {
        return has(ClassFile.ACC_INTERFACE);
    }

    boolean isEnum() {
        return has(ClassFile.ACC_ENUM) && "java/lang/Enum".equals(superName);
    }

    boolean isRecord() {
        return "java/lang/Record".equals(superName);
    }

    boolean isAnonymous() {
        return inner != null && inner.innerName().isEmpty();
    }

    /** Whether a method of this key is written here. */
    boolean declares(String key) {
        Method method = methods.get(key);
        return method != null && method.real();
    }

    boolean isStatic(String key) {
        Method method = methods.get(key);
        return method != null && method.isStatic();
    }

    boolean isAbstract(String key) {
        Method method = methods.get(key);
        return method != null && method.isAbstract();
    }

    /** Whether methods of a subclass in this package can override the method of this key. */
    boolean isOverridableIn(String packageName, String key) {
        Method method = methods.get(key);
        return method != null
                && method.real()
                && !method.isStatic()
                && method.access() != ClassFile.ACC_PRIVATE
                && (method.access() != 0 || packageName.equals(packageName()));
    }

    String packageName() {
        return name.substring(0, Math.max(0, name.lastIndexOf('/')));
    }

    /** Whether the signature of a method of this class is checked at the call only, as {@code invokeExact}'s. */
    boolean isPolymorphic(String method) {
        Method declared = methods.get(method + "([Ljava/lang/Object;)");
        return (name.equals("java/lang/invoke/MethodHandle") || name.equals("java/lang/invoke/VarHandle"))
                && declared != null
                && declared.open();
    }

    /**
     * The parameters that a constructor has in source: without the instance around it, an enum constant's name and
     * ordinal, and captured variables.
     *
     * @param inStaticMethod whether the class lies in a static method
     */
    List<ClassDesc> writtenParameters(MethodTypeDesc type, boolean inStaticMethod) {
        List<ClassDesc> all = type.parameterList();
        if (isEnum()) {
            boolean hidden = all.size() >= 2
                    && all.get(0).descriptorString().equals("Ljava/lang/String;")
                    && all.get(1).descriptorString().equals("I");
            return hidden ? all.subList(2, all.size()) : all;
        }
        if (inner == null || isAnonymous()) {
            return all;
        }
        Optional<ClassEntry> outer = inner.outerClass();
        if (outer.isPresent()) {
            boolean member = (inner.flagsMask() & ClassFile.ACC_STATIC) == 0 && !isInterface();
            return member && startsWith(all, outer.get().asInternalName()) ? all.subList(1, all.size()) : all;
        }
        if (enclosing == null || isRecord() || has(ClassFile.ACC_INTERFACE | ClassFile.ACC_ENUM)) {
            return all;
        }
        int from = !inStaticMethod && startsWith(all, enclosing.owner()) ? 1 : 0;
        return all.subList(from, Math.max(from, all.size() - captured));
    }

    private static boolean startsWith(List<ClassDesc> types, String internalName) {
        return !types.isEmpty() && types.getFirst().descriptorString().equals("L" + internalName + ";");
    }
}
