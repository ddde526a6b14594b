package dev.quarry.ingest;

import dev.quarry.ingest.ReceiverTypes.Owner;
import dev.quarry.schema.Found;
import dev.quarry.schema.UnresolvedReason;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ExplicitConstructorCall;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemFieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.jspecify.annotations.Nullable;

/**
 * What calls lead to.
 *
 * <p>A call that the compiler could not bind leads to the closest method that it saw, marked as known from the text; or to
 * a leaf with the reason.
 */
final class CallTargets {
    /** A call's target; null where it has no node, as members of anonymous classes. */
    record Call(@Nullable Target target, Found found) {}

    private final Bindings bindings;
    private final ReceiverTypes receivers;

    CallTargets(Bindings bindings, ImportMap imports) {
        this.bindings = bindings;
        this.receivers = new ReceiverTypes(bindings, imports);
    }

    /** The role of a call as {@link dev.quarry.schema.EdgeKind#CALLS} lists them. */
    static String role(MessageSend send) {
        MethodBinding binding = send.binding;
        if (binding == null) {
            return "virtual";
        }
        if (binding.isStatic()) {
            return "static";
        }
        if (send.isSuperAccess() || binding.isPrivate()) {
            return "special";
        }
        return binding.declaringClass != null && binding.declaringClass.isInterface() ? "interface" : "virtual";
    }

    /** Whether this is the constructor of Object, Enum or Record, which calls without arguments do not name. */
    static boolean isOfRootClass(@Nullable MethodBinding constructor) {
        if (constructor == null || constructor.declaringClass == null) {
            return false;
        }
        return switch (constructor.original().declaringClass.id) {
            case TypeIds.T_JavaLangObject, TypeIds.T_JavaLangEnum, TypeIds.T_JavaLangRecord -> true;
            default -> false;
        };
    }

    Call certain(MethodBinding method) {
        return new Call(bindings.method(method), Found.COMPILER);
    }

    Call of(MessageSend send) {
        MethodBinding method = send.binding;
        if (method != null && method.isValidBinding()) {
            return certain(method);
        }
        Call guess = method == null ? null : closest(method);
        if (guess != null) {
            return guess;
        }
        Owner owner = ownerOf(send);
        int arity = send.arguments == null ? 0 : send.arguments.length;
        MethodBinding only = owner.type() == null ? null : MethodLookup.only(owner.type(), send.selector, arity);
        Target target = only == null ? null : bindings.method(only);
        return target != null ? new Call(target, Found.SYNTAX) : unresolved(owner, new String(send.selector));
    }

    private Owner ownerOf(MessageSend send) {
        if (send.receiver.isImplicitThis()) {
            Owner imported = receivers.ofStaticImport(send.selector);
            return imported.name().isEmpty() ? receivers.ofHierarchy(send.actualReceiverType) : imported;
        }
        Owner bound = receivers.ofHierarchy(send.actualReceiverType);
        return bound.name().isEmpty() ? receivers.of(send.receiver) : bound;
    }

    Call ofConstructor(AllocationExpression allocation) {
        MethodBinding constructor = allocation.binding;
        if (constructor != null && constructor.isValidBinding()) {
            return certain(constructor);
        }
        Call guess = constructor == null ? null : closest(constructor);
        if (guess != null) {
            return guess;
        }
        TypeReference type = allocation.type;
        return unresolved(type == null ? ownerOf(constructor) : receivers.of(type), "<init>");
    }

    /** Null for what the compiler adds and has not bound. */
    @Nullable
    Call ofConstructorCall(ExplicitConstructorCall call) {
        MethodBinding constructor = call.binding;
        if (constructor != null && constructor.isValidBinding()) {
            return certain(constructor);
        }
        Call guess = constructor == null ? null : closest(constructor);
        if (guess != null) {
            return guess;
        }
        Owner owner = ownerOf(constructor);
        return owner.name().isEmpty() && call.isImplicitSuper() ? null : unresolved(owner, "<init>");
    }

    private Owner ownerOf(@Nullable MethodBinding constructor) {
        return constructor == null || constructor.declaringClass == null
                ? Owner.UNKNOWN
                : receivers.of(constructor.declaringClass);
    }

    /** Null for the constructor of an array. */
    @Nullable
    Call ofReference(ReferenceExpression reference) {
        if (reference.isArrayConstructorReference()) {
            return null;
        }
        MethodBinding method = reference.binding;
        String name = reference.isConstructorReference() ? "<init>" : new String(reference.selector);
        if (method != null && method.isValidBinding()) {
            return certain(method);
        }
        Call guess = method == null ? null : closest(method);
        if (guess != null) {
            return guess;
        }
        Owner owner = reference.lhs instanceof TypeReference type
                ? receivers.of(type)
                : receivers.ofHierarchy(reference.receiverType);
        return unresolved(owner.name().isEmpty() ? receivers.of(reference.lhs) : owner, name);
    }

    private @Nullable Call closest(MethodBinding problem) {
        if (problem instanceof ProblemMethodBinding hint && hint.closestMatch != null) {
            Target target = bindings.method(hint.closestMatch);
            return target == null ? null : new Call(target, Found.SYNTAX);
        }
        return null;
    }

    private Call unresolved(Owner owner, String name) {
        return new Call(bindings.unresolved(owner.name(), name, reason(owner)), Found.SYNTAX);
    }

    private static UnresolvedReason reason(Owner owner) {
        if (owner.missing()) {
            return UnresolvedReason.MISSING_TYPE;
        }
        return owner.name().isEmpty() ? UnresolvedReason.RECEIVER_UNBOUND : UnresolvedReason.NO_SUCH_MEMBER;
    }

    /** The node of a field that is read or written; null where it has none. */
    @Nullable
    Target field(FieldBinding field) {
        if (field.isValidBinding()) {
            return bindings.field(field);
        }
        if (field instanceof ProblemFieldBinding problem) {
            if (problem.closestMatch != null) {
                return bindings.field(problem.closestMatch);
            }
            Owner owner = receivers.ofHierarchy(problem.declaringClass);
            if (!owner.name().isEmpty()) {
                return bindings.unresolved(owner.name(), new String(problem.name), reason(owner));
            }
        }
        return null;
    }
}
