package dev.quarry.bench;

import dev.quarry.bench.MethodCode.Step;
import dev.quarry.bench.Truth.Kind;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What the code of one method calls and accesses, before moved code is led back. */
final class CodeUses {
    /**
     * A call or an access.
     *
     * @param targets the one to expect, then others that are as right
     */
    record Use(List<String> targets, boolean required, Set<Kind> kinds) {}

    /** @param inlined keys of methods whose code stands for code of this one */
    record Body(List<Use> calls, List<Use> fields, List<String> inlined) {}

    private final MethodCode code;
    private final ClassPool pool;
    private final CompilerCalls compiler;
    private final Predicate<String> isInlined;
    private final BiPredicate<String, String> isCompilerField;
    private final Body body = new Body(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    CodeUses(
            MethodCode code, ClassPool pool, Predicate<String> isInlined, BiPredicate<String, String> isCompilerField) {
        this.code = code;
        this.pool = pool;
        this.compiler = new CompilerCalls(code, pool);
        this.isInlined = isInlined;
        this.isCompilerField = isCompilerField;
    }

    /** The key of a method in class files. */
    static String key(String owner, String name, String type) {
        return owner + "." + name + type;
    }

    Body body() {
        for (Step step : code.steps()) {
            switch (step.instruction()) {
                case InvokeInstruction call -> call(step, call);
                case InvokeDynamicInstruction dynamic -> dynamic(dynamic);
                case FieldInstruction field -> field(field);
                default -> {}
            }
        }
        return body;
    }

    private void call(Step step, InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        String key = key(owner, name, call.type().stringValue());
        if (isInlined.test(key)) {
            body.inlined().add(key);
            return;
        }
        Set<Kind> kinds = EnumSet.of(kind(call));
        if (code.isChained(step, call)) {
            kinds.add(Kind.CHAINED);
        }
        if (pool.isGeneric(owner, name, call.typeSymbol())) {
            kinds.add(Kind.GENERIC);
        }
        add(pool.method(owner, name, call.typeSymbol()), !compiler.isOptional(step, call), kinds);
    }

    private static Kind kind(InvokeInstruction call) {
        if (call.name().equalsString("<init>")) {
            return Kind.CONSTRUCTOR;
        }
        return switch (call.opcode()) {
            case INVOKESTATIC -> Kind.STATIC;
            case INVOKEINTERFACE -> Kind.INTERFACE;
            default -> Kind.VIRTUAL;
        };
    }

    private void add(List<String> targets, boolean required, Set<Kind> kinds) {
        if (!ClassNames.isAnonymous(ClassNames.owner(targets.getFirst()))) {
            body.calls().add(new Use(targets, required, kinds));
        }
    }

    private void dynamic(InvokeDynamicInstruction dynamic) {
        if (!ClassNames.internal(dynamic.bootstrapMethod().owner()).equals("java/lang/invoke/LambdaMetafactory")
                || !(dynamic.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc handle)) {
            return;
        }
        String owner = ClassNames.internal(handle.owner());
        String type = handle.lookupDescriptor();
        String key = key(owner, handle.methodName(), type);
        if (isInlined.test(key)) {
            body.inlined().add(key);
            return;
        }
        MethodTypeDesc symbol = MethodTypeDesc.ofDescriptor(type);
        Set<Kind> kinds = EnumSet.of(Kind.METHOD_REFERENCE);
        if (pool.isGeneric(owner, handle.methodName(), symbol)) {
            kinds.add(Kind.GENERIC);
        }
        String receiver = receiver(dynamic, handle);
        List<String> targets = receiver.isEmpty()
                ? pool.method(owner, handle.methodName(), symbol)
                : pool.referred(owner, handle.methodName(), symbol, receiver);
        add(targets, true, kinds);
    }

    /** The class of what a method is referred to of: of the captured value, else of the function's first argument. */
    private static String receiver(InvokeDynamicInstruction dynamic, DirectMethodHandleDesc handle) {
        if (handle.kind() != DirectMethodHandleDesc.Kind.VIRTUAL
                && handle.kind() != DirectMethodHandleDesc.Kind.INTERFACE_VIRTUAL) {
            return "";
        }
        MethodTypeDesc captured = dynamic.typeSymbol();
        MethodTypeDesc given = captured.parameterCount() > 0
                ? captured
                : dynamic.bootstrapArgs().get(2) instanceof MethodTypeDesc function ? function : captured;
        return given.parameterCount() > 0 && given.parameterType(0).isClassOrInterface()
                ? ClassNames.internal(given.parameterType(0))
                : "";
    }

    private void field(FieldInstruction field) {
        String owner = field.owner().asInternalName();
        String name = field.name().stringValue();
        String target = pool.field(owner, name);
        if (isCompilerField.test(owner, name) || ClassNames.isAnonymous(ClassNames.owner(target))) {
            return;
        }
        boolean write = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
        Kind kind = write ? Kind.WRITE : Kind.READ;
        boolean optional = isInitialization(owner, write) || isCompilerAccess(field, owner, name);
        body.fields().add(new Use(List.of(target), !optional, EnumSet.of(kind)));
    }

    /** A field's initializer, and an assignment in a constructor, look alike. */
    private boolean isInitialization(String owner, boolean write) {
        return write && code.name().startsWith("<") && owner.equals(code.owner().name);
    }

    private boolean isCompilerAccess(FieldInstruction field, String owner, String name) {
        ClassHeader self = code.owner();
        boolean accessor = self.isRecord() && code.name().equals(name) && self.fields.containsKey(name);
        boolean valuesOfEnum = field.opcode() == Opcode.GETSTATIC
                && owner.equals(self.name)
                && self.has(ClassFile.ACC_ENUM)
                && field.type().equalsString("L" + owner + ";")
                && (code.name().equals("<clinit>") || code.name().equals("$values"));
        ClassHeader type = pool.find(owner);
        boolean constant = type != null && !type.isEnum() && pool.mayVanish(pool.field(owner, name));
        boolean literal = name.equals("TYPE") && CompilerCalls.isBox(owner);
        return accessor || valuesOfEnum || constant || literal;
    }
}
