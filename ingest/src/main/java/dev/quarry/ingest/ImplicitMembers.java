package dev.quarry.ingest;

import dev.quarry.ingest.BoundFile.Declared;
import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Flags;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeId;
import dev.quarry.schema.NodeKind;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.StringJoiner;
import org.eclipse.jdt.internal.compiler.ast.RecordComponent;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.lookup.RecordComponentBinding;
import org.eclipse.jdt.internal.compiler.lookup.SourceTypeBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;

/** Declares what the language adds to enums and records. Default constructors are in the compiler's tree already. */
final class ImplicitMembers {
    private final FileGraph graph;
    private final Bindings bindings;
    private final TypeDeclaration tree;
    private final SourceTypeBinding binding;
    private final NodeId owner;
    private final String ownerName;

    ImplicitMembers(
            FileGraph graph,
            Bindings bindings,
            TypeDeclaration tree,
            SourceTypeBinding binding,
            NodeId owner,
            String ownerName) {
        this.graph = graph;
        this.bindings = bindings;
        this.tree = tree;
        this.binding = binding;
        this.owner = owner;
        this.ownerName = ownerName;
    }

    /** Declares the members that no text declares; an implicit constructor is added to the list. */
    void add(List<NodeId> constructors) {
        if (binding.isEnum()) {
            String name = new String(tree.name);
            method("values", "()", Modifier.PUBLIC | Modifier.STATIC, name + "[] values()");
            method("valueOf", "(java.lang.String)", Modifier.PUBLIC | Modifier.STATIC, name + " valueOf(String name)");
        } else if (binding.isRecord()) {
            record(constructors);
        }
    }

    private void record(List<NodeId> constructors) {
        RecordComponent[] components = tree.recordComponents == null ? new RecordComponent[0] : tree.recordComponents;
        StringJoiner types = new StringJoiner(",", "(", ")");
        StringJoiner parameters = new StringJoiner(", ", "(", ")");
        for (RecordComponent component : components) {
            types.add(erasedType(component));
            parameters.add(component.type + " " + new String(component.name));
        }
        String head = new String(tree.name) + parameters;
        NodeId constructor = NodeId.of(NodeKind.CONSTRUCTOR, ownerName + "#<init>", types.toString());
        boolean added = declare(NodeKind.CONSTRUCTOR, "<init>", types.toString(), modifiersOfType(), head);
        if (added) {
            constructors.add(constructor);
        }
        for (RecordComponent component : components) {
            String name = new String(component.name);
            NodeId field = NodeId.of(NodeKind.RECORD_COMPONENT, ownerName + "#" + name, "");
            if (added) {
                add(constructor, EdgeKind.WRITES, field, component.sourceStart);
            }
            if (method(name, "()", Modifier.PUBLIC, resultType(component) + " " + name + "()")) {
                NodeId accessor = NodeId.of(NodeKind.METHOD, ownerName + "#" + name, "()");
                add(accessor, EdgeKind.READS, field, component.sourceStart);
            }
        }
        method("toString", "()", Modifier.PUBLIC | Modifier.FINAL, "String toString()");
        method("hashCode", "()", Modifier.PUBLIC | Modifier.FINAL, "int hashCode()");
        method("equals", "(java.lang.Object)", Modifier.PUBLIC | Modifier.FINAL, "boolean equals(Object other)");
    }

    /** As written; an accessor gives the array that a component with variable arity is. */
    private static String resultType(RecordComponent component) {
        String written = component.type.toString();
        return component.isVarArgs() ? written.replaceFirst("\\.\\.\\.\\s*$", "[]") : written;
    }

    private void add(NodeId from, EdgeKind kind, NodeId to, int offset) {
        graph.edgesOf(from).add(kind, "", to, Found.COMPILER, graph.site(offset), "");
    }

    private String erasedType(RecordComponent component) {
        RecordComponentBinding declared = component.binding;
        TypeBinding type = declared != null && declared.type != null ? declared.type : component.type.resolvedType;
        return bindings.names().erasedName(type, bindings.names().contextOf(binding));
    }

    private int modifiersOfType() {
        return tree.modifiers & (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.PRIVATE);
    }

    private boolean method(String name, String signature, int modifiers, String head) {
        return declare(NodeKind.METHOD, name, signature, modifiers, head);
    }

    private boolean declare(NodeKind kind, String name, String signature, int modifiers, String head) {
        String qualifiedName = ownerName + "#" + name;
        NodeId id = NodeId.of(kind, qualifiedName, signature);
        return graph.declareMember(new Declared(
                id,
                kind,
                name,
                qualifiedName,
                signature,
                owner,
                tree.sourceStart,
                tree.sourceStart,
                tree.sourceEnd + 1,
                modifiers | Flags.IMPLICIT,
                head,
                List.of()));
    }
}
