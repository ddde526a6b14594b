package dev.quarry.bench;

import dev.quarry.bench.MethodCode.Step;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Map;

/** Which calls in a method's code may be the compiler's own, so that a graph of the source need not have them. */
final class CompilerCalls {
    private static final Map<String, String> BOXES = Map.of(
            "java/lang/Boolean", "boolean",
            "java/lang/Byte", "byte",
            "java/lang/Character", "char",
            "java/lang/Short", "short",
            "java/lang/Integer", "int",
            "java/lang/Long", "long",
            "java/lang/Float", "float",
            "java/lang/Double", "double");

    private final MethodCode code;
    private final ClassPool pool;

    CompilerCalls(MethodCode code, ClassPool pool) {
        this.code = code;
        this.pool = pool;
    }

    /** Whether a class is a primitive type's box, or {@code Void}. */
    static boolean isBox(String internalName) {
        return BOXES.containsKey(internalName) || internalName.equals("java/lang/Void");
    }

    /** Whether this call may be left out of the graph. */
    boolean isOptional(Step step, InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        String type = call.type().stringValue();
        if (name.equals("<init>")) {
            return constructor(call, owner, type) || concatenation(owner, name, type);
        }
        return boxing(call, owner, name)
                || concatenation(owner, name, type)
                || forEach(step, call, owner, name)
                || resource(name, type)
                || switches(step, owner, name, type)
                || nullCheck(step, owner, name, type)
                || name.equals("desiredAssertionStatus")
                || pattern(owner, name, type);
    }

    private boolean constructor(InvokeInstruction call, String owner, String type) {
        ClassHeader self = code.owner();
        boolean above = code.name().equals("<init>") && owner.equals(self.superName) && !code.creates(owner);
        boolean root =
                owner.equals("java/lang/Object") || owner.equals("java/lang/Enum") || owner.equals("java/lang/Record");
        boolean bare =
                pool.method(owner, "<init>", call.typeSymbol()).getFirst().endsWith("#<init>()");
        return (above && (root || (bare && !self.isAnonymous())))
                || (owner.equals("java/lang/AssertionError") && code.asserts())
                || owner.equals("java/lang/MatchException")
                || (owner.equals("java/lang/IncompatibleClassChangeError") && type.equals("()V"));
    }

    private static boolean boxing(InvokeInstruction call, String owner, String name) {
        String primitive = BOXES.get(owner);
        if (primitive == null) {
            return false;
        }
        var parameters = call.typeSymbol().parameterList();
        return name.equals("valueOf")
                ? parameters.size() == 1
                        && ClassNames.type(parameters.getFirst()).equals(primitive)
                : parameters.isEmpty() && name.equals(primitive + "Value");
    }

    private boolean concatenation(String owner, String name, String type) {
        if (owner.equals("java/lang/String") && name.equals("valueOf") && type.startsWith("(Ljava/lang/Object;)")) {
            return code.concatenates();
        }
        return code.appends()
                && owner.equals("java/lang/StringBuilder")
                && (name.equals("append") || name.equals("toString") || (name.equals("<init>") && type.equals("()V")));
    }

    /** A loop's iterator lies in a variable without a name. */
    private boolean forEach(Step step, InvokeInstruction call, String owner, String name) {
        if (name.equals("iterator")
                && call.typeSymbol().parameterCount() == 0
                && call.typeSymbol().returnType().isClassOrInterface()) {
            Step store = code.after(step);
            return store != null
                    && store.isStoreOfReference()
                    && pool.isSubtype(ClassNames.internal(call.typeSymbol().returnType()), "java/util/Iterator")
                    && !code.hasName(store.slot(), store.end());
        }
        if (!owner.equals("java/util/Iterator") || !(name.equals("hasNext") || name.equals("next"))) {
            return false;
        }
        Step load = code.before(step);
        return load != null && load.isLoadOfReference() && !code.hasName(load.slot(), step.start());
    }

    private boolean resource(String name, String type) {
        return code.addsSuppressed() && (name.equals("addSuppressed") || (name.equals("close") && type.equals("()V")));
    }

    private boolean switches(Step step, String owner, String name, String type) {
        if (owner.equals("java/lang/String") && (name.equals("hashCode") || name.equals("equals"))) {
            return code.switchesOnText();
        }
        Step next = code.after(step);
        return name.equals("ordinal")
                && type.equals("()I")
                && next != null
                && (next.isSwitch() || next.opcode() == Opcode.IALOAD);
    }

    private boolean nullCheck(Step step, String owner, String name, String type) {
        Step next = code.after(step);
        return next != null
                && next.opcode() == Opcode.POP
                && ((owner.equals("java/util/Objects")
                                && name.equals("requireNonNull")
                                && type.startsWith("(Ljava/lang/Object;)"))
                        || (name.equals("getClass") && type.startsWith("()")));
    }

    /** Accessors that a record pattern calls, and the text of what they throw. */
    private boolean pattern(String owner, String name, String type) {
        if (!code.throwsMatchException()) {
            return false;
        }
        ClassHeader target = owner.startsWith("[") ? null : pool.find(owner);
        return (owner.equals("java/lang/Throwable") && name.equals("toString"))
                || (type.startsWith("()") && target != null && target.isRecord() && target.fields.containsKey(name));
    }
}
