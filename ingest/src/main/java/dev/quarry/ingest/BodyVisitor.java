package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.ArrayAllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Assignment;
import org.eclipse.jdt.internal.compiler.ast.CaseStatement;
import org.eclipse.jdt.internal.compiler.ast.CastExpression;
import org.eclipse.jdt.internal.compiler.ast.ClassLiteralAccess;
import org.eclipse.jdt.internal.compiler.ast.CompoundAssignment;
import org.eclipse.jdt.internal.compiler.ast.ExplicitConstructorCall;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.ForeachStatement;
import org.eclipse.jdt.internal.compiler.ast.InstanceOfExpression;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.LocalDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MarkerAnnotation;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.NormalAnnotation;
import org.eclipse.jdt.internal.compiler.ast.PostfixExpression;
import org.eclipse.jdt.internal.compiler.ast.PrefixExpression;
import org.eclipse.jdt.internal.compiler.ast.QualifiedAllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.RecordPattern;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.ReturnStatement;
import org.eclipse.jdt.internal.compiler.ast.SingleMemberAnnotation;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.Statement;
import org.eclipse.jdt.internal.compiler.ast.TryStatement;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypePattern;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/**
 * Walks the code of bodies and initializers: calls, field accesses, uses of types.
 *
 * <p>The code of lambdas and anonymous classes counts as that of the body around them.
 */
final class BodyVisitor extends ASTVisitor implements FieldAccesses.Code {
    /** Takes the classes that are declared inside bodies. */
    interface LocalTypes {
        /** A named local class, and the declaration around it. */
        void local(TypeDeclaration type, NodeId owner);

        /** An anonymous class, or one inside an anonymous class. */
        void inline(TypeDeclaration type);
    }

    private final FileGraph graph;
    private final CallTargets calls;
    private final TypeUses types;
    private final FieldAccesses accesses;
    private final LocalTypes localTypes;
    private final FrameworkCollector frameworks;
    private final CallCollector dispatch;

    private EdgeSet edges = new EdgeSet();
    private EdgeSet typeEdges = edges;
    private NodeId owner = NodeId.NONE;
    private int inlineDepth;
    private final Set<LambdaExpression> guesses = Collections.newSetFromMap(new IdentityHashMap<>());
    private @Nullable Expression written;
    private @Nullable Expression updated;
    private @Nullable Expression receiver;
    private Expression[] labels = {};

    BodyVisitor(
            FileGraph graph,
            Bindings bindings,
            TypeUses types,
            ImportMap imports,
            LocalTypes localTypes,
            FrameworkCollector frameworks,
            CallCollector dispatch,
            LombokModel lombok) {
        this.graph = graph;
        FileLookups lookups = FileLookups.of(bindings, imports, lombok, graph.errors());
        this.calls = new CallTargets(bindings, lookups);
        this.types = types;
        this.accesses = new FieldAccesses(lookups.fields(), bindings, imports, this);
        this.localTypes = localTypes;
        this.frameworks = frameworks;
        this.dispatch = dispatch;
    }

    /**
     * Walks code.
     *
     * @param from what the code's calls and accesses start at
     * @param typesFrom what its uses of types start at
     * @param around the declaration that owns local classes in it
     */
    void walk(Runnable code, EdgeSet from, EdgeSet typesFrom, NodeId around) {
        EdgeSet outerEdges = edges;
        EdgeSet outerTypes = typeEdges;
        NodeId outerOwner = owner;
        int outerDepth = inlineDepth;
        edges = from;
        typeEdges = typesFrom;
        owner = around;
        inlineDepth = 0;
        code.run();
        edges = outerEdges;
        typeEdges = outerTypes;
        owner = outerOwner;
        inlineDepth = outerDepth;
    }

    /** What uses of types start at, where the walk is now. */
    EdgeSet typeEdges() {
        return typeEdges;
    }

    private @Nullable Target call(String role, CallTargets.@Nullable Call call, int offset) {
        graph.sawCall(offset);
        if (call == null) {
            return null;
        }
        Target target = call.target();
        if (target != null) {
            Found found = guesses.isEmpty() ? call.found() : Found.SYNTAX;
            edges.add(EdgeKind.CALLS, role, target.id(), found, graph.site(offset), "");
        }
        if (!role.equals("implicit")) {
            graph.countCall(target);
        }
        return target;
    }

    @Override
    public boolean visit(MessageSend send, BlockScope scope) {
        frameworks.call(send, owner, scope);
        int offset = (int) (send.nameSourcePosition >>> 32);
        CallTargets.Call called = calls.of(send, scope);
        Target target = call(calls.role(send, scope), called, offset);
        dispatch.call(send, target, graph.site(offset), scope);
        types.addAll(send.typeArguments, "argument", typeEdges);
        receiver = send.receiver;
        return true;
    }

    @Override
    public boolean visit(AllocationExpression allocation, BlockScope scope) {
        call("new", calls.ofConstructor(allocation, scope), CallPlaces.of(allocation, graph.text()));
        dispatch.construction(allocation.binding, allocation.arguments, scope);
        types.add(allocation.type, "new", typeEdges);
        types.addAll(allocation.typeArguments, "argument", typeEdges);
        return true;
    }

    @Override
    public boolean visit(QualifiedAllocationExpression allocation, BlockScope scope) {
        if (allocation.anonymousType == null) {
            return visit((AllocationExpression) allocation, scope);
        }
        TypeBinding named = allocation.type == null ? null : allocation.type.resolvedType;
        boolean missing = named != null && Bindings.isMissing(named);
        MethodBinding constructor = missing ? null : AnonymousClasses.superConstructor(allocation.anonymousType);
        int offset = CallPlaces.of(allocation, graph.text());
        if (constructor == null) {
            call("new", calls.ofConstructor(allocation, scope), offset);
        } else if (AnonymousClasses.implementsInterface(allocation.anonymousType)) {
            graph.sawCall(offset);
            graph.countCall(calls.certain(constructor).target()); // Object's, which the text does not name
        } else {
            call("new", calls.certain(constructor), offset);
            dispatch.construction(constructor, allocation.arguments, scope);
        }
        types.add(allocation.type, "new", typeEdges);
        types.addAll(allocation.typeArguments, "argument", typeEdges);
        return true;
    }

    @Override
    public boolean visit(ExplicitConstructorCall call, BlockScope scope) {
        boolean implicit = call.isImplicitSuper();
        CallTargets.Call target = calls.ofConstructorCall(call, scope);
        if (!implicit || !RootMethods.isConstructor(call.binding)) {
            int offset = implicit ? call.sourceStart : CallPlaces.of(call, graph.text());
            call(implicit ? "implicit" : "special", target, offset);
        }
        dispatch.construction(call.binding, call.arguments, scope);
        types.addAll(call.typeArguments, "argument", typeEdges);
        return true;
    }

    @Override
    public boolean visit(ReferenceExpression reference, BlockScope scope) {
        Target target = call("reference", calls.ofReference(reference, scope), reference.nameSourceStart);
        dispatch.reference(reference, target, graph.site(reference.nameSourceStart));
        if (reference.lhs instanceof TypeReference type) {
            types.add(type, "receiver", typeEdges);
        }
        types.addAll(reference.typeArguments, "argument", typeEdges);
        return true;
    }

    @Override
    public boolean visit(ForeachStatement loop, BlockScope scope) {
        calls.iterates(loop);
        TypeBinding type = loop.collection == null ? null : loop.collection.resolvedType;
        if (type != null && !type.isArrayType()) {
            int offset = loop.collection.sourceStart;
            MethodBinding iterator = implicitCall(type, "iterator", offset);
            TypeBinding cursor = iterator == null ? null : iterator.returnType;
            if (cursor != null && cursor.original() instanceof SourceTypeBinding) {
                implicitCall(cursor, "hasNext", offset);
                implicitCall(cursor, "next", offset);
            }
        }
        return true;
    }

    @Override
    public boolean visit(TryStatement statement, BlockScope scope) {
        for (Statement resource : statement.resources) {
            TypeBinding type = switch (resource) {
                case LocalDeclaration local when local.binding != null -> local.binding.type;
                case Expression expression -> expression.resolvedType;
                default -> null;
            };
            implicitCall(type, "close", resource.sourceStart);
        }
        return true;
    }

    private @Nullable MethodBinding implicitCall(@Nullable TypeBinding type, String method, int offset) {
        MethodBinding found = type == null ? null : MethodLookup.find(type, method);
        if (found != null) {
            call("implicit", calls.certain(found), offset);
        }
        return found;
    }

    @Override
    public boolean visit(RecordPattern pattern, BlockScope scope) {
        types.add(pattern.type, "instanceof", typeEdges);
        if (pattern.type != null && pattern.type.resolvedType instanceof ReferenceBinding type && type.isRecord()) {
            var components = type.components();
            for (int i = 0; components != null && i < Math.min(components.length, pattern.patterns.length); i++) {
                MethodBinding accessor = MethodLookup.find(type, new String(components[i].name));
                if (accessor != null) {
                    call("implicit", calls.certain(accessor), pattern.patterns[i].sourceStart);
                }
            }
        }
        return true;
    }

    @Override
    public boolean visit(Assignment assignment, BlockScope scope) {
        written = assignment.lhs;
        dispatch.assigned(assignment.lhs, assignment.expression, scope);
        return true;
    }

    @Override
    public boolean visit(CompoundAssignment assignment, BlockScope scope) {
        updated = assignment.lhs;
        return true;
    }

    @Override
    public boolean visit(PostfixExpression expression, BlockScope scope) {
        updated = expression.lhs;
        return true;
    }

    @Override
    public boolean visit(PrefixExpression expression, BlockScope scope) {
        updated = expression.lhs;
        return true;
    }

    @Override
    public boolean visit(FieldReference reference, BlockScope scope) {
        accesses.read(reference);
        return true;
    }

    @Override
    public boolean visit(SingleNameReference reference, BlockScope scope) {
        accesses.read(reference, scope);
        return true;
    }

    @Override
    public boolean visit(QualifiedNameReference reference, BlockScope scope) {
        accesses.read(reference, scope);
        return true;
    }

    @Override
    public void access(Expression reference, boolean isWhole, Target field, Found known, int offset) {
        Found found = guesses.isEmpty() ? known : Found.SYNTAX;
        boolean isWritten = isWhole && Identity.same(reference, written);
        if (!isWritten) {
            edges.add(EdgeKind.READS, "", field.id(), found, graph.site(offset), "");
        }
        if (isWritten || (isWhole && Identity.same(reference, updated))) {
            edges.add(EdgeKind.WRITES, "", field.id(), found, graph.site(offset), "");
        }
    }

    @Override
    public void receiver(Target type, int offset) {
        typeEdges.add(EdgeKind.TYPE_USE, "receiver", type.id(), Found.COMPILER, graph.site(offset), "");
    }

    @Override
    public boolean isLabel(NameReference reference) {
        for (Expression label : labels) {
            if (Identity.same(label, reference)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean isReceiver(NameReference reference) {
        return Identity.same(reference, receiver);
    }

    @Override
    public @Nullable BlockScope sure(@Nullable BlockScope scope) {
        return guesses.isEmpty() ? scope : null;
    }

    @Override
    public boolean visit(CaseStatement label, BlockScope scope) {
        labels = label.constantExpressions;
        return true;
    }

    @Override
    public boolean visit(LocalDeclaration local, BlockScope scope) {
        types.add(local.type, "local", typeEdges);
        types.annotations(local.annotations, "local", scope, typeEdges);
        closed(local);
        dispatch.declared(local, scope);
        return true;
    }

    /** What Lombok calls at the end of a local variable's block. */
    private void closed(LocalDeclaration local) {
        for (Annotation annotation : local.annotations == null ? new Annotation[0] : local.annotations) {
            if (types.nameOf(annotation.type).equals("lombok.Cleanup") && local.binding != null) {
                implicitCall(local.binding.type, LombokType.word(annotation, "value", "close"), local.sourceStart);
            }
        }
    }

    @Override
    public boolean visit(ReturnStatement statement, BlockScope scope) {
        dispatch.returned(statement, scope);
        return true;
    }

    @Override
    public boolean visit(TypePattern pattern, BlockScope scope) {
        if (pattern.local != null) {
            types.add(pattern.local.type, "instanceof", typeEdges);
            types.annotations(pattern.local.annotations, "local", scope, typeEdges);
        }
        return false;
    }

    @Override
    public boolean visit(InstanceOfExpression expression, BlockScope scope) {
        types.add(expression.type, "instanceof", typeEdges);
        return true;
    }

    @Override
    public boolean visit(CastExpression cast, BlockScope scope) {
        types.add(cast.type, "cast", typeEdges);
        return true;
    }

    @Override
    public boolean visit(ClassLiteralAccess literal, BlockScope scope) {
        types.add(literal.type, "class", typeEdges);
        return true;
    }

    @Override
    public boolean visit(ArrayAllocationExpression allocation, BlockScope scope) {
        types.add(allocation.type, "new", typeEdges);
        types.dimensions(allocation.annotationsOnDimensions, typeEdges);
        return true;
    }

    /** Annotations are taken with what they stand at, and their values with them. */
    @Override
    public boolean visit(MarkerAnnotation annotation, BlockScope scope) {
        return false;
    }

    @Override
    public boolean visit(SingleMemberAnnotation annotation, BlockScope scope) {
        return false;
    }

    @Override
    public boolean visit(NormalAnnotation annotation, BlockScope scope) {
        return false;
    }

    @Override
    public boolean visit(Argument argument, BlockScope scope) {
        String role = (argument.bits & ASTNode.IsArgument) == 0 ? "catch" : "parameter";
        types.add(argument.type, role, typeEdges);
        types.annotations(argument.annotations, role, scope, typeEdges);
        return true;
    }

    @Override
    public boolean visit(LambdaExpression lambda, BlockScope scope) {
        if (LateLambdas.bind(lambda, scope) || lambda.binding == null) {
            guesses.add(lambda);
        }
        dispatch.lambda(lambda, edges);
        return true;
    }

    @Override
    public void endVisit(LambdaExpression lambda, BlockScope scope) {
        guesses.remove(lambda);
    }

    @Override
    public boolean visit(TypeDeclaration type, BlockScope scope) {
        boolean anonymous = (type.bits & ASTNode.IsAnonymousType) != 0;
        if (anonymous || inlineDepth > 0) {
            inlineDepth++;
            dispatch.inline(type, type.allocation == null ? NodeId.NONE : dispatch.valueOf(type.allocation), edges);
            localTypes.inline(type);
            inlineDepth--;
        } else {
            localTypes.local(type, owner);
        }
        return false;
    }
}
