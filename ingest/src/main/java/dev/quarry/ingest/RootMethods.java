package dev.quarry.ingest;

import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeIds;
import org.jspecify.annotations.Nullable;

/** The methods of Object that calls mean although the compiler gave up on them, since the receiver's type is missing. */
final class RootMethods {
    /** Those without parameters that no class can declare anew. */
    private static final Set<String> FINAL = Set.of("getClass", "notify", "notifyAll", "wait");

    private RootMethods() {}

    /** The method of Object that a call must mean, whatever is missing; null where others may be, or without a scope. */
    static @Nullable MethodBinding of(MessageSend send, @Nullable TypeBinding receiver, @Nullable BlockScope scope) {
        int count = send.arguments == null ? 0 : send.arguments.length;
        boolean isFinal = count == 0 && FINAL.contains(new String(send.selector));
        if (scope == null
                || receiver == null
                || !(receiver.isArrayType() || (isFinal && Bindings.isMissing(receiver)))) {
            return null;
        }
        MethodBinding only = null;
        for (MethodBinding each : scope.getJavaLangObject().getMethods(send.selector)) {
            if (each.parameters.length == count) {
                only = each;
            }
        }
        return only;
    }

    /** What such a call gives: of an array, a clone is an array of the same type. */
    static TypeBinding result(MethodBinding method, @Nullable TypeBinding receiver) {
        if (receiver != null && receiver.isArrayType() && "clone".equals(new String(method.selector))) {
            return receiver;
        }
        return method.returnType;
    }

    /** Whether this is the constructor of Object, Enum or Record, which calls without arguments do not name. */
    static boolean isConstructor(@Nullable MethodBinding constructor) {
        if (constructor == null || constructor.declaringClass == null) {
            return false;
        }
        return switch (constructor.original().declaringClass.id) {
            case TypeIds.T_JavaLangObject, TypeIds.T_JavaLangEnum, TypeIds.T_JavaLangRecord -> true;
            default -> false;
        };
    }
}
