package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AnnotationMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.ConstructorDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Initializer;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.RecordComponent;
import org.eclipse.jdt.internal.compiler.ast.Statement;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.impl.Constant;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.LocalTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.MethodScope;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.jspecify.annotations.Nullable;

/** Walks the declarations of one file, in the order of the text. */
final class DeclarationWalker implements BodyVisitor.LocalTypes {
    private final FileGraph graph;
    private final Bindings bindings;
    private final TypeUses types;
    private final BodyVisitor bodies;
    private final FrameworkCollector frameworks;
    private final GeneratedMembers generated;
    private final CallCollector dispatch;
    private final MissingSupertypes supertypes;

    DeclarationWalker(
            FileGraph graph,
            Bindings bindings,
            TypeUses types,
            ImportMap imports,
            FrameworkCollector frameworks,
            LombokModel lombok) {
        this.generated = new GeneratedMembers(graph, bindings, lombok);
        this.graph = graph;
        this.bindings = bindings;
        this.types = types;
        this.dispatch = new CallCollector(graph, bindings);
        this.supertypes = new MissingSupertypes(bindings.names());
        this.bodies = new BodyVisitor(graph, bindings, types, imports, this, frameworks, dispatch, lombok);
        this.frameworks = frameworks;
    }

    /** A type as its members see it. */
    private record Owner(NodeId id, String name, TypeDeclaration tree, SourceTypeBinding binding) {}

    void topLevel(TypeDeclaration type) {
        type(type, graph.fileId(), EdgeKind.CONTAINS, 0);
    }

    @Override
    public void local(TypeDeclaration type, NodeId owner) {
        if (type.binding instanceof LocalTypeBinding binding) {
            bindings.names().declareLocal(binding);
            type(type, owner, EdgeKind.DECLARES, Flags.LOCAL);
        } else {
            inline(type);
        }
    }

    private void type(TypeDeclaration type, NodeId around, EdgeKind structure, int flags) {
        SourceTypeBinding binding = type.binding;
        if (binding == null) {
            graph.problem(type.sourceStart, "type " + new String(type.name) + " is declared twice");
            return;
        }
        String name = bindings.names().binaryName(binding, null);
        NodeKind kind = TypeNames.kindOf(binding);
        NodeId id = NodeId.of(kind, name, "");
        Declared declared = new Declared(
                id,
                kind,
                new String(type.name),
                name,
                "",
                structure == EdgeKind.CONTAINS ? NodeId.NONE : around,
                type.sourceStart,
                Math.min(type.declarationSourceStart, type.sourceStart),
                type.declarationSourceEnd + 1,
                modifiers(type.modifiers) | flags,
                "",
                List.of());
        if (!graph.declare(declared)) {
            graph.problem(type.sourceStart, "type " + name + " is declared twice");
            return;
        }
        graph.contain(structure, around, id, type.sourceStart);
        Owner owner = new Owner(id, name, type, binding);
        BlockScope outer = types.inside(type.staticInitializerScope);
        heading(owner);
        members(owner);
        frameworks.type(type, id, kind, name, generated);
        if (type.memberTypes != null) {
            for (TypeDeclaration member : type.memberTypes) {
                if (!generated.type(member, id)) {
                    type(member, id, EdgeKind.DECLARES, flags);
                } else if (member.binding != null) {
                    members(new Owner(generated.idOf(member), generated.nameOf(member), member, member.binding));
                }
            }
        }
        types.inside(outer);
    }

    private void heading(Owner owner) {
        TypeDeclaration type = owner.tree;
        EdgeSet edges = graph.edgesOf(owner.id);
        types.annotations(type.annotations, edges);
        typeParameters(type.typeParameters, owner.id, owner.name);
        boolean around = supertypes.isInsideOpen(owner.binding);
        if (type.superclass != null) {
            types.addSupertype(type.superclass, EdgeKind.EXTENDS, around, edges);
        }
        if (type.superInterfaces != null) {
            boolean isInterface = owner.binding.isInterface();
            for (TypeReference supertype : type.superInterfaces) {
                types.addSupertype(supertype, isInterface ? EdgeKind.EXTENDS : EdgeKind.IMPLEMENTS, around, edges);
            }
        }
        types.addAll(type.permittedTypes, "permits", edges);
    }

    private void typeParameters(TypeParameter @Nullable [] parameters, NodeId owner, String ownerSymbol) {
        if (parameters == null) {
            return;
        }
        for (TypeParameter parameter : parameters) {
            Declared declared = variable(NodeKind.TYPE_PARAMETER, parameter, owner, ownerSymbol, 0);
            EdgeSet edges = graph.edgesOf(declared.id());
            types.annotations(parameter.annotations, edges);
            types.add(parameter.type, "bound", edges);
            types.addAll(parameter.bounds, "bound", edges);
        }
    }

    private Declared variable(
            NodeKind kind, AbstractVariableDeclaration tree, NodeId owner, String ownerName, int flags) {
        String name = new String(tree.name);
        String qualifiedName = ownerName + "#" + name;
        Declared declared = new Declared(
                NodeId.of(kind, qualifiedName, ""),
                kind,
                name,
                qualifiedName,
                "",
                owner,
                tree.sourceStart,
                Math.min(tree.declarationSourceStart, tree.sourceStart),
                Math.max(tree.declarationSourceEnd, tree.sourceEnd) + 1,
                flags,
                "",
                List.of());
        graph.declare(declared);
        graph.contain(EdgeKind.DECLARES, owner, declared.id(), tree.sourceStart);
        return declared;
    }

    // Members

    private void members(Owner owner) {
        EdgeSet instance = new EdgeSet();
        NodeId initializer = NodeId.of(NodeKind.INITIALIZER, owner.name + "#<clinit>", "()");
        EdgeSet statics = graph.edgesOf(initializer);
        List<Integer> staticParts = new ArrayList<>();
        List<NodeId> constructors = new ArrayList<>();
        if (owner.tree.recordComponents != null) {
            for (RecordComponent component : owner.tree.recordComponents) {
                recordComponent(owner, component);
            }
        }
        for (ASTNode member : inTextOrder(owner.tree)) {
            switch (member) {
                case Initializer block
                when block.block != null -> {
                    if (block.isStatic()) {
                        staticParts.add(staticWord(block));
                    }
                    EdgeSet into = block.isStatic() ? statics : instance;
                    NodeId around = block.isStatic() ? initializer : owner.id;
                    walk(() -> block.block.traverse(bodies, initializerScope(owner.tree, block)), into, into, around);
                }
                case FieldDeclaration field -> field(owner, field, instance, statics, staticParts, initializer);
                case AbstractMethodDeclaration method -> method(owner, method, constructors);
                default -> {}
            }
        }
        if (!staticParts.isEmpty()) {
            staticInitializer(owner, initializer, staticParts);
        }
        new ImplicitMembers(graph, bindings, owner.tree, owner.binding, owner.id, owner.name).add(constructors);
        constructors.forEach(constructor -> graph.edgesOf(constructor).addAll(instance));
        overrides(owner);
    }

    /** Where the block's {@code static} stands: documentation may precede it. */
    private int staticWord(Initializer block) {
        int word = graph.text().lastIndexOf("static", block.block.sourceStart);
        return Math.max(word, block.declarationSourceStart);
    }

    private static List<ASTNode> inTextOrder(TypeDeclaration type) {
        List<ASTNode> members = new ArrayList<>();
        if (type.fields != null) {
            members.addAll(List.of(type.fields));
        }
        if (type.methods != null) {
            members.addAll(List.of(type.methods));
        }
        members.sort(Comparator.comparingInt(member -> member.sourceStart));
        return members;
    }

    private static @Nullable MethodScope initializerScope(TypeDeclaration type, FieldDeclaration field) {
        return field.isStatic() ? type.staticInitializerScope : type.initializerScope;
    }

    private void staticInitializer(Owner owner, NodeId id, List<Integer> parts) {
        graph.declare(new Declared(
                id,
                NodeKind.INITIALIZER,
                "<clinit>",
                owner.name + "#<clinit>",
                "()",
                owner.id,
                parts.getFirst(),
                parts.getFirst(),
                parts.getFirst(),
                Modifier.STATIC,
                "static",
                List.copyOf(parts)));
        graph.contain(EdgeKind.DECLARES, owner.id, id, parts.getFirst());
    }

    private void recordComponent(Owner owner, RecordComponent component) {
        Declared declared =
                variable(NodeKind.RECORD_COMPONENT, component, owner.id, owner.name, Modifier.PRIVATE | Modifier.FINAL);
        EdgeSet edges = graph.edgesOf(declared.id());
        types.annotations(component.annotations, edges);
        types.add(component.type, "component", edges);
    }

    private void field(
            Owner owner,
            FieldDeclaration field,
            EdgeSet instance,
            EdgeSet statics,
            List<Integer> staticParts,
            NodeId initializer) {
        if (field instanceof Initializer || generated.field(field, owner.id, owner.name)) {
            return;
        }
        boolean constant = field.getKind() == AbstractVariableDeclaration.ENUM_CONSTANT;
        NodeKind kind = constant ? NodeKind.ENUM_CONSTANT : NodeKind.FIELD;
        int flags = field.binding == null ? modifiers(field.modifiers) : modifiers(field.binding.modifiers);
        Declared declared = variable(kind, field, owner.id, owner.name, flags);
        EdgeSet own = graph.edgesOf(declared.id());
        types.inside(initializerScope(owner.tree, field));
        types.annotations(field.annotations, own);
        types.add(field.type, "field", own);
        if (field.initialization == null) {
            return;
        }
        boolean isStatic = field.binding == null ? field.isStatic() : field.binding.isStatic();
        boolean folded = field.binding != null && !Identity.same(field.binding.constant(), Constant.NotAConstant);
        EdgeSet into = isStatic ? statics : instance;
        if (isStatic && !folded) {
            staticParts.add(field.sourceStart);
        }
        if (!isStatic || !folded) {
            into.add(EdgeKind.WRITES, "", declared.id(), Found.COMPILER, graph.site(field.sourceStart), "");
        }
        NodeId around = isStatic && !folded ? initializer : owner.id;
        dispatch.declared(field.binding, field.initialization, initializerScope(owner.tree, field));
        EdgeSet body = isStatic && folded ? own : into;
        walk(
                () -> field.initialization.traverse(bodies, (BlockScope) initializerScope(owner.tree, field)),
                body,
                own,
                around);
    }

    private void walk(Runnable code, EdgeSet edges, EdgeSet typeEdges, NodeId around) {
        bodies.walk(code, edges, typeEdges, around);
    }

    private void method(Owner owner, AbstractMethodDeclaration method, List<NodeId> constructors) {
        if (method.isClinit()) {
            return;
        }
        if (generated.method(method, owner.id, owner.name)) {
            if (method instanceof ConstructorDeclaration && method.binding != null) {
                NodeId id = generated.idOf(method, owner.name);
                EdgeSet edges = graph.edgesOf(id);
                walk(() -> body(method), edges, edges, id);
                constructors.add(id);
            }
            return;
        }
        boolean constructor = method instanceof ConstructorDeclaration;
        String name = constructor ? "<init>" : new String(method.selector);
        NodeKind kind = constructor ? NodeKind.CONSTRUCTOR : NodeKind.METHOD;
        String signature = types.signature(method);
        String qualifiedName = owner.name + "#" + name;
        NodeId id = NodeId.of(kind, qualifiedName, signature);
        boolean implicit = method.isDefaultConstructor();
        int flags = modifiers(method.binding == null ? method.modifiers : method.binding.modifiers)
                | (method.isDefaultMethod() ? Flags.DEFAULT : 0)
                | (implicit ? Flags.IMPLICIT : 0);
        boolean added = graph.declare(new Declared(
                id,
                kind,
                name,
                qualifiedName,
                signature,
                owner.id,
                implicit ? owner.tree.sourceStart : method.sourceStart,
                Math.min(method.declarationSourceStart, method.sourceStart),
                Math.max(method.declarationSourceEnd, method.sourceEnd) + 1,
                flags,
                implicit ? new String(owner.tree.name) + "()" : "",
                List.of()));
        if (!added) {
            graph.problem(method.sourceStart, qualifiedName + signature + " is declared twice");
        }
        graph.contain(EdgeKind.DECLARES, owner.id, id, implicit ? owner.tree.sourceStart : method.sourceStart);
        methodHeading(method, id, qualifiedName + signature);
        EdgeSet edges = graph.edgesOf(id);
        walk(() -> body(method), edges, edges, id);
        if (method instanceof AnnotationMethodDeclaration member && member.defaultValue != null) {
            types.value(member.defaultValue, edges);
        }
        if (method.isCompactConstructor() && owner.tree.recordComponents != null) {
            for (RecordComponent component : owner.tree.recordComponents) {
                NodeId field = NodeId.of(NodeKind.RECORD_COMPONENT, owner.name + "#" + new String(component.name), "");
                edges.add(EdgeKind.WRITES, "", field, Found.COMPILER, graph.site(component.sourceStart), "");
            }
        }
        if (constructor && !Statements.callsThis((ConstructorDeclaration) method)) {
            constructors.add(id);
        }
    }

    private void methodHeading(AbstractMethodDeclaration method, NodeId id, String symbol) {
        EdgeSet edges = graph.edgesOf(id);
        types.inside(method.scope);
        types.annotations(method.annotations, edges);
        typeParameters(method.typeParameters(), id, symbol);
        if (method instanceof MethodDeclaration declaration) {
            types.add(declaration.returnType, "return", edges);
        }
        if (method.receiver != null) {
            types.annotationsIn(method.receiver.type, edges);
        }
        if (method.arguments != null) {
            for (Argument argument : method.arguments) {
                types.add(argument.type, "parameter", edges);
                types.annotations(argument.annotations, "parameter", method.scope, edges);
            }
        }
        if (method.thrownExceptions != null) {
            for (TypeReference thrown : method.thrownExceptions) {
                types.addThrown(thrown, edges);
            }
        }
    }

    private void body(AbstractMethodDeclaration method) {
        if (method instanceof ConstructorDeclaration constructor
                && constructor.constructorCall != null
                && !Statements.isAmong(constructor.constructorCall, method.statements)) {
            constructor.constructorCall.traverse(bodies, method.scope);
        }
        if (method.statements != null) {
            for (Statement statement : method.statements) {
                statement.traverse(bodies, method.scope);
            }
        }
    }

    private void overrides(Owner owner) {
        OverrideFinder finder = new OverrideFinder(owner.tree.scope, bindings.names());
        List<ReferenceBinding> supertypes = finder.supertypes(owner.binding);
        if (supertypes.isEmpty()) {
            return;
        }
        dispatch.types().named(owner.id, owner.binding, finder, supertypes);
        for (MethodBinding method : owner.binding.methods()) {
            Target from = bindings.method(method);
            if (from == null) {
                continue;
            }
            Found found = OverrideFinder.hasMissingParameter(method) ? Found.SYNTAX : Found.COMPILER;
            for (MethodBinding overridden : finder.overridden(method, supertypes)) {
                Target to = bindings.method(overridden);
                if (to != null) {
                    int offset = method.sourceStart() > 0 ? method.sourceStart() : owner.tree.sourceStart;
                    graph.edgesOf(from.id()).add(EdgeKind.OVERRIDES, "", to.id(), found, graph.site(offset), "");
                }
            }
        }
    }

    @Override
    public void inline(TypeDeclaration type) {
        EdgeSet edges = bodies.typeEdges();
        types.addAll(type.superInterfaces, "local", edges);
        types.annotations(type.annotations, "inner", type.staticInitializerScope, edges);
        if (type.recordComponents != null) {
            for (RecordComponent component : type.recordComponents) {
                types.annotations(component.annotations, "inner", type.staticInitializerScope, edges);
            }
        }
        for (ASTNode member : inTextOrder(type)) {
            switch (member) {
                case Initializer block
                when block.block != null -> block.block.traverse(bodies, initializerScope(type, block));
                case FieldDeclaration field -> {
                    types.add(field.type, "local", edges);
                    types.annotations(field.annotations, "inner", type.staticInitializerScope, edges);
                    if (field.initialization != null) {
                        field.initialization.traverse(bodies, (BlockScope) initializerScope(type, field));
                    }
                }
                case AbstractMethodDeclaration method -> inlineMethod(type, method, edges);
                default -> {}
            }
        }
        if (type.memberTypes != null) {
            for (TypeDeclaration member : type.memberTypes) {
                inline(member);
            }
        }
    }

    private void inlineMethod(TypeDeclaration type, AbstractMethodDeclaration method, EdgeSet edges) {
        if (method.isClinit()) {
            return;
        }
        types.annotations(method.annotations, "inner", method.scope, edges);
        if (method instanceof MethodDeclaration declaration) {
            types.add(declaration.returnType, "local", edges);
        }
        if (method.arguments != null) {
            for (Argument argument : method.arguments) {
                types.add(argument.type, "local", edges);
                types.annotations(argument.annotations, "inner", method.scope, edges);
            }
        }
        if (method.thrownExceptions != null) {
            for (TypeReference thrown : method.thrownExceptions) {
                types.annotationsIn(thrown, edges);
            }
        }
        boolean anonymous = (type.bits & ASTNode.IsAnonymousType) != 0;
        if (anonymous && method instanceof ConstructorDeclaration) {
            return;
        }
        body(method);
    }

    /** Java's modifiers among the compiler's bits. */
    static int modifiers(int bits) {
        return bits
                & (Modifier.PUBLIC
                        | Modifier.PROTECTED
                        | Modifier.PRIVATE
                        | Modifier.STATIC
                        | Modifier.FINAL
                        | Modifier.ABSTRACT
                        | Modifier.NATIVE
                        | Modifier.SYNCHRONIZED
                        | Modifier.STRICT);
    }
}
