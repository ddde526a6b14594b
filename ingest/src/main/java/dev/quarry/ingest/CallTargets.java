package dev.quarry.ingest;

import dev.quarry.ingest.Overloads.Choice;
import dev.quarry.ingest.ReceiverTypes.Owner;
import dev.quarry.schema.Found;
import dev.quarry.schema.UnresolvedReason;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ExplicitConstructorCall;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ForeachStatement;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ProblemMethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
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
    private final FileLookups lookups;
    private final SettledCalls settled;
    private final InheritedMembers members;

    CallTargets(Bindings bindings, FileLookups lookups) {
        this.bindings = bindings;
        this.lookups = lookups;
        this.settled = new SettledCalls(lookups);
        this.members = new InheritedMembers(bindings.names());
    }

    /** The role of a call as {@link dev.quarry.schema.EdgeKind#CALLS} lists them; to be asked for after its target. */
    String role(MessageSend send, @Nullable BlockScope scope) {
        MethodBinding named = settled.named(send);
        if (named == null) {
            return "virtual";
        }
        MethodBinding method =
                members.called(send, named, lookups.types().of(send.receiver).type(), scope);
        if (method.isStatic()) {
            return "static";
        }
        if (send.isSuperAccess() || method.isPrivate()) {
            return "special";
        }
        return method.declaringClass != null && method.declaringClass.isInterface() ? "interface" : "virtual";
    }

    Call certain(MethodBinding method) {
        return new Call(bindings.method(method), Found.COMPILER);
    }

    /** Notes what the variable of a loop goes through; to be told before the loop's body is looked at. */
    void iterates(ForeachStatement loop) {
        if (loop.elementVariable != null && loop.elementVariable.binding != null && loop.collection != null) {
            lookups.types().iterates(loop.elementVariable.binding, loop.collection);
        }
    }

    /** The target of a call; the calls in its receiver and in its arguments are looked up on the way. */
    Call of(MessageSend send, @Nullable BlockScope scope) {
        MethodBinding method = settled.of(send, scope);
        if (settled.isAmbiguous(send)) {
            return ambiguous(ownerOf(send), new String(send.selector));
        }
        if (method != null && method.isValidBinding()) {
            Owner hiding = lookups.hidden().hiding(send, method, scope);
            if (hiding.missing()) {
                return unresolved(hiding, new String(send.selector));
            }
            TypeBinding receiver = lookups.types().of(send.receiver).type();
            LateLambdas.expect(send.arguments, method, receiver);
            Target target = bindings.method(members.called(send, method, receiver, scope));
            return new Call(target, settled.isCertain(send) ? Found.COMPILER : Found.SYNTAX);
        }
        Call guess = method == null ? null : closest(method);
        return guess != null ? guess : unresolved(send, scope);
    }

    /** In code that the compiler gave up on there may be no scope. */
    private Call unresolved(MessageSend send, @Nullable BlockScope scope) {
        String name = new String(send.selector);
        Owner owner = ownerOf(send);
        if (scope != null && send.receiver.isImplicitThis() && !owner.missing()) {
            Owner imported = lookups.statics().owner(scope.compilationUnitScope());
            owner = imported.missing() ? imported : owner;
        }
        if (owner.name().isEmpty()) {
            Expression root = send.receiver;
            while (root instanceof MessageSend inner) {
                root = inner.receiver;
            }
            Target generated =
                    bindings.unresolvedAfter(lookups.receivers().of(root).name(), name);
            if (generated != null) {
                return new Call(generated, Found.SYNTAX);
            }
        }
        return unresolved(owner, name);
    }

    private Call ambiguous(Owner owner, String name) {
        return new Call(bindings.unresolved(owner.name(), name, UnresolvedReason.AMBIGUOUS), Found.SYNTAX);
    }

    /** A constructor among those of a class, as far as it is known. */
    private @Nullable Call constructor(
            @Nullable TypeBinding type,
            @Nullable MethodBinding bound,
            Expression @Nullable [] arguments,
            @Nullable BlockScope scope) {
        settled.settleAll(arguments, scope);
        if (SettledCalls.isAmbiguous(bound, arguments)) {
            return ambiguous(ownerOf(bound), "<init>");
        }
        MethodBinding valid = SettledCalls.usable(bound);
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
        Choice choice = lookups.overloads()
                .choose(
                        (ReferenceBinding) declaring.original(),
                        TypeConstants.INIT,
                        SettledCalls.orNone(arguments),
                        valid,
                        scope);
        if (choice.method() == null) {
            return bound == null ? null : closest(bound);
        }
        boolean sure = choice.certain()
                && !settled.anyGuess(arguments, scope)
                && !lookups.lost().mayMatter(choice.method());
        return new Call(bindings.method(choice.method()), sure ? Found.COMPILER : Found.SYNTAX);
    }

    private Owner ownerOf(MessageSend send) {
        if (send.receiver.isImplicitThis()) {
            Owner imported = lookups.receivers().ofStaticImport(send.selector);
            return imported.name().isEmpty() ? lookups.receivers().ofHierarchy(send.actualReceiverType) : imported;
        }
        if (lookups.types().isGivenUp(send.receiver)) {
            return lookups.receivers().of(send.receiver);
        }
        Owner bound = lookups.receivers().ofHierarchy(send.actualReceiverType);
        return bound.name().isEmpty() ? lookups.receivers().of(send.receiver) : bound;
    }

    Call ofConstructor(AllocationExpression allocation, @Nullable BlockScope scope) {
        TypeReference type = allocation.type;
        TypeBinding written = type == null ? enumOf(allocation) : type.resolvedType;
        Call known = constructor(written, allocation.binding, allocation.arguments, scope);
        if (known != null) {
            return known;
        }
        return unresolved(
                type == null ? ownerOf(allocation.binding) : lookups.receivers().of(type), "<init>");
    }

    private static @Nullable TypeBinding enumOf(AllocationExpression allocation) {
        FieldDeclaration constant = allocation.binding == null ? null : allocation.enumConstant;
        return constant == null || constant.binding == null ? null : constant.binding.declaringClass;
    }

    /** Null for what the compiler adds and has not bound. */
    @Nullable
    Call ofConstructorCall(ExplicitConstructorCall call, @Nullable BlockScope scope) {
        MethodBinding constructor = call.binding;
        if (scope == null) {
            return call.isImplicitSuper() ? null : unresolved(ownerOf(constructor), "<init>");
        }
        ReferenceBinding type = scope.enclosingSourceType();
        if (call.isSuperAccess()) {
            type = type.superclass();
            if (type != null && Bindings.isMissing(type)) {
                return unresolved(lookups.receivers().of(type), "<init>");
            }
        }
        Call known = constructor(constructor == null ? null : type, constructor, call.arguments, scope);
        if (known != null) {
            return known;
        }
        Owner owner = ownerOf(constructor);
        return owner.name().isEmpty() && call.isImplicitSuper() ? null : unresolved(owner, "<init>");
    }

    private Owner ownerOf(@Nullable MethodBinding constructor) {
        return constructor == null || constructor.declaringClass == null
                ? Owner.UNKNOWN
                : lookups.receivers().of(constructor.declaringClass);
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
            boolean guessed = lookups.lost().mayMatter(reference, method)
                    || lookups.hidden().mayMatter(reference, method);
            MethodBinding member = members.of(reference.receiverType, method, scope);
            return new Call(bindings.method(member), guessed ? Found.SYNTAX : Found.COMPILER);
        }
        Call guess = method == null ? null : closest(method);
        if (guess != null) {
            return guess;
        }
        ReferenceBinding start = lookups.receivers().classOf(reference.lhs);
        MethodBinding only = start == null || reference.isConstructorReference()
                ? null
                : MethodLookup.only(start, reference.selector);
        only = only != null || reference.isConstructorReference()
                ? only
                : lookups.lombok().find(reference, start);
        if (only != null) {
            return new Call(bindings.method(only), Found.SYNTAX);
        }
        Owner owner = reference.lhs instanceof TypeReference type
                ? lookups.receivers().of(type)
                : lookups.receivers().ofHierarchy(reference.receiverType);
        return unresolved(owner.name().isEmpty() ? lookups.receivers().of(reference.lhs) : owner, name);
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
