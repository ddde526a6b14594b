package dev.quarry.ingest;

import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.ConditionalExpression;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.FunctionalExpression;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.LocalDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedAllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.ReturnStatement;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.FieldBinding;
import org.eclipse.jdt.internal.compiler.lookup.LocalVariableBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodScope;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.VariableBinding;
import org.jspecify.annotations.Nullable;

/** Notes what dispatch needs of a file's bodies: receivers, lambdas, anonymous classes, and where their values flow. */
final class CallCollector {
    private final FileGraph graph;
    private final Bindings bindings;
    private final CallNotes notes;
    private final DispatchTypes types;

    CallCollector(FileGraph graph, Bindings bindings) {
        this.graph = graph;
        this.bindings = bindings;
        this.notes = graph.notes();
        this.types = new DispatchTypes(graph.notes(), bindings);
    }

    /** What is noted of types. */
    DispatchTypes types() {
        return types;
    }

    // Calls

    /** A call of a method, and what is passed to it. */
    void call(MessageSend send, @Nullable Target target, int site, @Nullable BlockScope scope) {
        MethodBinding method = send.binding;
        if (target == null || method == null || !method.isValidBinding()) {
            return;
        }
        arguments(method, target, send.arguments, scope);
        if (method.isStatic() || send.isSuperAccess()) {
            return;
        }
        NodeId slot = send.receiver == null || send.receiver.isImplicitThis() || !isFunctional(typeOf(send), scope)
                ? NodeId.NONE
                : slotOf(send.receiver);
        receiver(site, method, typeOf(send), slot);
    }

    private static @Nullable TypeBinding typeOf(MessageSend send) {
        return send.actualReceiverType;
    }

    private void receiver(int site, MethodBinding method, @Nullable TypeBinding type, NodeId slot) {
        NodeId narrowed = NodeId.NONE;
        if (type != null
                && !type.isArrayType()
                && type.erasure() instanceof ReferenceBinding named
                && !Identity.same(named.original(), method.original().declaringClass)) {
            narrowed = types.idOf(named);
        }
        CallNotes.Generic generic = type == null ? null : types.generic(type);
        if (generic != null) {
            notes.generics.add(generic);
            narrowed = generic.id();
        }
        if (!narrowed.equals(NodeId.NONE) || !slot.equals(NodeId.NONE)) {
            notes.receivers.add(new CallNotes.Receiver(site, narrowed, slot));
        }
    }

    /** What is passed to a constructor. */
    void construction(
            @Nullable MethodBinding constructor, Expression @Nullable [] arguments, @Nullable BlockScope scope) {
        if (constructor != null && constructor.isValidBinding() && !Bindings.isMissing(constructor.declaringClass)) {
            Target target = arguments == null ? null : bindings.method(constructor);
            if (target != null) {
                arguments(constructor, target, arguments, scope);
            }
        }
    }

    private void arguments(
            MethodBinding method, Target target, Expression @Nullable [] arguments, @Nullable BlockScope scope) {
        if (arguments == null || target.leaf() != null) {
            return;
        }
        TypeBinding[] parameters = method.original().parameters;
        for (int i = 0; i < Math.min(arguments.length, parameters.length); i++) {
            if (isFunctional(parameters[i], scope) && flow(arguments[i], Slots.parameter(target.id(), i))) {
                notes.passed.add(new CallNotes.Passed(target.id(), i));
            }
        }
    }

    // Functions

    /** A lambda, held by the callable whose edges these are. */
    void lambda(LambdaExpression lambda, EdgeSet edges) {
        CallNotes.Inline code = function(lambda);
        if (code != null) {
            edges.hold(code);
        }
    }

    /** A method reference, and the method that it names. */
    void reference(ReferenceExpression reference, @Nullable Target target, int site) {
        MethodBinding method = reference.binding;
        boolean isBound = method != null && method.isValidBinding();
        CallNotes.Inline code = isBound || reference.isArrayConstructorReference() ? function(reference) : null;
        if (code != null) {
            NodeId holder = target == null || target.leaf() != null ? NodeId.NONE : target.id();
            notes.code.add(new CallNotes.Held(code, holder));
        }
        if (target == null || method == null || !isBound) {
            return;
        }
        if (reference.lhs != null && reference.lhs.isSuper()) {
            notes.fixed.add(site);
        } else if (!method.isStatic() && !method.isConstructor() && reference.lhs != null) {
            receiver(site, method, reference.lhs.resolvedType, NodeId.NONE);
        }
    }

    private CallNotes.@Nullable Inline function(FunctionalExpression function) {
        MethodBinding method = function.descriptor;
        if (method == null
                || !method.isValidBinding()
                || !(function.resolvedType instanceof ReferenceBinding type)
                || !type.isValidBinding()) {
            return null;
        }
        NodeId implemented = types.idOf(method);
        NodeId named = types.idOf(type);
        return implemented.equals(NodeId.NONE) || named.equals(NodeId.NONE)
                ? null
                : new CallNotes.Inline(implemented, named, valueOf(function), true);
    }

    /** The methods of a class without a node, held by the callable whose edges these are. */
    void inline(TypeDeclaration type, NodeId slot, EdgeSet edges) {
        types.inline(type, slot, edges);
    }

    /** Where the value of an anonymous class is, given the expression that makes it. */
    NodeId valueOf(Expression expression) {
        return graph.slot(expression.sourceStart);
    }

    // Flows

    /** A variable is given a value. */
    void assigned(Expression variable, Expression value, @Nullable BlockScope scope) {
        if (isFunctional(variable.resolvedType, scope)) {
            flow(value, slotOf(variable));
        }
    }

    /** A local variable is declared. */
    void declared(LocalDeclaration local, @Nullable BlockScope scope) {
        if (local.initialization != null && local.binding != null && isFunctional(local.binding.type, scope)) {
            flow(local.initialization, slotOf(local.binding));
        }
    }

    /** A field is declared with a value. */
    void declared(@Nullable FieldBinding field, Expression value, @Nullable BlockScope scope) {
        if (field != null && isFunctional(field.type, scope)) {
            flow(value, slotOf(field));
        }
    }

    /** A method returns a value; what a lambda returns is not followed. */
    void returned(ReturnStatement statement, @Nullable BlockScope scope) {
        MethodScope around = scope == null ? null : scope.methodScope();
        if (statement.expression != null
                && around != null
                && around.referenceContext instanceof AbstractMethodDeclaration method
                && method.binding != null
                && isFunctional(method.binding.returnType, scope)) {
            Target target = bindings.method(method.binding);
            if (target != null && flow(statement.expression, Slots.parameter(target.id(), -1))) {
                notes.passed.add(new CallNotes.Passed(target.id(), -1));
            }
        }
    }

    private boolean flow(Expression value, NodeId to) {
        if (to.equals(NodeId.NONE)) {
            return false;
        }
        if (value instanceof ConditionalExpression either) {
            boolean one = flow(either.valueIfTrue, to);
            return flow(either.valueIfFalse, to) || one;
        }
        NodeId from = slotOf(value);
        if (from.equals(NodeId.NONE)) {
            return false;
        }
        notes.flows.add(new CallNotes.Pair(from, to));
        return true;
    }

    private NodeId slotOf(Expression value) {
        return switch (value) {
            case FunctionalExpression function -> valueOf(function);
            case CastExpression cast -> slotOf(cast.expression);
            case MessageSend send when send.binding != null && send.binding.isValidBinding() -> resultOf(send.binding);
            case FieldReference field when field.binding != null -> slotOf(field.binding);
            case NameReference name when lastOf(name) instanceof VariableBinding variable -> slotOf(variable);
            case QualifiedAllocationExpression made when made.anonymousType != null -> valueOf(made);
            case AllocationExpression _ -> NodeId.NONE;
            default -> NodeId.NONE;
        };
    }

    private NodeId resultOf(MethodBinding method) {
        Target target = Bindings.isMissing(method.declaringClass) ? null : bindings.method(method);
        return target == null || target.leaf() != null ? NodeId.NONE : Slots.parameter(target.id(), -1);
    }

    private static @Nullable Object lastOf(NameReference name) {
        if (name instanceof org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference qualified
                && qualified.otherBindings != null
                && qualified.otherBindings.length > 0) {
            return qualified.otherBindings[qualified.otherBindings.length - 1];
        }
        return name.binding;
    }

    private NodeId slotOf(VariableBinding variable) {
        if (!variable.isValidBinding()) {
            return NodeId.NONE;
        }
        if (variable instanceof FieldBinding field) {
            Target target = field.declaringClass == null ? null : bindings.field(field);
            return target == null || target.kind() == NodeKind.UNRESOLVED ? NodeId.NONE : target.id();
        }
        if (!(variable instanceof LocalVariableBinding local) || local.declaration == null) {
            return NodeId.NONE;
        }
        if (local.declaringScope instanceof MethodScope scope
                && scope.referenceContext instanceof AbstractMethodDeclaration method
                && method.binding != null
                && method.arguments != null) {
            for (int i = 0; i < method.arguments.length; i++) {
                if (Identity.same(method.arguments[i].binding, local)) {
                    Target target = bindings.method(method.binding);
                    return target == null ? localSlot(local) : Slots.parameter(target.id(), i);
                }
            }
        }
        return localSlot(local);
    }

    private NodeId localSlot(LocalVariableBinding local) {
        return graph.slot(local.declaration.sourceStart);
    }

    private static boolean isFunctional(@Nullable TypeBinding type, @Nullable BlockScope scope) {
        return scope != null
                && type instanceof ReferenceBinding reference
                && reference.isInterface()
                && reference.isValidBinding()
                && !Bindings.isMissing(reference)
                && reference.original().isFunctionalInterface(scope);
    }
}
