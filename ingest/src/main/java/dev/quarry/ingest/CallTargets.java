package dev.quarry.ingest;

import dev.quarry.ingest.Overloads.Choice;
import dev.quarry.ingest.ReceiverTypes.Owner;
import dev.quarry.schema.Found;
import dev.quarry.schema.UnresolvedReason;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ArrayReference;
import org.eclipse.jdt.internal.compiler.ast.ExplicitConstructorCall;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.ForeachStatement;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemReasons;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TagBits;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeConstants;
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
    private final ExpressionTypes types;
    private final Set<MessageSend> settled = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<MessageSend> certain = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Overloads overloads;
    private final FieldTargets fields;
    private final LombokCalls lombok;
    private final UnitErrors errors;
    private final LostMembers lost;
    private final MissingSupertypes supertypes;
    private final HiddenMethods hidden;
    private final MissingStaticImports statics = new MissingStaticImports();
    private final InheritedMembers members;

    CallTargets(Bindings bindings, ImportMap imports, LombokModel lombok, UnitErrors errors) {
        this.errors = errors;
        this.lost = new LostMembers(errors);
        this.supertypes = new MissingSupertypes(bindings.names());
        this.hidden = new HiddenMethods(supertypes, statics);
        this.bindings = bindings;
        this.members = new InheritedMembers(bindings.names());
        this.types = new ExpressionTypes(bindings.names(), imports);
        this.receivers = new ReceiverTypes(bindings, imports, types);
        this.overloads = new Overloads(bindings.names(), imports, types);
        this.fields = new FieldTargets(bindings, imports, receivers, types);
        this.lombok = new LombokCalls(lombok, bindings.names(), overloads, types);
    }

    /** The same for accesses to fields: they share what is known of expressions. */
    FieldTargets fields() {
        return fields;
    }

    /** The role of a call as {@link dev.quarry.schema.EdgeKind#CALLS} lists them; to be asked for after its target. */
    String role(MessageSend send, BlockScope scope) {
        MethodBinding named = named(send);
        if (named == null) {
            return "virtual";
        }
        MethodBinding method =
                members.called(send, named, types.of(send.receiver).type(), scope);
        if (method.isStatic()) {
            return "static";
        }
        if (send.isSuperAccess() || method.isPrivate()) {
            return "special";
        }
        return method.declaringClass != null && method.declaringClass.isInterface() ? "interface" : "virtual";
    }

    /** The method that a call was led to; else what the compiler says of it. */
    private @Nullable MethodBinding named(MessageSend send) {
        MethodBinding chosen = types.chosen(send);
        if (chosen != null) {
            return chosen;
        }
        boolean guessed = send.binding instanceof ProblemMethodBinding problem
                && problem.closestMatch != null
                && !isAmbiguous(problem, send.arguments);
        return guessed ? ((ProblemMethodBinding) send.binding).closestMatch : send.binding;
    }

    Call certain(MethodBinding method) {
        return new Call(bindings.method(method), Found.COMPILER);
    }

    /** Notes what the variable of a loop goes through; to be told before the loop's body is looked at. */
    void iterates(ForeachStatement loop) {
        if (loop.elementVariable != null && loop.elementVariable.binding != null && loop.collection != null) {
            types.iterates(loop.elementVariable.binding, loop.collection);
        }
    }

    /** The target of a call; the calls in its receiver and in its arguments are looked up on the way. */
    Call of(MessageSend send, BlockScope scope) {
        settleReceiver(send.receiver, scope);
        settleAll(send.arguments, scope);
        MethodBinding method = settle(send, scope);
        if (isAmbiguous(send)) {
            return ambiguous(ownerOf(send), new String(send.selector));
        }
        if (method != null && method.isValidBinding()) {
            Owner hiding = hidden.hiding(send, method, scope);
            if (hiding.missing()) {
                return unresolved(hiding, new String(send.selector));
            }
            TypeBinding receiver = types.of(send.receiver).type();
            LateLambdas.expect(send.arguments, method, receiver);
            Target target = bindings.method(members.called(send, method, receiver, scope));
            return new Call(target, certain.contains(send) ? Found.COMPILER : Found.SYNTAX);
        }
        Call guess = method == null ? null : closest(method);
        return guess != null ? guess : unresolved(send, scope);
    }

    /** In code that the compiler gave up on there may be no scope. */
    private Call unresolved(MessageSend send, @Nullable BlockScope scope) {
        String name = new String(send.selector);
        Owner owner = ownerOf(send);
        if (scope != null && send.receiver.isImplicitThis() && !owner.missing()) {
            Owner imported = statics.owner(scope.compilationUnitScope());
            owner = imported.missing() ? imported : owner;
        }
        if (owner.name().isEmpty()) {
            Expression root = send.receiver;
            while (root instanceof MessageSend inner) {
                root = inner.receiver;
            }
            Target generated = bindings.unresolvedAfter(receivers.of(root).name(), name);
            if (generated != null) {
                return new Call(generated, Found.SYNTAX);
            }
        }
        return unresolved(owner, name);
    }

    /** Whether several methods fit equally well although the types of all arguments are known. */
    private static boolean isAmbiguous(@Nullable MethodBinding method, Expression @Nullable [] arguments) {
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
    private boolean isAmbiguous(MessageSend send) {
        ProblemMethodBinding problem = errors.rejection(send);
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
        return supertypes.of(declaring).isEmpty();
    }

    /** Whether the compiler keeps this method as the nearest to what a call names, and says that it does not fit. */
    private boolean isMisfit(MessageSend send, MethodBinding method, BlockScope scope) {
        ProblemMethodBinding problem = errors.rejection(send);
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
            default -> !overloads.matchesByName(method, orNone(send.arguments), scope);
        };
    }

    private Call ambiguous(Owner owner, String name) {
        return new Call(bindings.unresolved(owner.name(), name, UnresolvedReason.AMBIGUOUS), Found.SYNTAX);
    }

    private void settleReceiver(Expression receiver, BlockScope scope) {
        Expression inner = receiver;
        while (inner instanceof ArrayReference element) {
            inner = element.receiver;
        }
        if (inner instanceof MessageSend send) {
            settle(send, scope);
        }
    }

    private void settleAll(Expression @Nullable [] arguments, BlockScope scope) {
        if (arguments != null) {
            for (Expression argument : arguments) {
                if (argument instanceof MessageSend send) {
                    settle(send, scope);
                }
            }
        }
    }

    /** Finds the method that a call names, once. */
    private @Nullable MethodBinding settle(MessageSend send, BlockScope scope) {
        MethodBinding known = types.chosen(send);
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
        Choice choice = overloads.choose(start, send.selector, orNone(send.arguments), valid, scope);
        if (choice.method() == null) {
            return explained(send, scope);
        }
        MethodBinding method = valid != null && Identity.same(choice.method(), valid.original())
                ? valid
                : types.ofReceiver(send, choice.method());
        types.choose(send, method);
        if (choice.certain()
                && !mayBeAnother(send, method, scope)
                && !isGuess(send.receiver, scope)
                && !anyGuess(send.arguments, scope)) {
            certain.add(send);
        }
        return method;
    }

    /** The method of Object that a call must mean, whatever type is missing. */
    private @Nullable MethodBinding ofRoot(MessageSend send, BlockScope scope) {
        TypeBinding receiver = types.of(send.receiver).type();
        MethodBinding root = RootMethods.of(send, receiver, scope);
        if (root != null) {
            types.choose(send, root, RootMethods.result(root, receiver));
            if (!isGuess(send.receiver, scope)) {
                certain.add(send);
            }
        }
        return root;
    }

    /** The method by which Lombok explains a call that names none; else what the compiler says of it. */
    private @Nullable MethodBinding explained(MessageSend send, BlockScope scope) {
        boolean isImplicit = send.receiver.isImplicitThis();
        TypeBinding receiver =
                isImplicit ? send.actualReceiverType : types.of(send.receiver).type();
        MethodBinding found = lombok.find(send, receiver, scope);
        return found == null ? send.binding : found;
    }

    /** Whether a call could mean something else than this method, as the compiler, broken text or a missing type tells. */
    private boolean mayBeAnother(MessageSend send, MethodBinding method, BlockScope scope) {
        return isMisfit(send, method, scope) || lost.mayMatter(send, method) || hidden.mayMatter(send, method, scope);
    }

    /** Whether an expression's type hangs on a choice that another one could be right about. */
    private boolean isGuess(Expression expression, BlockScope scope) {
        if (!(expression instanceof MessageSend send)) {
            return types.isGivenUp(expression) || fields.mayBeAnother(expression, scope);
        }
        boolean isLed = types.chosen(send) != null || (settled.contains(send) && usable(send.binding) != null);
        return (isLed && !certain.contains(send)) || isInferredFromUnknown(send, scope);
    }

    /** Whether a generic method's result is inferred from an argument of which the compiler knows nothing. */
    private boolean isInferredFromUnknown(MessageSend send, BlockScope scope) {
        TypeBinding result = send.binding == null ? null : send.binding.original().returnType;
        if (result == null || (result.tagBits & TagBits.HasTypeVariable) == 0 || send.arguments == null) {
            return false;
        }
        for (Expression argument : send.arguments) {
            boolean isCall = argument instanceof MessageSend || argument instanceof NameReference;
            if (isCall && (argument.resolvedType == null || isGuess(argument, scope))) {
                return true;
            }
        }
        return false;
    }

    private boolean anyGuess(Expression @Nullable [] expressions, BlockScope scope) {
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
            return receivers.classOf(send.receiver);
        }
        TypeBinding type = send.actualReceiverType;
        if (bound == null) {
            return receivers.isImported(send.selector) ? null : MethodLookup.enclosing(type, send.selector);
        }
        ReferenceBinding declaring = bound.original().declaringClass;
        for (TypeBinding next = type; next instanceof ReferenceBinding outer; next = outer.enclosingType()) {
            if (outer.findSuperTypeOriginatingFrom(declaring) != null) {
                return outer;
            }
        }
        return declaring;
    }

    private static @Nullable MethodBinding usable(@Nullable MethodBinding bound) {
        boolean usable = bound != null && bound.isValidBinding() && !Bindings.isMissing(bound.declaringClass);
        return usable ? bound : null;
    }

    private static Expression[] orNone(Expression @Nullable [] arguments) {
        return arguments == null ? new Expression[0] : arguments;
    }

    /** A constructor among those of a class, as far as it is known. */
    private @Nullable Call constructor(
            @Nullable TypeBinding type,
            @Nullable MethodBinding bound,
            Expression @Nullable [] arguments,
            BlockScope scope) {
        settleAll(arguments, scope);
        if (isAmbiguous(bound, arguments)) {
            return ambiguous(ownerOf(bound), "<init>");
        }
        MethodBinding valid = usable(bound);
        TypeBinding owner = type == null && bound != null ? bound.declaringClass : type;
        if (type != null && Bindings.isMissing(type)) {
            return null;
        }
        if (!(owner instanceof ReferenceBinding declaring) || Bindings.isMissing(owner)) {
            if (valid != null) {
                return certain(valid);
            }
            return bound == null ? null : closest(bound);
        }
        Choice choice = overloads.choose(
                (ReferenceBinding) declaring.original(), TypeConstants.INIT, orNone(arguments), valid, scope);
        if (choice.method() == null) {
            return bound == null ? null : closest(bound);
        }
        boolean sure = choice.certain() && !anyGuess(arguments, scope) && !lost.mayMatter(choice.method());
        return new Call(bindings.method(choice.method()), sure ? Found.COMPILER : Found.SYNTAX);
    }

    private Owner ownerOf(MessageSend send) {
        if (send.receiver.isImplicitThis()) {
            Owner imported = receivers.ofStaticImport(send.selector);
            return imported.name().isEmpty() ? receivers.ofHierarchy(send.actualReceiverType) : imported;
        }
        if (types.isGivenUp(send.receiver)) {
            return receivers.of(send.receiver);
        }
        Owner bound = receivers.ofHierarchy(send.actualReceiverType);
        return bound.name().isEmpty() ? receivers.of(send.receiver) : bound;
    }

    Call ofConstructor(AllocationExpression allocation, BlockScope scope) {
        TypeReference type = allocation.type;
        TypeBinding written = type == null ? null : type.resolvedType;
        Call known = constructor(written, allocation.binding, allocation.arguments, scope);
        if (known != null) {
            return known;
        }
        return unresolved(type == null ? ownerOf(allocation.binding) : receivers.of(type), "<init>");
    }

    /** Null for what the compiler adds and has not bound. */
    @Nullable
    Call ofConstructorCall(ExplicitConstructorCall call, BlockScope scope) {
        MethodBinding constructor = call.binding;
        ReferenceBinding superclass =
                call.isSuperAccess() ? scope.enclosingSourceType().superclass() : null;
        if (superclass != null && Bindings.isMissing(superclass)) {
            return unresolved(receivers.of(superclass), "<init>");
        }
        Call known = constructor(null, constructor, call.arguments, scope);
        if (known != null) {
            return known;
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
    Call ofReference(ReferenceExpression reference, @Nullable BlockScope scope) {
        if (reference.isArrayConstructorReference()) {
            return null;
        }
        MethodBinding method = reference.binding;
        String name = reference.isConstructorReference() ? "<init>" : new String(reference.selector);
        if (method != null && method.isValidBinding()) {
            boolean guessed = lost.mayMatter(reference, method) || hidden.mayMatter(reference, method);
            MethodBinding member = members.of(reference.receiverType, method, scope);
            return new Call(bindings.method(member), guessed ? Found.SYNTAX : Found.COMPILER);
        }
        Call guess = method == null ? null : closest(method);
        if (guess != null) {
            return guess;
        }
        ReferenceBinding start = receivers.classOf(reference.lhs);
        MethodBinding only = start == null || reference.isConstructorReference()
                ? null
                : MethodLookup.only(start, reference.selector);
        only = only != null || reference.isConstructorReference() ? only : lombok.find(reference, start);
        if (only != null) {
            return new Call(bindings.method(only), Found.SYNTAX);
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
}
