package dev.quarry.ingest;

import dev.quarry.ingest.ReceiverTypes.Owner;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * Methods that missing types may declare: an overload that fits a call better than the method that was found, or one of a
 * class that lies nearer to the call. For one file.
 */
final class HiddenMethods {
    private final MissingSupertypes supertypes;
    private final MissingStaticImports statics;

    HiddenMethods(MissingSupertypes supertypes, MissingStaticImports statics) {
        this.supertypes = supertypes;
        this.statics = statics;
    }

    /** Whether a call could mean such a method instead of the one that was found; without a scope it may. */
    boolean mayMatter(MessageSend send, MethodBinding found, @Nullable BlockScope scope) {
        if (scope == null) {
            return true;
        }
        MethodBinding original = found.original();
        boolean isImplicit = send.receiver.isImplicitThis();
        for (TypeBinding next = isImplicit ? scope.enclosingSourceType() : send.actualReceiverType;
                next instanceof ReferenceBinding type;
                next = isImplicit ? type.enclosingType() : null) {
            boolean isHere = !isImplicit || type.findSuperTypeOriginatingFrom(original.declaringClass) != null;
            if (supertypes.isOpen(type)) {
                return !isHere || !isExact(send, original) || mayOverride(type, original);
            }
            if (isHere) {
                return false;
            }
        }
        return isImplicit && statics.compete(send.selector, scope.compilationUnitScope()) && !isExact(send, original);
    }

    /** The same of a method that is named without a call. */
    boolean mayMatter(ReferenceExpression reference, MethodBinding found) {
        MethodBinding original = found.original();
        return !original.isConstructor()
                && reference.receiverType instanceof ReferenceBinding type
                && supertypes.isOpen(type)
                && (mayOverride(type, original) || !isExact(reference, original));
    }

    /**
     * The missing type whose member of that name the file imports, where the method that was found is imported with all of
     * its type, which that import hides; unknown elsewhere.
     */
    Owner hiding(MessageSend send, MethodBinding found, @Nullable BlockScope scope) {
        if (scope == null || !send.receiver.isImplicitThis() || !found.isStatic()) {
            return Owner.UNKNOWN;
        }
        Owner named = statics.ofNamed(send.selector, scope.compilationUnitScope());
        boolean isOfClassAround =
                MethodLookup.enclosing(scope.enclosingSourceType(), found.original().declaringClass) != null;
        return named.missing() && !isOfClassAround ? named : Owner.UNKNOWN;
    }

    /**
     * Whether a missing supertype of a type may override the method that the type inherits: a superclass those of Object
     * and of interfaces, an interface those of interfaces. One that only the method's own type has cannot.
     */
    private boolean mayOverride(ReferenceBinding type, MethodBinding method) {
        ReferenceBinding declaring = method.declaringClass;
        if (method.isFinal() || method.isStatic() || method.isPrivate() || Identity.same(declaring, type.original())) {
            return false;
        }
        boolean ofInterface = declaring.isInterface() || type.isInterface();
        return ofInterface ? supertypes.isOpenBeside(type, declaring) : MissingSupertypes.firstClass(type) != null;
    }

    /**
     * Whether the arguments have the types of the parameters, so that no other method can fit better. A missing type may
     * have several bindings, so that it is equal to none.
     */
    private static boolean isExact(MessageSend send, MethodBinding method) {
        Expression[] arguments = send.arguments == null ? new Expression[0] : send.arguments;
        if (arguments.length != method.parameters.length) {
            return false;
        }
        for (int i = 0; i < arguments.length; i++) {
            if (!isExact(arguments[i].resolvedType, method.parameters[i])) {
                return false;
            }
        }
        return true;
    }

    /** As above, by what the function that a method is named for takes: the last are the method's, if not all. */
    private static boolean isExact(ReferenceExpression reference, MethodBinding method) {
        TypeBinding[] given = reference.descriptor == null ? null : reference.descriptor.parameters;
        if (given == null || given.length < method.parameters.length) {
            return method.parameters.length == 0;
        }
        for (int i = 0; i < method.parameters.length; i++) {
            TypeBinding each = given[given.length - method.parameters.length + i];
            if (!isExact(each, method.parameters[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExact(@Nullable TypeBinding given, TypeBinding parameter) {
        return given != null
                && !Bindings.isMissing(given.leafComponentType())
                && Identity.same(given.erasure(), parameter.erasure());
    }
}
