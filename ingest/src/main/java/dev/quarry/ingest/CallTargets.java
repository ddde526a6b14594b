package dev.quarry.ingest;

import dev.quarry.schema.Found;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ExplicitConstructorCall;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemFieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.jspecify.annotations.Nullable;

/**
 * What calls lead to.
 *
 * <p>A call that the compiler could not bind leads to the closest method that it saw, marked as known from the text; or to
 * a leaf with the reason.
 */
final class CallTargets {
    /** A call's target; null where it has no node. */
    record Call(@Nullable Target target, Found found) {}

    private final Bindings bindings;
    private final ImportMap imports;

    CallTargets(Bindings bindings, ImportMap imports) {
        this.bindings = bindings;
        this.imports = imports;
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
        return switch (constructor.declaringClass.id) {
            case TypeIds.T_JavaLangObject, TypeIds.T_JavaLangEnum, TypeIds.T_JavaLangRecord -> true;
            default -> false;
        };
    }

    Call certain(MethodBinding method) {
        return new Call(bindings.method(method), Found.COMPILER);
    }

    @Nullable
    Call of(MessageSend send) {
        MethodBinding method = send.binding;
        if (method != null && method.isValidBinding()) {
            return certain(method);
        }
        return guess(method, send.actualReceiverType, new String(send.selector));
    }

    @Nullable
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
        if (type == null) {
            return null;
        }
        return unresolved(typeName(type.resolvedType, type), "<init>");
    }

    @Nullable
    Call ofConstructorCall(ExplicitConstructorCall call) {
        MethodBinding constructor = call.binding;
        if (constructor != null && constructor.isValidBinding()) {
            return certain(constructor);
        }
        Call guess = constructor == null ? null : closest(constructor);
        if (guess != null || constructor == null || constructor.declaringClass == null) {
            return guess;
        }
        return unresolved(typeName(constructor.declaringClass, null), "<init>");
    }

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
        return guess(method, reference.receiverType, name);
    }

    private @Nullable Call guess(@Nullable MethodBinding problem, @Nullable TypeBinding receiver, String name) {
        Call guess = problem == null ? null : closest(problem);
        return guess != null ? guess : unresolved(typeName(receiver, null), name);
    }

    private @Nullable Call closest(MethodBinding problem) {
        if (problem instanceof ProblemMethodBinding hint && hint.closestMatch != null) {
            Target target = bindings.method(hint.closestMatch);
            return target == null ? null : new Call(target, Found.SYNTAX);
        }
        return null;
    }

    private Call unresolved(String owner, String name) {
        boolean missing = owner.startsWith("?");
        String type = missing ? owner.substring(1) : owner;
        String reason = missing
                ? "missing type " + type
                : type.isEmpty() ? "receiver not bound" : "no such method or constructor in " + type;
        return new Call(bindings.unresolved(type, name, reason), Found.SYNTAX);
    }

    /** The name of a receiver's type, after a question mark where the type is missing; empty where nothing is known. */
    private String typeName(@Nullable TypeBinding type, @Nullable TypeReference written) {
        if (type != null && type.leafComponentType() instanceof ReferenceBinding reference) {
            TypeBinding original = reference.erasure();
            if (original instanceof ReferenceBinding named && !Bindings.isUnnamed(named)) {
                boolean missing = Bindings.isMissing(named);
                return (missing ? "?" : "") + bindings.names().binaryName(named, imports);
            }
            return "";
        }
        return written == null ? "" : "?" + bindings.names().missingName(written.getTypeName(), imports);
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
            String owner = typeName(problem.declaringClass, null);
            if (!owner.isEmpty()) {
                boolean missing = owner.startsWith("?");
                String type = missing ? owner.substring(1) : owner;
                return bindings.unresolved(
                        type, new String(problem.name), (missing ? "missing type " : "no such field in ") + type);
            }
        }
        return null;
    }
}
