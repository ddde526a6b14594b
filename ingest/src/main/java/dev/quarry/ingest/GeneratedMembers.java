package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.eclipse.jdt.internal.compiler.lookup.MethodBinding;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.jspecify.annotations.Nullable;

/** Declares the members that Lombok's annotations stand for; each lies at its annotation. */
final class GeneratedMembers {
    private final FileGraph graph;
    private final Bindings bindings;
    private final LombokModel lombok;
    private final IdentityHashMap<ASTNode, LombokStub> taken = new IdentityHashMap<>();

    GeneratedMembers(FileGraph graph, Bindings bindings, LombokModel lombok) {
        this.graph = graph;
        this.bindings = bindings;
        this.lombok = lombok;
    }

    /** Whether a member that was declared here is generated. */
    boolean has(ASTNode member) {
        return taken.containsKey(member);
    }

    /**
     * The fields that a container hands to a class's generated constructor. Of several it takes one that has been told to
     * be injected, if there is one, else the one without parameters.
     */
    Set<FieldDeclaration> injected(TypeDeclaration type) {
        List<LombokStub> constructors = new ArrayList<>();
        for (AbstractMethodDeclaration method :
                type.methods == null ? new AbstractMethodDeclaration[0] : type.methods) {
            LombokStub stub = method.isConstructor() ? taken.get(method) : null;
            if (stub != null) {
                constructors.add(stub);
            }
        }
        Set<FieldDeclaration> fields = Collections.newSetFromMap(new IdentityHashMap<>());
        constructors.stream()
                .filter(stub -> constructors.size() == 1 || isAnnotated(stub))
                .forEach(stub -> fields.addAll(stub.madeOf()));
        return fields;
    }

    /** Whether the generated constructor is to have annotations, as {@code onConstructor_ = @Autowired} says. */
    private static boolean isAnnotated(LombokStub constructor) {
        return Arrays.stream(constructor.origin().memberValuePairs())
                .anyMatch(pair -> new String(pair.name).startsWith("onConstructor"));
    }

    private @Nullable LombokStub take(ASTNode member) {
        LombokStub stub = lombok.take(member);
        if (stub != null) {
            taken.put(member, stub);
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
        if (stub.call() != null) {
            call(id, method.binding.declaringClass, stub.call(), graph.site(stub.origin().sourceStart));
        }
        return true;
    }

    /** Adds the call in a generated body, to the one constructor or method that fits. */
    private void call(NodeId from, ReferenceBinding around, LombokStub.Call call, int site) {
        for (ReferenceBinding outer = around; outer != null; outer = outer.enclosingType()) {
            char[] name = call.type().toCharArray();
            ReferenceBinding holder = Arrays.equals(outer.sourceName(), name) ? outer : outer.getMemberType(name);
            if (holder != null) {
                for (MethodBinding method : holder.getMethods(call.method().toCharArray())) {
                    Target target = fits(method, call.parameters()) ? bindings.method(method) : null;
                    if (target != null) {
                        String role = method.isConstructor() ? "new" : method.isStatic() ? "static" : "virtual";
                        graph.edgesOf(from).add(EdgeKind.CALLS, role, target.id(), Found.COMPILER, site, "");
                    }
                }
                return;
            }
        }
    }

    private static boolean fits(MethodBinding method, List<String> parameters) {
        if (method.parameters.length != parameters.size()) {
            return false;
        }
        for (int i = 0; i < method.parameters.length; i++) {
            if (!new String(method.parameters[i].sourceName()).equals(parameters.get(i))) {
                return false;
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
        graph.declareMember(new Declared(
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
        return id;
    }
}
