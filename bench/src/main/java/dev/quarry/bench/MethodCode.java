package dev.quarry.bench;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The instructions of one method, and the traces that the compiler's own code leaves among them. */
final class MethodCode {
    /** An instruction, with the offsets of its first byte and of the byte behind it. */
    record Step(int index, int start, int end, Instruction instruction) {
        Opcode opcode() {
            return instruction.opcode();
        }

        boolean isSwitch() {
            return instruction instanceof TableSwitchInstruction || instruction instanceof LookupSwitchInstruction;
        }

        boolean isStoreOfReference() {
            return instruction instanceof StoreInstruction store && store.typeKind() == TypeKind.REFERENCE;
        }

        boolean isLoadOfReference() {
            return instruction instanceof LoadInstruction load && load.typeKind() == TypeKind.REFERENCE;
        }

        int slot() {
            return switch (instruction) {
                case LoadInstruction load -> load.slot();
                case StoreInstruction store -> store.slot();
                default -> -1;
            };
        }
    }

    private record Named(int slot, int start, int end) {}

    private final ClassHeader owner;
    private final String name;
    private final boolean appends;
    private final List<Step> steps = new ArrayList<>();
    private final List<Named> variables = new ArrayList<>();
    private final Set<String> created = new HashSet<>();
    private boolean addsSuppressed;
    private boolean throwsMatchException;
    private boolean asserts;
    private boolean concatenates;

    /** @param appends whether strings are concatenated by calls of a builder's methods */
    MethodCode(ClassHeader owner, MethodModel method, boolean appends) {
        this.owner = owner;
        this.name = method.methodName().stringValue();
        this.appends = appends;
        CodeModel code = method.code().orElse(null);
        CodeAttribute attribute = method.findAttribute(Attributes.code()).orElse(null);
        if (code == null || attribute == null) {
            return;
        }
        int offset = 0;
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                int end = offset + instruction.sizeInBytes();
                steps.add(new Step(steps.size(), offset, end, instruction));
                note(instruction);
                offset = end;
            } else if (element instanceof LocalVariable variable
                    && variable.name().stringValue().indexOf('$') < 0) {
                variables.add(new Named(
                        variable.slot(),
                        attribute.labelToBci(variable.startScope()),
                        attribute.labelToBci(variable.endScope())));
            }
        }
    }

    private void note(Instruction instruction) {
        switch (instruction) {
            case InvokeInstruction call -> {
                addsSuppressed |= call.name().equalsString("addSuppressed");
                throwsMatchException |= call.owner().asInternalName().equals("java/lang/MatchException");
            }
            case InvokeDynamicInstruction dynamic ->
                concatenates |= ClassNames.internal(dynamic.bootstrapMethod().owner())
                        .equals("java/lang/invoke/StringConcatFactory");
            case FieldInstruction field -> asserts |= field.name().equalsString("$assertionsDisabled");
            case NewObjectInstruction made -> created.add(made.className().asInternalName());
            default -> {}
        }
    }

    ClassHeader owner() {
        return owner;
    }

    String name() {
        return name;
    }

    boolean appends() {
        return appends;
    }

    List<Step> steps() {
        return steps;
    }

    /** The classes that it makes instances of, by internal name. */
    Set<String> created() {
        return created;
    }

    boolean creates(String internalName) {
        return created.contains(internalName);
    }

    boolean addsSuppressed() {
        return addsSuppressed;
    }

    boolean throwsMatchException() {
        return throwsMatchException;
    }

    boolean asserts() {
        return asserts;
    }

    boolean concatenates() {
        return concatenates;
    }

    boolean switchesOnText() {
        return steps.stream().anyMatch(step -> {
            Step next = after(step);
            return step.instruction() instanceof InvokeInstruction call
                    && call.name().equalsString("hashCode")
                    && call.owner().asInternalName().equals("java/lang/String")
                    && next != null
                    && next.isSwitch();
        });
    }

    @Nullable
    Step after(Step step) {
        return step.index() + 1 < steps.size() ? steps.get(step.index() + 1) : null;
    }

    @Nullable
    Step before(Step step) {
        return step.index() > 0 ? steps.get(step.index() - 1) : null;
    }

    /** Whether the source names the variable that lies in a slot at an offset. */
    boolean hasName(int slot, int offset) {
        return variables.stream()
                .anyMatch(variable -> variable.slot() == slot && variable.start() <= offset && offset < variable.end());
    }

    /**
     * Whether a call's receiver is the result of the call before it, as far as the arguments between are constants,
     * variables and fields.
     */
    boolean isChained(Step step, InvokeInstruction call) {
        if (call.opcode() == Opcode.INVOKESTATIC || call.name().equalsString("<init>")) {
            return false;
        }
        int arguments = call.typeSymbol().parameterCount();
        Step before = before(step);
        while (before != null && arguments > 0 && isPush(before.instruction())) {
            arguments--;
            before = before(before);
        }
        while (before != null && before.instruction() instanceof TypeCheckInstruction) {
            before = before(before);
        }
        return arguments == 0
                && before != null
                && before.instruction() instanceof InvokeInstruction earlier
                && earlier.typeSymbol().returnType().isClassOrInterface();
    }

    private static boolean isPush(Instruction instruction) {
        return instruction instanceof ConstantInstruction
                || instruction instanceof LoadInstruction
                || (instruction instanceof FieldInstruction field && field.opcode() == Opcode.GETSTATIC);
    }
}
