package dev.quarry.ingest;

import java.util.IdentityHashMap;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.ConditionalExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.Binding;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.LocalVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.PolyTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** The types of expressions, also of those that the compiler gave up on. For one file. */
final class ExpressionTypes {
    /**
     * A type.
     *
     * @param type null where nothing is known
     * @param context the imports of the file that names the type
     */
    record Typed(@Nullable TypeBinding type, @Nullable ImportMap context) {}

    private final TypeNames names;
    private final ImportMap imports;
    private final IdentityHashMap<MessageSend, MethodBinding> chosen = new IdentityHashMap<>();

    ExpressionTypes(TypeNames names, ImportMap imports) {
        this.names = names;
        this.imports = imports;
    }

    /** Notes which method a call names, where the compiler says otherwise or nothing. */
    void choose(MessageSend send, MethodBinding method) {
        chosen.put(send, method);
    }

    @Nullable
    MethodBinding chosen(MessageSend send) {
        return chosen.get(send);
    }

    /** The type of an expression. */
    Typed of(Expression expression) {
        Typed named = ofNamed(expression);
        if (named.type() != null && !(named.type() instanceof PolyTypeBinding)) {
            return named;
        }
        TypeBinding bound = expression.resolvedType;
        return new Typed(bound instanceof PolyTypeBinding ? null : bound, imports);
    }

    private Typed ofNamed(Expression expression) {
        return switch (expression) {
            case MessageSend send -> ofCall(send);
            case SingleNameReference name -> ofVariable(name.binding);
            case QualifiedNameReference name -> ofQualifiedName(name);
            case FieldReference reference when reference.binding != null -> ofField(reference.binding);
            case CastExpression cast -> ofText(cast.type);
            case AllocationExpression allocation when allocation.type != null -> ofText(allocation.type);
            case ConditionalExpression choice when choice.resolvedType == null -> of(choice.valueIfTrue);
            default -> new Typed(null, imports);
        };
    }

    private Typed ofText(TypeReference written) {
        TypeBinding type = written.resolvedType;
        if (type instanceof ProblemReferenceBinding problem && problem.closestMatch() != null) {
            type = problem.closestMatch();
        }
        return new Typed(type, imports);
    }

    private Typed ofCall(MessageSend send) {
        MethodBinding method = chosen.get(send);
        if (method == null) {
            method = send.binding;
        }
        if (method instanceof ProblemMethodBinding problem) {
            method = problem.closestMatch;
        }
        if (method == null) {
            return new Typed(null, imports);
        }
        return declared(send.resolvedType == null ? method.returnType : send.resolvedType, method);
    }

    private Typed declared(@Nullable TypeBinding type, MethodBinding method) {
        TypeBinding original = method.original().returnType;
        boolean inferred = original == null || original.leafComponentType().isTypeVariable();
        return new Typed(type, inferred ? imports : contextOf(method.original().declaringClass));
    }

    private Typed ofQualifiedName(QualifiedNameReference name) {
        FieldBinding[] others = name.otherBindings;
        if (others != null && others.length > 0) {
            FieldBinding last = others[others.length - 1];
            return last == null ? new Typed(null, imports) : ofField(last);
        }
        return ofVariable(name.binding);
    }

    /** The type of a variable; nothing is known of what is none. */
    Typed ofVariable(@Nullable Binding binding) {
        return switch (binding) {
            case LocalVariableBinding local when local.isValidBinding() -> ofLocal(local);
            case FieldBinding field when field.isValidBinding() -> ofField(field);
            case null, default -> new Typed(null, imports);
        };
    }

    private Typed ofLocal(LocalVariableBinding local) {
        boolean guessed = local.type == null || Bindings.isMissing(local.type);
        if (guessed && local.declaration != null && local.declaration.initialization != null) {
            boolean inferred = local.declaration.type == null || local.declaration.type.isTypeNameVar(null);
            if (inferred) {
                return of(local.declaration.initialization);
            }
        }
        return new Typed(local.type, imports);
    }

    /** The type of a field's value. */
    Typed ofField(FieldBinding field) {
        TypeBinding original = field.original().type;
        boolean inferred = original == null || original.leafComponentType().isTypeVariable();
        return new Typed(field.type, inferred ? imports : contextOf(field.original().declaringClass));
    }

    private @Nullable ImportMap contextOf(@Nullable ReferenceBinding owner) {
        ImportMap context = names.contextOf(owner);
        return context == null ? imports : context;
    }
}
