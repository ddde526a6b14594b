package dev.quarry.ingest;

import dev.quarry.schema.Found;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** Reads what names in code stand for: fields, and the types before static ones. */
final class FieldAccesses {
    /** The code that the names stand in. */
    interface Code {
        /**
         * Takes a field that a name stands for.
         *
         * @param isWhole whether the whole name does, so that the field may be assigned
         */
        void access(Expression reference, boolean isWhole, Target field, Found found, int offset);

        /** Takes a type that a name begins with. */
        void receiver(Target type, int offset);

        /** Whether a name that the compiler looked up in vain is a constant of what a switch is about. */
        boolean isLabel(NameReference reference);

        /** Whether a method's name follows, so that the name may be that of a type. */
        boolean isReceiver(NameReference reference);

        /** The scope, if a name in it that the compiler does not know cannot be that of a variable. */
        @Nullable
        BlockScope sure(@Nullable BlockScope scope);
    }

    private final FieldTargets fields;
    private final Bindings bindings;
    private final ImportMap imports;
    private final Code code;

    FieldAccesses(FieldTargets fields, Bindings bindings, ImportMap imports, Code code) {
        this.fields = fields;
        this.bindings = bindings;
        this.imports = imports;
        this.code = code;
    }

    void read(FieldReference reference) {
        int offset = (int) (reference.nameSourcePosition >>> 32);
        Target target = reference.binding == null ? fields.of(reference) : fields.of(reference.binding);
        if (target != null) {
            boolean isBound = reference.binding != null && reference.binding.isValidBinding();
            code.access(reference, true, target, isBound ? Found.COMPILER : Found.SYNTAX, offset);
        }
    }

    void read(SingleNameReference reference, @Nullable BlockScope scope) {
        if (reference.binding instanceof FieldBinding field) {
            part(reference, field, 0, fields.mayBeAnother(reference, scope));
        } else if (!unknown(reference, new char[][] {reference.token}, scope)
                && reference.binding instanceof TypeBinding type) {
            receiver(type, reference);
        }
    }

    void read(QualifiedNameReference reference, @Nullable BlockScope scope) {
        int first = reference.indexOfFirstFieldBinding;
        FieldBinding[] others = reference.otherBindings == null ? new FieldBinding[0] : reference.otherBindings;
        boolean variable = !(reference.binding instanceof FieldBinding) && unknown(reference, reference.tokens, scope);
        receiver(variable ? null : ReceiverTypes.named(reference), reference);
        boolean guessed = fields.mayBeAnother(reference, scope);
        if (reference.binding instanceof FieldBinding field) {
            receiver(first > 1 ? reference.actualReceiverType : null, reference);
            part(reference, field, Math.max(first, 1) - 1, guessed);
        }
        for (int i = 0; i < others.length; i++) {
            part(reference, others[i], Math.max(first, 1) + i, guessed);
        }
        for (FieldTargets.Segment each : fields.rest(reference)) {
            part(reference, each.target(), Found.SYNTAX, each.index());
        }
    }

    /** Notes the field in a name that the compiler looked up in vain; whether the name begins with it. */
    private boolean unknown(NameReference reference, char[][] tokens, @Nullable BlockScope scope) {
        if (reference.binding == null || reference.binding.isValidBinding()) {
            return false;
        }
        if (code.isLabel(reference)) {
            return true;
        }
        FieldTargets.Segment field = fields.unknown(tokens, code.isReceiver(reference), code.sure(scope));
        if (field != null) {
            part(reference, field.target(), Found.SYNTAX, field.index());
        }
        return field != null && field.index() == 0;
    }

    private void part(NameReference reference, @Nullable FieldBinding field, int index, boolean guessed) {
        Target target = field == null ? null : fields.of(field);
        if (field != null && target != null) {
            boolean sure = field.isValidBinding() && !guessed;
            part(reference, target, sure ? Found.COMPILER : Found.SYNTAX, index);
        }
    }

    private void part(NameReference reference, Target target, Found found, int index) {
        boolean isWhole = true;
        int offset = reference.sourceStart;
        if (reference instanceof QualifiedNameReference name) {
            isWhole = index >= name.tokens.length - 1;
            offset = index < name.sourcePositions.length ? (int) (name.sourcePositions[index] >>> 32) : offset;
        }
        code.access(reference, isWhole, target, found, offset);
    }

    private void receiver(@Nullable TypeBinding type, NameReference reference) {
        Target target = type == null ? null : bindings.type(type, imports);
        if (target != null) {
            code.receiver(target, reference.sourceStart);
        }
    }
}
