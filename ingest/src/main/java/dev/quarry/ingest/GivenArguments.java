package dev.quarry.ingest;

import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Assignment;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.TagBits;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * Which arguments the compiler knew when it chose a method.
 *
 * <p>It says nothing of an expression whose type has a missing one among its arguments, nor of a call of a method that has
 * one in its signature, however well the type of the call is known; and takes {@code null} for what it says nothing of.
 */
final class GivenArguments {
    private final ExpressionTypes types;

    GivenArguments(ExpressionTypes types) {
        this.types = types;
    }

    /** Whether the compiler knew the arguments, as far as they decide between methods. */
    boolean all(Expression[] arguments, List<MethodBinding> candidates) {
        for (int i = 0; i < arguments.length; i++) {
            boolean isDoubtful = arguments[i] instanceof FunctionalExpression function
                    ? candidates.size() > 1 && FunctionShapes.isUnknown(function) && !SureFit.isSame(candidates, i)
                    : isDoubtful(arguments[i]);
            if (isDoubtful) {
                return false;
            }
        }
        return true;
    }

    private boolean isDoubtful(Expression argument) {
        TypeBinding type = types.of(argument).type();
        return type == null
                || Bindings.isMissing(type.leafComponentType())
                || isGivenUp(argument)
                || types.isGivenUp(argument);
    }

    /** Whether the compiler found no type for an argument; it then takes it for one that fits everywhere. */
    boolean isGivenUp(Expression argument) {
        return switch (argument) {
            case MessageSend send -> {
                MethodBinding chosen = types.chosen(send);
                yield isUnknown(send.resolvedType)
                        || !isBound(send.binding)
                        || (chosen != null && !Identity.same(chosen.original(), send.binding.original()));
            }
            case AllocationExpression allocation -> allocation.resolvedType == null || !isBound(allocation.binding);
            case CastExpression cast -> cast.resolvedType == null;
            case Assignment assignment -> isUnknown(assignment.resolvedType) || isGivenUp(assignment.expression);
            default -> isUnknown(argument.resolvedType);
        };
    }

    /** Whether the compiler says nothing of what has this type. */
    static boolean isUnknown(@Nullable TypeBinding type) {
        return type == null || (type.tagBits & TagBits.HasMissingType) != 0;
    }

    static boolean isBound(@Nullable MethodBinding method) {
        return method != null && method.isValidBinding();
    }
}
