package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.jspecify.annotations.Nullable;

/** Declares the members that Lombok's annotations stand for; each lies at its annotation. */
final class GeneratedMembers {
    private final FileGraph graph;
    private final Bindings bindings;
    private final LombokModel lombok;
    private final Set<ASTNode> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    GeneratedMembers(FileGraph graph, Bindings bindings, LombokModel lombok) {
        this.graph = graph;
        this.bindings = bindings;
        this.lombok = lombok;
    }

    /** Whether a member that was declared here is generated. */
    boolean has(ASTNode member) {
        return taken.contains(member);
    }

    private @Nullable LombokStub take(ASTNode member) {
        LombokStub stub = lombok.take(member);
        if (stub != null) {
            taken.add(member);
        }
        return stub;
    }

    /** Declares a type, if it is generated. */
    boolean type(TypeDeclaration type, NodeId owner) {
        LombokStub stub = take(type);
        if (stub == null) {
            return false;
        }
        if (type.binding != null) {
            NodeKind kind = TypeNames.kindOf(type.binding);
            declare(stub, kind, new String(type.name), nameOf(type), "", owner, type.modifiers);
        }
        return true;
    }

    String nameOf(TypeDeclaration type) {
        return bindings.names().binaryName(type.binding, null);
    }

    NodeId idOf(TypeDeclaration type) {
        return NodeId.of(TypeNames.kindOf(type.binding), nameOf(type), "");
    }

    /** Declares a field, if it is generated. */
    boolean field(FieldDeclaration field, NodeId owner, String ownerName) {
        LombokStub stub = take(field);
        if (stub == null) {
            return false;
        }
        boolean constant = field.type == null;
        int modifiers = constant ? DeclarationFlags.ENUM_CONSTANT : field.modifiers;
        String name = new String(field.name);
        NodeKind kind = constant ? NodeKind.ENUM_CONSTANT : NodeKind.FIELD;
        declare(stub, kind, name, ownerName + "#" + name, "", owner, modifiers);
        return true;
    }

    /** Declares a method or constructor, if it is generated, and what it does with the fields that it is made of. */
    boolean method(AbstractMethodDeclaration method, NodeId owner, String ownerName) {
        LombokStub stub = take(method);
        if (stub == null) {
            return false;
        }
        if (method.binding == null) {
            return true;
        }
        boolean constructor = method.isConstructor();
        String name = constructor ? "<init>" : new String(method.selector);
        NodeId id = declare(
                stub,
                constructor ? NodeKind.CONSTRUCTOR : NodeKind.METHOD,
                name,
                ownerName + "#" + name,
                bindings.names().signature(method.binding),
                owner,
                method.binding.modifiers);
        if (stub.use() != LombokStub.Use.NONE) {
            EdgeKind kind = stub.use() == LombokStub.Use.READS ? EdgeKind.READS : EdgeKind.WRITES;
            for (FieldDeclaration field : stub.madeOf()) {
                Target target = field.binding == null ? null : bindings.field(field.binding);
                if (target != null) {
                    int site = graph.site(stub.origin().sourceStart);
                    graph.edgesOf(id).add(kind, "", target.id(), Found.COMPILER, site, "");
                }
            }
        }
        return true;
    }

    NodeId idOf(AbstractMethodDeclaration method, String ownerName) {
        String name = method.isConstructor() ? "<init>" : new String(method.selector);
        NodeKind kind = method.isConstructor() ? NodeKind.CONSTRUCTOR : NodeKind.METHOD;
        return NodeId.of(kind, ownerName + "#" + name, bindings.names().signature(method.binding));
    }

    private NodeId declare(
            LombokStub stub,
            NodeKind kind,
            String name,
            String qualifiedName,
            String signature,
            NodeId owner,
            int modifiers) {
        int start = stub.origin().sourceStart;
        List<Integer> parts = new ArrayList<>();
        parts.add(start);
        for (FieldDeclaration field : stub.madeOf()) {
            parts.add(field.sourceStart);
        }
        NodeId id = NodeId.of(kind, qualifiedName, signature);
        boolean added = graph.declare(new Declared(
                id,
                kind,
                name,
                qualifiedName,
                signature,
                owner,
                start,
                start,
                Math.max(stub.origin().declarationSourceEnd, start) + 1,
                DeclarationWalker.modifiers(modifiers & ~ClassFileConstants.AccSynchronized) | Flags.IMPLICIT,
                stub.head(),
                List.copyOf(parts)));
        if (added) {
            graph.contain(EdgeKind.DECLARES, owner, id, start);
        }
        return id;
    }
}
