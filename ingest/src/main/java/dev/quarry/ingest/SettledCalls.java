package dev.quarry.ingest;

import dev.quarry.ingest.Overloads.Choice;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.ArrayReference;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReasons;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TagBits;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeVariableBinding;
import org.jspecify.annotations.Nullable;

/**
 * The methods that calls name, each found once: a call needs what its receiver and its arguments are, in whatever order
 * they are asked for. For one file.
 */
final class SettledCalls {
    private final FileLookups lookups;
    private final Set<MessageSend> settled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<MessageSend> certain = Collections.newSetFromMap(new IdentityHashMap<>());

    SettledCalls(FileLookups lookups) {
        this.lookups = lookups;
    }

    /** The method that a call names; those that its receiver and its arguments name are found on the way. */
    @Nullable
    MethodBinding of(MessageSend send, @Nullable BlockScope scope) {
        settleReceiver(send.receiver, scope);
        settleAll(send.arguments, scope);
        return settle(send, scope);
    }

    /** Whether a call, whose method was found, can mean no other. */
    boolean isCertain(MessageSend send) {
        return certain.contains(send);
    }

    /** The method that a call was led to; else what the compiler says of it. */
    @Nullable
    MethodBinding named(MessageSend send) {
        MethodBinding chosen = lookups.types().chosen(send);
        if (chosen != null) {
            return chosen;
        }
        boolean guessed = send.binding instanceof ProblemMethodBinding problem
                && problem.closestMatch != null
                && !isAmbiguous(problem, send.arguments);
        return guessed ? ((ProblemMethodBinding) send.binding).closestMatch : send.binding;
    }

    /** Whether several methods fit equally well although the types of all arguments are known. */
    static boolean isAmbiguous(@Nullable MethodBinding method, Expression @Nullable [] arguments) {
        if (!(method instanceof ProblemMethodBinding problem) || problem.problemId() != ProblemReasons.Ambiguous) {
            return false;
        }
        for (Expression argument : orNone(arguments)) {
            TypeBinding type = argument.resolvedType;
            if (type == null || !type.isValidBinding() || Bindings.isMissing(type)) {
                return false;
            }
        }
        return true;
    }

    /** As above, for a call of a method: the compiler keeps one of the methods as its binding. No type may be missing. */
    boolean isAmbiguous(MessageSend send) {
        ProblemMethodBinding problem = lookups.errors().rejection(send);
        if (!isAmbiguous(problem, send.arguments)) {
            return false;
        }
        ReferenceBinding declaring = Objects.requireNonNull(problem).closestMatch == null
                ? problem.declaringClass
                : problem.closestMatch.original().declaringClass;
        if (declaring == null || !declaring.isValidBinding()) {
            return declaring == null;
        }
        for (MethodBinding candidate : declaring.getMethods(send.selector)) {
            if ((candidate.original().tagBits & TagBits.HasMissingType) != 0) {
                return false;
            }
        }
        return lookups.supertypes().of(declaring).isEmpty();
    }

    /** Whether the compiler keeps this method as the nearest to what a call names, and says that it does not fit. */
    private boolean isMisfit(MessageSend send, MethodBinding method, @Nullable BlockScope scope) {
        ProblemMethodBinding problem = lookups.errors().rejection(send);
        if (problem == null
                || problem.closestMatch == null
                || !Identity.same(problem.closestMatch.original(), method.original())) {
            return false;
        }
        return switch (problem.problemId()) {
            case ProblemReasons.NotVisible,
                    ProblemReasons.ReceiverTypeNotVisible,
                    ProblemReasons.NonStaticReferenceInStaticContext,
                    ProblemReasons.NonStaticReferenceInConstructorInvocation -> false;
            default -> !lookups.overloads().matchesByName(method, orNone(send.arguments), scope);
        };
    }

    private void settleReceiver(Expression receiver, @Nullable BlockScope scope) {
        Expression inner = receiver;
        while (inner instanceof ArrayReference element) {
            inner = element.receiver;
        }
        if (inner instanceof MessageSend send) {
            settle(send, scope);
        }
    }

    /** Finds the methods that calls in arguments name. */
    void settleAll(Expression @Nullable [] arguments, @Nullable BlockScope scope) {
        if (arguments != null) {
            for (Expression argument : arguments) {
                if (argument instanceof MessageSend send) {
                    settle(send, scope);
                } else {
                    settleAll(OperatorTypes.parts(argument).toArray(Expression[]::new), scope);
                }
            }
        }
    }

    /** Finds the method that a call names, once. */
    private @Nullable MethodBinding settle(MessageSend send, @Nullable BlockScope scope) {
        MethodBinding known = lookups.types().chosen(send);
        if (known != null || !settled.add(send)) {
            return known != null ? known : send.binding;
        }
        if (isAmbiguous(send)) {
            return send.binding;
        }
        settleReceiver(send.receiver, scope);
        settleAll(send.arguments, scope);
        MethodBinding bound = send.binding;
        MethodBinding valid = usable(bound);
        MethodBinding root = valid == null ? ofRoot(send, scope) : null;
        if (root != null) {
            return root;
        }
        ReferenceBinding start = startOf(send, valid);
        if (start == null) {
            if (valid != null && !mayBeAnother(send, valid, scope) && !isGuess(send.receiver, scope)) {
                certain.add(send);
            }
            return valid == null ? explained(send, scope) : bound;
        }
        Choice choice = lookups.overloads().choose(start, send.selector, orNone(send.arguments), valid, scope);
        if (choice.method() == null) {
            return explained(send, scope);
        }
        MethodBinding method = valid != null && Identity.same(choice.method(), valid.original())
                ? valid
                : lookups.types().ofReceiver(send, choice.method());
        lookups.types().choose(send, method);
        if (choice.certain()
                && !mayBeAnother(send, method, scope)
                && !isGuess(send.receiver, scope)
                && !anyGuess(send.arguments, scope)) {
            certain.add(send);
        }
        return method;
    }

    /** The method of Object that a call must mean, whatever type is missing. */
    private @Nullable MethodBinding ofRoot(MessageSend send, @Nullable BlockScope scope) {
        TypeBinding receiver = lookups.types().of(send.receiver).type();
        MethodBinding root = RootMethods.of(send, receiver, scope);
        if (root != null) {
            lookups.types().choose(send, root, RootMethods.result(root, receiver));
            if (!isGuess(send.receiver, scope)) {
                certain.add(send);
            }
        }
        return root;
    }

    /** The method by which Lombok explains a call that names none; else what the compiler says of it. */
    private @Nullable MethodBinding explained(MessageSend send, @Nullable BlockScope scope) {
        boolean isImplicit = send.receiver.isImplicitThis();
        TypeBinding receiver = isImplicit
                ? send.actualReceiverType
                : lookups.types().of(send.receiver).type();
        MethodBinding found = lookups.lombok().find(send, receiver, scope);
        return found == null ? send.binding : found;
    }

    /** Whether a call could mean something else than this method, as the compiler, broken text or a missing type tells. */
    private boolean mayBeAnother(MessageSend send, MethodBinding method, @Nullable BlockScope scope) {
        return isMisfit(send, method, scope)
                || lookups.lost().mayMatter(send, method)
                || lookups.hidden().mayMatter(send, method, scope);
    }

    /** Whether an expression's type hangs on a choice that another one could be right about. */
    private boolean isGuess(Expression expression, @Nullable BlockScope scope) {
        if (!(expression instanceof MessageSend send)) {
            boolean isGuess =
                    lookups.types().isGivenUp(expression) || lookups.fields().mayBeAnother(expression, scope);
            return isGuess || anyGuess(OperatorTypes.parts(expression).toArray(Expression[]::new), scope);
        }
        boolean isLed =
                lookups.types().chosen(send) != null || (settled.contains(send) && usable(send.binding) != null);
        return (isLed && !certain.contains(send)) || isInferredFromUnknown(send, scope);
    }

    /** Whether a generic method's result is inferred from an argument of which the compiler knows nothing. */
    private boolean isInferredFromUnknown(MessageSend send, @Nullable BlockScope scope) {
        TypeBinding result = send.binding == null ? null : send.binding.original().returnType;
        if (result == null || (result.tagBits & TagBits.HasTypeVariable) == 0 || send.arguments == null) {
            return false;
        }
        boolean isOwn = result.leafComponentType() instanceof TypeVariableBinding variable
                && variable.declaringElement instanceof MethodBinding;
        if (isOwn && send.resolvedType == null) {
            return true;
        }
        for (Expression argument : send.arguments) {
            boolean isCall = argument instanceof MessageSend || argument instanceof NameReference;
            if (isCall && (argument.resolvedType == null || isGuess(argument, scope))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the type of one of these hangs on a choice that another one could be right about. */
    boolean anyGuess(Expression @Nullable [] expressions, @Nullable BlockScope scope) {
        for (Expression expression : orNone(expressions)) {
            if (isGuess(expression, scope)) {
                return true;
            }
        }
        return false;
    }

    /** The type in which the search for a call's method begins. */
    private @Nullable ReferenceBinding startOf(MessageSend send, @Nullable MethodBinding bound) {
        if (bound != null && (send.arguments == null || send.isSuperAccess())) {
            return null;
        }
        if (!send.receiver.isImplicitThis()) {
            return lookups.receivers().classOf(send.receiver);
        }
        TypeBinding type = send.actualReceiverType;
        if (bound == null) {
            return lookups.receivers().isImported(send.selector) ? null : MethodLookup.enclosing(type, send.selector);
        }
        ReferenceBinding declaring = bound.original().declaringClass;
        ReferenceBinding outer = MethodLookup.enclosing(type, declaring);
        return outer == null ? declaring : outer;
    }

    /** What the compiler bound; null unless it is a method of a type that is there. */
    static @Nullable MethodBinding usable(@Nullable MethodBinding bound) {
        boolean usable = bound != null && bound.isValidBinding() && !Bindings.isMissing(bound.declaringClass);
        return usable ? bound : null;
    }

    static Expression[] orNone(Expression @Nullable [] arguments) {
        return arguments == null ? new Expression[0] : arguments;
    }
}
