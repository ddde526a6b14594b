package dev.quarry.ingest;

import dev.quarry.schema.EdgeKind;
import dev.quarry.schema.Found;
import dev.quarry.schema.NodeKind;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Annotation;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.Expression;
import org.eclipse.jdt.internal.compiler.ast.IntersectionCastTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedSingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.ast.UnionTypeReference;
import org.eclipse.jdt.internal.compiler.ast.Wildcard;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ReferenceBinding;
import org.eclipse.jdt.internal.compiler.lookup.TypeBinding;
import org.jspecify.annotations.Nullable;

/** The types and annotations that a file's text names, as edges. */
final class TypeUses {
    private final FileGraph graph;
    private final Bindings bindings;
    private final ImportMap imports;
    private final AnnotationUses annotations;

    TypeUses(FileGraph graph, Bindings bindings, ImportMap imports) {
        this.graph = graph;
        this.bindings = bindings;
        this.imports = imports;
        this.annotations = new AnnotationUses(graph, bindings, this, imports);
    }

    /** Adds the use of a type and of its type arguments; null stands for a type that is not written. */
    void add(@Nullable TypeReference reference, String role, EdgeSet from) {
        if (reference == null || (reference.sourceStart <= 0 && reference.sourceEnd <= 0)) {
            return;
        }
        switch (reference) {
            case UnionTypeReference union -> addAll(union.typeReferences, role, from);
            case IntersectionCastTypeReference intersection -> addAll(intersection.typeReferences, role, from);
            case Wildcard wildcard -> {
                annotations.ofType(wildcard, from);
                add(wildcard.bound, role, from);
            }
            default -> addSimple(reference, EdgeKind.TYPE_USE, role, from);
        }
    }

    /** Adds the use of each of these types; null stands for none. */
    void addAll(TypeReference @Nullable [] references, String role, EdgeSet from) {
        if (references != null) {
            for (TypeReference reference : references) {
                add(reference, role, from);
            }
        }
    }

    /** Adds an edge to an exception that is thrown, and the uses of its type arguments. */
    void addThrown(TypeReference reference, EdgeSet from) {
        addSimple(reference, EdgeKind.THROWS, "", from);
    }

    /**
     * Adds an edge to a supertype, and the uses of its type arguments. Of a missing one the name is sure if the language
     * leaves no other.
     *
     * @param around whether missing supertypes of a class around may have a type of the name
     */
    void addSupertype(TypeReference reference, EdgeKind kind, boolean around, EdgeSet from) {
        Found found =
                around || !bindings.names().isSure(reference.getTypeName(), imports) ? Found.SYNTAX : Found.COMPILER;
        addSimple(reference, kind, "", found, from);
    }

    private void addSimple(TypeReference reference, EdgeKind kind, String role, EdgeSet from) {
        addSimple(reference, kind, role, Found.COMPILER, from);
    }

    private void addSimple(TypeReference reference, EdgeKind kind, String role, Found ofMissing, EdgeSet from) {
        Target target = reference.isTypeNameVar(null) ? null : targetOf(reference);
        if (target != null) {
            boolean plain = !reference.isParameterizedTypeReference() && reference.dimensions() == 0;
            Found found = target.kind() == NodeKind.UNRESOLVED ? ofMissing : Found.COMPILER;
            from.add(
                    kind, role, target.id(), found, graph.site(reference.sourceStart), plain ? "" : written(reference));
        }
        annotations.ofType(reference, from);
        if (reference instanceof ParameterizedSingleTypeReference single) {
            addAll(single.typeArguments, "argument", from);
        } else if (reference instanceof ParameterizedQualifiedTypeReference qualified) {
            for (TypeReference[] arguments : qualified.typeArguments) {
                addAll(arguments, "argument", from);
            }
        }
    }

    private static String written(TypeReference reference) {
        return reference.toString().replaceAll("\\s+", " ").strip();
    }

    /** The node of a type that the text names; null for base types, type variables and anonymous classes. */
    @Nullable
    Target targetOf(TypeReference reference) {
        TypeBinding type = reference.resolvedType;
        if (type != null && type.leafComponentType() instanceof ReferenceBinding leaf && !Bindings.isMissing(leaf)) {
            return bindings.type(leaf, imports);
        }
        if (type != null && !(type.leafComponentType() instanceof ReferenceBinding)) {
            return null;
        }
        return bindings.missingType(bindings.names().missingName(reference.getTypeName(), imports));
    }

    /** The erased name of a type that the text names; of one that nothing declares, the whole name as written. */
    String nameOf(TypeReference reference) {
        TypeBinding type = reference.resolvedType;
        boolean missing = type == null || Bindings.isMissing(type.leafComponentType());
        return missing
                ? bindings.names().missingName(reference.getTypeName(), imports) + "[]".repeat(reference.dimensions())
                : bindings.names().erasedName(type, imports);
    }

    /** The erased parameter types of a method, also of one that the compiler refused. */
    String signature(AbstractMethodDeclaration method) {
        if (method.binding != null) {
            return bindings.names().signature(method.binding);
        }
        StringBuilder text = new StringBuilder("(");
        if (method.arguments != null) {
            for (Argument argument : method.arguments) {
                text.append(text.length() > 1 ? "," : "").append(argument.type == null ? "?" : nameOf(argument.type));
            }
        }
        return text.append(')').toString();
    }

    /** Adds the annotations of a declaration that has a node; null stands for none. */
    void annotations(Annotation @Nullable [] written, EdgeSet from) {
        annotations.add(written, "", from);
    }

    /** Adds annotations at what has no node, with the role that tells what that is; null stands for none. */
    void annotations(Annotation @Nullable [] written, String role, @Nullable BlockScope scope, EdgeSet from) {
        if (written != null) {
            BlockScope outer = inside(scope);
            annotations.add(written, role, from);
            inside(outer);
        }
    }

    /** Adds the annotations at the dimensions of a new array; null stands for none. */
    void dimensions(Annotation @Nullable [] @Nullable [] written, EdgeSet from) {
        annotations.addAll(written, from);
    }

    /** Adds the annotations in a type that is no use of it. */
    void annotationsIn(TypeReference reference, EdgeSet from) {
        annotations.ofType(reference, from);
    }

    /** Adds what a value of an annotation names. */
    void value(Expression value, EdgeSet from) {
        annotations.value(value, from);
    }

    /** Notes where the annotations that follow stand, if that is known; gives where those before stood. */
    @Nullable
    BlockScope inside(@Nullable BlockScope scope) {
        BlockScope outer = annotations.inside(scope);
        if (scope == null) {
            annotations.inside(outer);
        }
        return outer;
    }
}
